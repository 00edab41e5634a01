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

/** What the cell is made of: gates in the weights, products of a step, and what it saves of each unit for the way back. */
export interface RecurrentCell {
  readonly gates: number;
  readonly products: number;
  readonly saves: number;
}

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

const pad = (n: number): number => Math.ceil(n / 8) * 8;

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
  const panels = gates * wide * deep;
  const masks = gates * block * row;
  return {
    block,
    group,
    groups: Math.ceil(rows / group),
    chunk,
    saved: rows * steps * saves * wide,
    partial: (across + 1) * products * wide,
    forwardScratch: panels + 2 * products * plane + masks + (gates + 2) * block * deep + (saves + 2) * plane + 256,
    backwardScratch:
      gates * wide * across +
      chunk * plane * products +
      chunk * block * row * gates +
      masks +
      block * products * wide +
      (gates + 1) * block * row +
      8 * plane +
      256,
    line: products * wide,
    stateLine: pad(inputs),
    biasLine: across,
  };
}
