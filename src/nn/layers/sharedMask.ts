import { add } from "../../graph/ops/add.ts";
import { nonZero } from "../../graph/ops/nonZero.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Scope } from "./layer.ts";

/** The mask of tensors that are merged into one, as Keras has it: a step is real where it is real in any of them. */
export function sharedMask(scope: Scope, tensors: readonly Tensor[]): Tensor | undefined {
  const masks = new Set(tensors.map((t) => scope.mask(t)));
  return [...masks].reduce((a, b) => (a === undefined || b === undefined ? undefined : nonZero(add(a, b))));
}
