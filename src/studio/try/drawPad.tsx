// Paper to draw on, with mouse, finger or pen; a picture from a file does as well.
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Prediction } from "../../pipeline/prediction.ts";
import type { Lab } from "../lab/lab.ts";
import type { ModelFacts } from "../lab/orders.ts";
import { Answer } from "./answer.tsx";
import { digitOf, type Ink, resized, SIDE } from "./digit.ts";
import { pictureInk } from "./pictureInk.ts";
import { useAnswers } from "./useAnswers.ts";

const PAPER = 280;
const PEN = 22;

interface Props {
  readonly lab: Lab;
  readonly facts: ModelFacts;
}

export function DrawPad({ lab, facts: { classes } }: Props): JSX.Element {
  const paper = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | undefined>(undefined);
  const [seen, setSeen] = useState<Uint8Array<ArrayBuffer>>();
  const [problem, setProblem] = useState("");
  const { answer, error, ask } = useAnswers(
    async (picture: Uint8Array) => (await lab.answer("predict", { rows: picture }))[0] as Prediction,
  );
  const id = useId();
  const digits = classes === undefined || classes.every((name) => /^\d$/.test(name));
  const look = (ink: Ink): void => {
    const picture = digits ? digitOf(ink) : resized(ink, SIDE, SIDE);
    setSeen(picture);
    ask(picture);
  };
  const read = (): void => {
    const pen = paper.current?.getContext("2d", { willReadFrequently: true });
    if (pen) look({ width: PAPER, height: PAPER, ink: everyFourth(pen.getImageData(0, 0, PAPER, PAPER).data) });
  };
  const clear = (): void => {
    paper.current?.getContext("2d")?.clearRect(0, 0, PAPER, PAPER);
    setSeen(undefined);
    ask(undefined);
  };
  const place = (event: PointerEvent): [number, number] => {
    const { left, top, width, height } = (paper.current as HTMLCanvasElement).getBoundingClientRect();
    return [((event.clientX - left) / width) * PAPER, ((event.clientY - top) / height) * PAPER];
  };
  const line = (event: PointerEvent): void => {
    const pen = paper.current?.getContext("2d", { willReadFrequently: true });
    if (!pen || last.current === undefined) return;
    // A quick hand is told of between frames, too.
    const told = event.getCoalescedEvents?.() ?? [];
    for (const one of told.length > 0 ? told : [event]) {
      const to = place(one);
      pen.lineWidth = PEN;
      pen.lineCap = "round";
      pen.strokeStyle = "#fff";
      pen.beginPath();
      pen.moveTo(...(last.current as [number, number]));
      pen.lineTo(...to);
      pen.stroke();
      last.current = to;
    }
    read();
  };
  const begin = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    paper.current?.setPointerCapture(event.pointerId);
    last.current = place(event);
    line(event);
  };
  const end = (): void => {
    last.current = undefined;
  };
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      setProblem("");
      clear();
      const { bitmap, ink } = await pictureInk(file, PAPER);
      paper.current?.getContext("2d")?.putImageData(bitmap, 0, 0);
      look(ink);
    } catch {
      setProblem(`${file.name} is no picture that the browser can read`);
    }
  };
  return (
    <div class="try-draw">
      <div class="paper">
        <canvas
          ref={paper}
          width={PAPER}
          height={PAPER}
          role="img"
          aria-label={
            digits
              ? "Paper to draw a digit on; without a pointer, open a picture below"
              : "Paper to draw on; without a pointer, open a picture below"
          }
          onPointerDown={begin}
          onPointerMove={line}
          onPointerUp={end}
          onPointerCancel={end}
        />
        {seen === undefined && <p class="soft">draw {digits ? "a digit" : ""} here</p>}
      </div>
      <div class="beside">
        <Answer prediction={answer} classes={classes} />
        <div class="controls">
          <button type="button" class="quiet" onClick={clear}>
            Clear
          </button>
          <label class="file" for={`${id}-file`}>
            Open a picture
            <input type="file" id={`${id}-file`} accept="image/*" onChange={({ currentTarget }) => void open(currentTarget.files?.[0])} />
          </label>
        </div>
        {seen && (
          <p class="soft small sees">
            <Pixels bytes={seen} /> what the network is given
          </p>
        )}
        {(problem || error) && (
          <p class="problem" role="alert">
            {problem || error}
          </p>
        )}
      </div>
    </div>
  );
}

/** The opacity of each pixel: what is drawn is white. */
const everyFourth = (rgba: Uint8ClampedArray): Uint8ClampedArray => rgba.filter((_, i) => i % 4 === 3);

function Pixels({ bytes }: { readonly bytes: Uint8Array }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const image = new ImageData(SIDE, SIDE);
    bytes.forEach((value, i) => {
      image.data.set([value, value, value, 255], i * 4);
    });
    canvas.current?.getContext("2d")?.putImageData(image, 0, 0);
  }, [bytes]);
  return (
    <canvas
      ref={canvas}
      class="pixels"
      width={SIDE}
      height={SIDE}
      role="img"
      aria-label="28 × 28 pixels"
      style={{ width: "56px", height: "56px" }}
    />
  );
}
