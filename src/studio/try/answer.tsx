// What a model answers: how likely it holds each class to be, as bars, or its numbers.
import type { JSX } from "preact";
import type { Prediction } from "../../pipeline/prediction.ts";
import { numberText, percent } from "../../report/format.ts";

interface Props {
  readonly prediction: Prediction | undefined;
  readonly classes: readonly string[] | undefined;
}

const MOST = 12;

export function Answer({ prediction, classes }: Props): JSX.Element | null {
  if (prediction === undefined) return <Bars bars={(classes ?? []).slice(0, MOST).map((name) => ({ name, share: 0 }))} best={undefined} />;
  const { output, steps, class: best } = prediction;
  if (steps !== undefined) return <p class="says">{steps.map((step) => step.class ?? "").join(" ")}</p>;
  if (best === undefined) return <p class="says">{output.map(numberText).join("  ")}</p>;
  const bars = sharesOf(output, classes, best);
  const shown = bars.length > MOST ? bars.toSorted((a, b) => b.share - a.share).slice(0, MOST) : bars;
  return <Bars bars={shown} best={best} />;
}

interface Bar {
  readonly name: string;
  readonly share: number;
}

/** One output is the probability of the second class. */
function sharesOf(output: readonly number[], classes: readonly string[] | undefined, best: string): Bar[] {
  const name = (i: number): string => classes?.[i] ?? (output.length === 1 ? ["no", "yes"][i] : undefined) ?? String(i);
  if (output.length > 1) return output.map((share, i) => ({ name: name(i), share }));
  const [p] = output as [number];
  const named = classes === undefined ? { no: p > 0.5 ? "0" : best, yes: p > 0.5 ? best : "1" } : { no: name(0), yes: name(1) };
  return [
    { name: named.no, share: 1 - p },
    { name: named.yes, share: p },
  ];
}

const Bars = ({ bars, best }: { readonly bars: readonly Bar[]; readonly best: string | undefined }): JSX.Element => (
  <ul class="bars" aria-label="Probabilities">
    {bars.map(({ name, share }) => (
      <li key={name} class={name === best ? "best" : ""}>
        <span class="bar-name">{name}</span>
        <span class="gauge" aria-hidden="true">
          <span style={{ width: `${(100 * share).toFixed(2)}%` }} />
        </span>
        <span class="bar-share">{best === undefined ? "" : percent(share, 1)}</span>
      </li>
    ))}
  </ul>
);

/** For those who hear it. */
export function answerText({ class: best, probability, output }: Prediction): string {
  if (best === undefined || probability === undefined) return `The model says ${output.map(numberText).join(", ")}`;
  return `The model says ${best}, ${percent(probability, 0)}`;
}
