// The button that goes on with a run that was cut off.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { goOn } from "./sessions.ts";

export function GoOn({ run }: { readonly run: string }): JSX.Element {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState("");
  const ask = (): void => {
    setAsked(true);
    goOn(run).catch((error: unknown) => {
      setAsked(false);
      setProblem((error as Error).message);
    });
  };
  return (
    <>
      <button type="button" class="main" disabled={asked} onClick={ask}>
        Continue in Node
      </button>
      {problem !== "" && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
