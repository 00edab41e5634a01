// What an initializer is: a descriptor, and how it fills a weight of some shape from a stream of random numbers.
import type { Descriptor, Rules } from "../../check.ts";
import type { Random } from "../../random.ts";

export interface InitializerKind<D extends Descriptor> {
  readonly kind: D["kind"];
  readonly rules: Rules;
  /** Fills `out`, which holds product(shape) values, row-major. */
  fill(initializer: D, out: Float32Array, shape: readonly number[], random: Random): void;
}
