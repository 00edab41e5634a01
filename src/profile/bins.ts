// The values of a column as a few bins, or as many as it has names; what is missing is the last.
import { placeAfter } from "./moments.ts";
import type { Values } from "./values.ts";

export interface Bins {
  /** Of each row. */
  readonly of: Uint32Array;
  readonly count: number;
}

const BINS = 32;

export function binsOf({ numbers, codes, categories }: Values): Bins {
  if (numbers === undefined) {
    const missing = categories.length;
    return { of: Uint32Array.from(codes, (code) => (code < 0 ? missing : code)), count: missing + 1 };
  }
  const edges = edgesOf(numbers.filter(Number.isFinite).sort());
  const missing = edges.length + 1;
  return { of: Uint32Array.from(numbers, (value) => (Number.isFinite(value) ? placeAfter(edges, value) : missing)), count: missing + 1 };
}

/** Where each bin but the first begins. A few values have a bin each, many stand in 32 of equal size. */
function edgesOf(sorted: Float64Array): Float64Array {
  const distinct = sorted.filter((value, i) => value !== sorted[i - 1]);
  const few = distinct.length <= BINS;
  const [from, count] = few ? [distinct, distinct.length] : [sorted, BINS];
  const edges = new Set<number>();
  for (let i = 1; i < count; i++) edges.add(from[Math.floor((i * from.length) / count)] as number);
  edges.delete(sorted[0] as number);
  return Float64Array.from(edges).sort();
}
