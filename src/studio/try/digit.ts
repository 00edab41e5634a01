// A drawing → the picture that a network trained on MNIST expects: its ink fitted into 20 × 20 pixels with soft edges, and put into
// 28 × 28 with its centre of mass in the middle (LeCun, Cortes and Burges's own procedure).

export const SIDE = 28;
const BOX = 20;

/** What was drawn: 0 is paper, 255 is ink, row by row. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly ink: ArrayLike<number>;
}

/** 28 × 28 bytes, 0 to 255; undefined where nothing was drawn. */
export function digitOf(drawing: Ink): Uint8Array<ArrayBuffer> | undefined {
  const box = inked(drawing);
  if (box === undefined) return undefined;
  const by = BOX / Math.max(box.width, box.height);
  const [width, height] = [Math.max(1, Math.round(box.width * by)), Math.max(1, Math.round(box.height * by))];
  const small = shrunk(drawing, box, width, height);
  let [sum, x, y] = [0, 0, 0];
  small.forEach((value, i) => {
    sum += value;
    x += value * (i % width);
    y += value * Math.floor(i / width);
  });
  const left = Math.round((SIDE - 1) / 2 - x / sum);
  const top = Math.round((SIDE - 1) / 2 - y / sum);
  const picture = new Uint8Array(SIDE * SIDE);
  for (let row = 0; row < height; row++) {
    for (let col = 0; col < width; col++) {
      const [to, at] = [top + row, left + col];
      if (to >= 0 && to < SIDE && at >= 0 && at < SIDE) picture[to * SIDE + at] = Math.round(small[row * width + col] as number);
    }
  }
  return picture;
}

/** The whole drawing at another size, uncentred. */
export const resized = (drawing: Ink, width: number, height: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(shrunk(drawing, { left: 0, top: 0, width: drawing.width, height: drawing.height }, width, height), Math.round);

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Fainter than this is paper. */
const FAINT = 16;

function inked({ width, height, ink }: Ink): Box | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((ink[y * width + x] as number) < FAINT) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Each pixel is the mean of the area that it covers, parts of pixels counted as parts. */
function shrunk({ width: stride, ink }: Ink, box: Box, width: number, height: number): Float64Array {
  const out = new Float64Array(width * height);
  const columns = Array.from({ length: width }, (_, x) => covered(x, width, box.width));
  for (let y = 0; y < height; y++) {
    const rows = covered(y, height, box.height);
    columns.forEach((across, x) => {
      let [sum, area] = [0, 0];
      for (const [row, tall] of rows) {
        for (const [col, wide] of across) {
          sum += (ink[(box.top + row) * stride + box.left + col] as number) * tall * wide;
          area += tall * wide;
        }
      }
      out[y * width + x] = sum / area;
    });
  }
  return out;
}

/** Which of `from` pixels lie under number `i` of `to`, and how much of each. */
function covered(i: number, to: number, from: number): [place: number, share: number][] {
  const [start, end] = [(i * from) / to, ((i + 1) * from) / to];
  const found: [number, number][] = [];
  for (let place = Math.floor(start); place < Math.min(from, Math.ceil(end)); place++)
    found.push([place, Math.min(end, place + 1) - Math.max(start, place)]);
  return found;
}
