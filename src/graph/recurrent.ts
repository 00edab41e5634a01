// How the recurrent kernels cut up their work: decided by shapes alone, so that it is the same for any number of threads.
//
// A block of rows goes through all steps before the next begins. The gradient of the weights is summed over the rows of a group, in
// order, and the groups' sums are added at the end; there are at most MOST_GROUPS of them, because each takes as much memory as the weights.
// Backwards, a few steps at a time are kept until their part of the weights' gradient is computed as one product.
const BLOCK = 16;
const MOST_GROUPS = 16;
const CHUNK_ROWS = 128;

export interface RecurrentSizes {
  readonly rows: number;
  readonly steps: number;
  readonly inputs: number;
  readonly units: number;
}

/** What a cell is made of: its number for the kernels, gates in the weights, planes of products, and planes saved of a step. */
export interface RecurrentCell {
  readonly code: number;
  readonly gates: number;
  readonly products: number;
  readonly saves: number;
}

/** A GRU resets the state after its product, or before it. */
export const cells = {
  simpleRnn: { code: 0, gates: 1, products: 1, saves: 1 },
  lstm: { code: 1, gates: 4, products: 4, saves: 6 },
  gru: { code: 2, gates: 3, products: 4, saves: 5 },
  gruBefore: { code: 3, gates: 3, products: 3, saves: 5 },
} as const satisfies Record<string, RecurrentCell>;

export interface RecurrentPlan {
  readonly block: number;
  readonly group: number;
  readonly groups: number;
  readonly chunk: number;
  /** f32 of what forward saves, of one group's gradient, and of the scratch. */
  readonly saved: number;
  readonly partial: number;
  readonly forwardScratch: number;
  readonly backwardScratch: number;
  /** Of a group's gradient: f32 in a line, and the lines where those of the state and of the bias begin. */
  readonly line: number;
  readonly stateLine: number;
  readonly biasLine: number;
}

/** Rounded up to whole panels of the products. */
export const pad = (n: number): number => Math.ceil(n / 8) * 8;

export function recurrentPlan({ rows, steps, inputs, units }: RecurrentSizes, cell: RecurrentCell): RecurrentPlan {
  const { gates, products, saves } = cell;
  const block = BLOCK;
  let group = block;
  while (group * MOST_GROUPS < rows) group *= 2;
  const chunk = Math.min(steps, CHUNK_ROWS / BLOCK);
  const [wide, deep] = [pad(units), inputs + units];
  const plane = block * wide;
  const across = pad(inputs) + wide;
  const row = across + 4;
  const sheets = gates + 1;
  return {
    block,
    group,
    groups: Math.ceil(rows / group),
    chunk,
    saved: rows * steps * saves * wide,
    partial: (across + 1) * products * wide,
    forwardScratch: gates * wide * deep + 2 * (products + saves) * plane + (gates + 2) * block * deep + gates * block * row + 256,
    backwardScratch:
      gates * wide * across +
      (chunk + 1) * products * plane +
      sheets * chunk * block * row +
      (2 * gates + 1) * block * row +
      (saves + 2) * plane +
      256,
    line: products * wide,
    stateLine: pad(inputs),
    biasLine: across,
  };
}
