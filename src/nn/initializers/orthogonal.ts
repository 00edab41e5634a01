// A random matrix with orthonormal rows or columns, whichever are fewer (Saxe et al., 2014): normal vectors made orthonormal by
// modified Gram–Schmidt, in float64. The length of what is left of each vector is positive, which is the sign that makes the
// result evenly spread over all rotations.
import { type Descriptor, describe, number, optional } from "../../check.ts";
import type { Random } from "../../random.ts";
import type { InitializerKind } from "./initializer.ts";

export interface Orthogonal extends Descriptor {
  readonly kind: "orthogonal";
  readonly gain?: number;
}

const rules = { gain: optional(number()) };

/** An orthogonal matrix times `gain`; all axes but the last count as rows. Default gain 1. */
export const orthogonal = (options: Omit<Orthogonal, "kind"> = {}): Orthogonal => describe<Orthogonal>("orthogonal", options, rules);

export const orthogonalInitializer: InitializerKind<Orthogonal> = {
  kind: "orthogonal",
  rules,
  fill({ gain = 1 }, out, shape, random) {
    const columns = shape.at(-1) ?? 1;
    const rows = out.length / columns;
    const wide = rows < columns;
    const vectors = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
    vectors.forEach((vector, v) => {
      for (let i = 0; i < vector.length; i++) out[wide ? v * columns + i : i * columns + v] = gain * (vector[i] as number);
    });
  },
};

function orthonormal(count: number, length: number, random: Random): Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let n = 0; n < count; n++) {
    const vector = Float64Array.from({ length }, () => random.normal());
    for (const earlier of vectors) subtract(vector, earlier, dot(vector, earlier));
    const size = Math.sqrt(dot(vector, vector));
    for (let i = 0; i < length; i++) vector[i] = (vector[i] as number) / size;
    vectors.push(vector);
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function subtract(from: Float64Array, vector: Float64Array, times: number): void {
  for (let i = 0; i < from.length; i++) from[i] = (from[i] as number) - times * (vector[i] as number);
}
