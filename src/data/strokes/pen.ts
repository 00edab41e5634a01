// Ink on a small canvas: a stroke is a Catmull–Rom curve through its points, cut into short segments; a pixel is as dark as its centre
// is deep inside the pen's track.

/** Points along the curve through these (x, y alternating), ends included. */
export function curve(points: Float64Array, into: Float64Array, pieces: number): number {
  const n = points.length / 2;
  let length = 0;
  for (let i = 0; i + 1 < n; i++) {
    const steps = i + 2 === n ? pieces + 1 : pieces;
    for (let k = 0; k < steps; k++) {
      const t = k / pieces;
      into[length++] = between(points, i, n, 0, t);
      into[length++] = between(points, i, n, 1, t);
    }
  }
  return length / 2;
}

/** The coordinate (0 x, 1 y) at t in [0, 1] from point i to the next. */
function between(points: Float64Array, i: number, n: number, axis: number, t: number): number {
  const b = points[2 * i + axis] as number;
  const c = points[2 * (i + 1) + axis] as number;
  const a = i > 0 ? (points[2 * (i - 1) + axis] as number) : 2 * b - c;
  const d = i + 2 < n ? (points[2 * (i + 2) + axis] as number) : 2 * c - b;
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

export interface Pen {
  /** Half the width of its track, in pixels. */
  readonly radius: number;
  /** How many pixels its edge takes to fade. */
  readonly softness: number;
  /** How dark it is, from 0 to 1. */
  readonly ink: number;
}

/** Draws the line through `count` points; where ink lies already the darker stays. */
export function ink(canvas: Float32Array, side: number, line: Float64Array, count: number, pen: Pen): void {
  for (let i = 0; i + 1 < count; i++) {
    segment(canvas, side, line[2 * i] as number, line[2 * i + 1] as number, line[2 * i + 2] as number, line[2 * i + 3] as number, pen);
  }
}

function segment(canvas: Float32Array, side: number, x0: number, y0: number, x1: number, y1: number, { radius, softness, ink }: Pen): void {
  const reach = radius + softness / 2;
  const dx = x1 - x0;
  const dy = y1 - y0;
  const inverse = 1 / (dx * dx + dy * dy + 1e-12);
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y1) + reach));
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(side - 1, Math.floor(Math.max(x0, x1) + reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) * inverse));
      const px = x - x0 - along * dx;
      const py = y - y0 - along * dy;
      const squared = px * px + py * py;
      if (squared >= reach * reach) continue;
      const depth = Math.min(1, (reach - Math.sqrt(squared)) / softness) * ink;
      const place = y * side + x;
      if (depth > (canvas[place] as number)) canvas[place] = depth;
    }
  }
}
