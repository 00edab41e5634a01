// The pipeline as it stands, to be taken elsewhere.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Pipeline } from "../../pipeline/define.ts";
import { announce } from "../announce.tsx";
import { Scroll } from "../scroll.tsx";
import { jsonOf, setOptions, typescriptOf } from "./code.ts";

const ways = [
  { name: "TypeScript", text: (_: Pipeline, to: Pipeline) => typescriptOf(to) },
  { name: "JSON", text: (_: Pipeline, to: Pipeline) => jsonOf(to) },
  { name: "--set options", text: (from: Pipeline, to: Pipeline) => setOptions(from, to).join(" \\\n  ") || "(nothing is changed)" },
] as const;

export function Copies({ loaded, draft }: { readonly loaded: Pipeline; readonly draft: Pipeline }): JSX.Element {
  const [way, setWay] = useState<(typeof ways)[number]>(ways[0]);
  const text = way.text(loaded, draft);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      announce(`Copied as ${way.name}`);
    } catch {
      announce("The browser does not let the page copy; select the text");
    }
  };
  return (
    <section aria-labelledby="copies">
      <h2 id="copies">Take it along</h2>
      <div class="controls">
        {ways.map((one) => (
          <button key={one.name} type="button" class="quiet" aria-pressed={one === way} onClick={() => setWay(one)}>
            {one.name}
          </button>
        ))}
        <button type="button" class="main" onClick={copy}>
          Copy
        </button>
      </div>
      <Scroll label={`The pipeline as ${way.name}`}>
        <pre>{text}</pre>
      </Scroll>
    </section>
  );
}
