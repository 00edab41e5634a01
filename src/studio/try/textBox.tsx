// A text and what the model says of it, word by word.
import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import type { Explanation } from "../../pipeline/prediction.ts";
import type { Lab } from "../lab/lab.ts";
import type { ModelFacts } from "../lab/orders.ts";
import { Answer } from "./answer.tsx";
import { useAnswers } from "./useAnswers.ts";

interface Props {
  readonly lab: Lab;
  readonly facts: ModelFacts;
}

export function TextBox({ lab, facts: { classes, example } }: Props): JSX.Element {
  const [text, setText] = useState(typeof example === "string" ? example.replace(/…$/, "") : "");
  const { answer, error, ask } = useAnswers((question: string) => lab.answer("explain", { text: question }));
  const id = useId();
  useEffect(() => {
    const timer = setTimeout(() => ask(text.trim() === "" ? undefined : text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div class="try-text">
      <div>
        <label for={id}>A text</label>
        <textarea id={id} rows={6} value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        {answer && <Influences text={text} answer={answer} />}
      </div>
      <div class="beside">
        <Answer prediction={answer} classes={classes} />
        {answer?.words !== undefined && (
          <p class="soft small">
            {answer.words} words after cleaning, {answer.unknownWords} of them unknown to the model
          </p>
        )}
        {error && (
          <p class="problem" role="alert">
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

/** The words that moved the answer, in their places. */
function Influences({ text, answer }: { readonly text: string; readonly answer: Explanation }): JSX.Element | null {
  const { influences, class: said } = answer;
  if (influences === undefined) return <p class="soft small">The text is too long to leave out each of its words in turn.</p>;
  if (influences.length === 0) return null;
  const most = Math.max(...influences.map(({ change }) => Math.abs(change)), 1e-9);
  const changes = new Map(influences.map(({ word, change }) => [word.toLowerCase(), change]));
  const pieces = text.split(/([\p{L}\p{N}'’]+)/u);
  const top = influences.slice(0, 6).filter(({ change }) => Math.abs(change) >= 0.0005);
  return (
    <>
      <p class="influences" aria-hidden="true">
        {pieces.map((piece, i) => {
          const change = changes.get(piece.toLowerCase());
          if (change === undefined || Math.abs(change) < most / 20) return piece;
          const strength = Math.round((100 * Math.abs(change)) / most);
          return (
            <span key={i} class={change > 0 ? "for" : "against"} style={{ "--strength": `${Math.max(12, Math.round(strength * 0.45))}%` }}>
              {piece}
            </span>
          );
        })}
      </p>
      {top.length > 0 && (
        <table class="words">
          <caption>What moved {said === undefined ? "the answer" : `“${said}”`} most, each word left out in turn</caption>
          <tbody>
            {top.map(({ word, change }) => (
              <tr key={word}>
                <th scope="row">{word}</th>
                <td class={change > 0 ? "for" : "against"}>
                  {change > 0 ? "+" : "−"}
                  {said === undefined ? Math.abs(change).toPrecision(3) : `${(100 * Math.abs(change)).toFixed(1)} %`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
