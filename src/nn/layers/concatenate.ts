import { describe, type Rule } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";
import { concatenate as concatenateOp } from "../../graph/ops/concatenate.ts";
import type { Layer, LayerKind, LayerOptions } from "./layer.ts";
import { layerRules, layersRule } from "./rules.ts";

export interface Concatenate extends Layer {
  readonly kind: "concatenate";
  readonly branches: readonly (readonly Layer[])[];
}

/** An empty branch passes the input through. */
const branchesRule: Rule = (value, at) => {
  if (!Array.isArray(value) || value.length < 2) throw new PipelineError("config", at, `expected two or more lists of layers, got ${show(value)}`);
  value.forEach((branch: unknown, i) => {
    if (!Array.isArray(branch) || branch.length > 0) layersRule(branch, `${at}[${i}]`);
  });
};

const rules = { ...layerRules, branches: branchesRule };

/** Feeds the input to every branch and joins their outputs along the last axis; an empty branch is the input itself. */
export function concatenate(branches: readonly (readonly Layer[])[], options: LayerOptions = {}): Concatenate {
  return describe<Concatenate>("concatenate", { branches, ...options }, rules);
}

export const concatenateLayer: LayerKind<Concatenate> = {
  kind: "concatenate",
  rules,
  build(scope, x, { branches }) {
    const outputs = branches.map((layers, i) => scope.inner(layers, x, `branches[${i}]`));
    const lead = String((outputs[0] ?? x).shape.slice(0, -1));
    for (const y of outputs) {
      if (String(y.shape.slice(0, -1)) !== lead) {
        scope.refuse(`branches that agree in all but the last dimension, such as [*, ${(outputs[0] ?? x).shape.slice(1).join(", ")}]`, y.shape, "reshape() one of them");
      }
    }
    return concatenateOp(...outputs);
  },
};
