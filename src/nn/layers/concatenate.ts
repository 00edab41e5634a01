import { describe, list } from "../../check.ts";
import { concatenate as concatenateOp } from "../../graph/ops/concatenate.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules, oneLayer } from "./layer.ts";
import { sharedMask } from "./sharedMask.ts";

export interface Concatenate extends Layer {
  readonly kind: "concatenate";
  readonly branches: readonly (readonly Layer[])[];
}

const rules = { ...layerRules, branches: list(2, list(0, oneLayer)) };

/** Feeds the input to every branch and joins their outputs along the last axis; an empty branch is the input itself. */
export function concatenate(branches: readonly (readonly Layer[])[], options: LayerOptions = {}): Concatenate {
  return describe<Concatenate>("concatenate", { branches, ...options }, rules);
}

export const concatenateLayer: LayerKind<Concatenate> = {
  kind: "concatenate",
  rules,
  inner: ({ branches }) => Object.fromEntries(branches.map((layers, i) => [`branches[${i}]`, layers])),
  build(scope, x, { branches }) {
    const outputs = branches.map((layers, i) => scope.inner(layers, x, `branches[${i}]`));
    const lead = String((outputs[0] ?? x).shape.slice(0, -1));
    for (const y of outputs) {
      if (String(y.shape.slice(0, -1)) !== lead) {
        scope.refuse(
          `branches that agree in all but the last dimension, such as [*, ${(outputs[0] ?? x).shape.slice(1).join(", ")}]`,
          y.shape,
          "reshape() one of them",
        );
      }
    }
    return scope.masked(concatenateOp(...outputs), sharedMask(scope, outputs));
  },
};
