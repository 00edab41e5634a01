// The model of a run, to be tried: draw, write, or fill in a row, whatever it reads.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type Lab, openLab } from "../lab/lab.ts";
import type { ModelFacts, ModelFiles } from "../lab/orders.ts";
import { DrawPad } from "./drawPad.tsx";
import { PicturePad } from "./picturePad.tsx";
import { RowForm } from "./rowForm.tsx";
import { TextBox } from "./textBox.tsx";
import { Writer } from "./writer.tsx";
import "./try.css";

interface Opened {
  readonly lab: Lab;
  readonly facts: ModelFacts;
}

export function TryModel({ files }: { readonly files: ModelFiles }): JSX.Element {
  const [opened, setOpened] = useState<Opened>();
  const [error, setError] = useState("");
  useEffect(() => {
    const lab = openLab();
    lab.answer("open", { files }).then(
      (facts) => setOpened({ lab, facts }),
      (failure: unknown) => setError((failure as Error).message),
    );
    return () => lab.close();
  }, [files]);
  return (
    <section class="try" aria-labelledby="try">
      <h2 id="try">Try it</h2>
      {error !== "" && <p class="problem">{error}</p>}
      {opened === undefined && error === "" && <p class="soft">Opening the model…</p>}
      {opened && <Trial {...opened} />}
    </section>
  );
}

/** More numbers than this are nothing to fill in by hand. */
const MOST_NUMBERS = 64;

function Trial({ lab, facts }: Opened): JSX.Element {
  const { input, writes } = facts;
  if (input.type === "text") return writes ? <Writer lab={lab} facts={facts} /> : <TextBox lab={lab} facts={facts} />;
  if (input.type === "table") return <RowForm lab={lab} facts={facts} />;
  const [height = 1, width = 1, channels = 1, ...more] = input.shape;
  if (height === 28 && width === 28 && channels === 1 && more.length === 0) return <DrawPad lab={lab} facts={facts} />;
  if (input.shape.reduce((product, n) => product * n, 1) <= MOST_NUMBERS) return <RowForm lab={lab} facts={facts} />;
  if (input.shape.length >= 2 && (channels === 1 || channels === 3) && more.length === 0)
    return <PicturePad lab={lab} facts={facts} height={height} width={width} channels={channels} />;
  return <p class="soft">Its rows are {input.shape.join(" × ")} numbers: ask it in code, with predict().</p>;
}
