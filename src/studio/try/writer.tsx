// A model that goes on with a text, character by character.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { announce } from "../announce.tsx";
import type { Lab } from "../lab/lab.ts";
import type { ModelFacts } from "../lab/orders.ts";

interface Props {
  readonly lab: Lab;
  readonly facts: ModelFacts;
}

export function Writer({ lab, facts: { example } }: Props): JSX.Element {
  const [prompt, setPrompt] = useState(typeof example === "string" ? example.slice(0, 20) : "The ");
  const [temperature, setTemperature] = useState(0.7);
  const [length, setLength] = useState(300);
  const [seed, setSeed] = useState(0);
  const [written, setWritten] = useState("");
  const [error, setError] = useState("");
  const [going, setGoing] = useState(false);
  const stopped = useRef(false);
  const id = useId();
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const write = async (): Promise<void> => {
    stopped.current = false;
    setGoing(true);
    setError("");
    setWritten("");
    let text = "";
    try {
      for await (const character of lab.ask("generate", { prompt, options: { temperature, length, seed } })) {
        if (stopped.current) break;
        text += character;
        setWritten(text);
      }
      announce(`${text.length} characters are written`);
    } catch (failure) {
      setError((failure as Error).message);
    }
    setGoing(false);
    // The next text is another one.
    setSeed((n) => n + 1);
  };
  return (
    <form
      class="try-write"
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <label for={`${id}-prompt`}>It begins with</label>
      <textarea id={`${id}-prompt`} rows={2} required value={prompt} onInput={({ currentTarget }) => setPrompt(currentTarget.value)} />
      <div class="fields">
        <label>
          Temperature {temperature.toFixed(1)}
          <input
            type="range"
            min="0"
            max="2"
            step="0.1"
            value={temperature}
            onInput={({ currentTarget }) => setTemperature(currentTarget.valueAsNumber)}
          />
        </label>
        <label>
          Characters
          <input
            type="number"
            min="1"
            step="1"
            required
            value={length}
            onInput={({ currentTarget }) => setLength(currentTarget.valueAsNumber || 1)}
          />
        </label>
        {going ? (
          <button
            type="button"
            onClick={() => {
              stopped.current = true;
            }}
          >
            Stop
          </button>
        ) : (
          <button type="submit" class="main">
            Go on
          </button>
        )}
      </div>
      {(written !== "" || going) && (
        <p class="written">
          <span class="soft">{prompt}</span>
          {written}
        </p>
      )}
      {error !== "" && (
        <p class="problem" role="alert">
          {error}
        </p>
      )}
    </form>
  );
}
