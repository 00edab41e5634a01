// Runs side by side: their curves over each other, the settings in which they differ, and what each gave.
import type { JSX } from "preact";
import { type Comparison, compare, rowsDiffer, standings } from "../records/compare.ts";
import type { RunDetail } from "../records/protocol.ts";
import { duration, numberText, spaced } from "../report/format.ts";
import { html } from "../report/html.ts";
import { lineChart } from "../report/lineChart.ts";
import { api } from "./api.ts";
import { Drawn } from "./drawn.tsx";
import { linkTo } from "./route.ts";
import { Scroll } from "./scroll.tsx";
import { useLoaded } from "./store.ts";

/** More lines than colours cannot be told apart. */
export const MOST = 8;

export function ComparePage({ runs }: { readonly runs: readonly string[] }): JSX.Element {
  const shown = runs.slice(0, MOST);
  const { value: details, error } = useLoaded(() => Promise.all(shown.map(api.run)), []);
  if (error !== undefined) return <p class="problem">{error}</p>;
  if (details === undefined) return <p class="soft">Reading the runs…</p>;
  const comparison = compare(details.map(({ summary, record }) => ({ ...summary, record })));
  const apart = rowsDiffer(comparison);
  return (
    <>
      <p class="eyebrow">Runs</p>
      <h1>Comparison</h1>
      {runs.length > MOST && (
        <p class="note">
          The first {MOST} of {runs.length}.
        </p>
      )}
      <ol class="legend-list">
        {details.map(({ summary }, i) => (
          <li key={summary.folder}>
            <span class={`swatch run-${i}`} />
            <a href={linkTo.run(summary.folder)}>{summary.folder}</a>
          </li>
        ))}
      </ol>
      {apart.length > 0 && <p class="note">Their rows differ ({apart.join(", ")}): the numbers are not of the same rows.</p>}
      <section aria-labelledby="overlay">
        <h2 id="overlay">Curves</h2>
        <Overlay details={details} />
      </section>
      <Differences comparison={comparison} details={details} />
    </>
  );
}

function Overlay({ details }: { readonly details: readonly RunDetail[] }): JSX.Element {
  const names = [
    ...new Set(
      details.flatMap(({ record }) =>
        record.history.flatMap(({ train, validation = {} }) => [...Object.keys(train), ...Object.keys(validation)]),
      ),
    ),
  ];
  const charts = names.flatMap((name) =>
    (["validation", "train"] as const).flatMap((set) => {
      const values = details.map(({ record }) => record.history.map((epoch) => epoch[set]?.[name] ?? null));
      if (values.every((list) => list.every((value) => value === null))) return [];
      const title = `${set === "train" ? "Training" : "Validation"} ${spaced(name)}`;
      const chart = lineChart({
        id: `overlay-${set}-${name}`,
        title,
        description: details.map(({ summary }, i) => `${summary.folder}: ends at ${numberText(values[i]?.at(-1))}.`).join(" "),
        y: spaced(name),
        series: details.map(({ summary }, i) => ({
          name: summary.folder,
          mark: "line",
          colour: `run-${i}`,
          values: values[i] ?? [],
          unnamed: true,
        })),
      });
      return [html`<figure><figcaption>${title}</figcaption>${chart}</figure>`];
    }),
  );
  return <Drawn what={html`<div class="charts">${charts}</div>`} />;
}

function Differences({
  comparison: { settings, metrics },
  details,
}: {
  readonly comparison: Comparison;
  readonly details: readonly RunDetail[];
}): JSX.Element {
  const head = (
    <thead>
      <tr>
        <td />
        {details.map(({ summary }, i) => (
          <th key={summary.folder} scope="col" class="number">
            <span class={`swatch run-${i}`} />
            {i + 1}
            <span class="unseen"> {summary.folder}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
  return (
    <>
      <section aria-labelledby="numbers">
        <h2 id="numbers">What they gave</h2>
        <Scroll label="Numbers of the runs">
          <table>
            {head}
            <tbody>
              {Object.entries(metrics).map(([name, measures]) => {
                const marks = standings(name, measures);
                return (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    {measures.map((measure, i) => (
                      <td key={i} class={`number ${marks[i] ?? ""}`}>
                        {marks[i] === "best" && <span class="badge">best</span>}
                        {marks[i] === "near" && <span class="badge near">as good</span>}
                        {measure === undefined ? "–" : numberText(measure.value)}
                      </td>
                    ))}
                  </tr>
                );
              })}
              <tr>
                <th scope="row">training</th>
                {details.map(({ summary }) => (
                  <td key={summary.folder} class="number">
                    {duration(summary.seconds)}
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
        </Scroll>
        {Object.entries(metrics).some(([name, measures]) => standings(name, measures).includes("near")) && (
          <p class="soft small">“As good”: its interval and that of the best overlap, so chance in the rows may be the difference.</p>
        )}
      </section>
      <section aria-labelledby="settings">
        <h2 id="settings">Where their settings differ</h2>
        {Object.keys(settings).length === 0 ? (
          <p class="soft">Nowhere.</p>
        ) : (
          <Scroll label="Settings of the runs">
            <table>
              {head}
              <tbody>
                {Object.entries(settings).map(([path, values]) => (
                  <tr key={path}>
                    <th scope="row">
                      <code>{path}</code>
                    </th>
                    {values.map((value, i) => (
                      <td key={i} class="number">
                        {value === undefined ? "–" : typeof value === "string" ? value : JSON.stringify(value)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </section>
    </>
  );
}
