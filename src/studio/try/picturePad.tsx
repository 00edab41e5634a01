// A picture from a file, at the size that the network reads.
import type { JSX } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import type { Prediction } from "../../pipeline/prediction.ts";
import type { Lab } from "../lab/lab.ts";
import type { ModelFacts } from "../lab/orders.ts";
import { Answer } from "./answer.tsx";
import { useAnswers } from "./useAnswers.ts";

interface Props {
  readonly lab: Lab;
  readonly facts: ModelFacts;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

export function PicturePad({ lab, facts, height, width, channels }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [problem, setProblem] = useState("");
  const { answer, error, ask } = useAnswers(
    async (rows: Uint8Array | Float32Array) => (await lab.answer("predict", { rows }))[0] as Prediction,
  );
  const id = useId();
  const open = async (file: File | undefined): Promise<void> => {
    const pen = canvas.current?.getContext("2d", { willReadFrequently: true });
    if (file === undefined || !pen) return;
    try {
      setProblem("");
      const image = await createImageBitmap(file, { resizeWidth: width, resizeHeight: height, resizeQuality: "high" });
      pen.drawImage(image, 0, 0);
      image.close();
      ask(bytesOf(pen.getImageData(0, 0, width, height).data, channels));
    } catch {
      setProblem(`${file.name} is no picture that the browser can read`);
    }
  };
  return (
    <div class="try-draw">
      <canvas ref={canvas} class="pixels large" width={width} height={height} role="img" aria-label="The picture as the network reads it" />
      <div class="beside">
        <label class="file" for={id}>
          Open a picture
          <input type="file" id={id} accept="image/*" onChange={({ currentTarget }) => void open(currentTarget.files?.[0])} />
        </label>
        <p class="soft small">
          It is made {width} × {height}
          {channels === 1 ? ", grey" : ""}.
        </p>
        <Answer prediction={answer} classes={facts.classes} />
        {(problem || error) && (
          <p class="problem" role="alert">
            {problem || error}
          </p>
        )}
      </div>
    </div>
  );
}

function bytesOf(rgba: Uint8ClampedArray, channels: 1 | 3): Uint8Array {
  const bytes = new Uint8Array((rgba.length / 4) * channels);
  for (let i = 0; i < rgba.length / 4; i++) {
    const [r, g, b] = rgba.subarray(i * 4, i * 4 + 3) as unknown as [number, number, number];
    if (channels === 3) bytes.set([r, g, b], i * 3);
    else bytes[i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  }
  return bytes;
}
