// A picture of a data set, pixel by pixel.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { fromBase64 } from "../../base64.ts";
import type { PictureView } from "../../pipeline/events.ts";

interface Props {
  readonly view: PictureView;
  readonly what: string;
  /** The longer side, in CSS pixels. */
  readonly side?: number;
}

export function RowPicture({ view, what, side = 84 }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = view;
  useEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(new ImageData(coloured(view), width, height), 0, 0);
  }, [view]);
  const by = side / Math.max(width, height);
  return (
    <canvas
      ref={canvas}
      class="pixels"
      role="img"
      aria-label={what}
      width={width}
      height={height}
      style={{ width: `${Math.round(width * by)}px`, height: `${Math.round(height * by)}px` }}
    />
  );
}

function coloured({ width, height, channels, pixels }: PictureView): Uint8ClampedArray<ArrayBuffer> {
  const bytes = fromBase64(pixels);
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[i * 4 + c] = bytes[i * channels + (channels === 3 ? c : 0)] as number;
    rgba[i * 4 + 3] = 255;
  }
  return rgba;
}
