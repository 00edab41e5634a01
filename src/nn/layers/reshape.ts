import { describe, listOf, number } from "../../check.ts";
import { reshape as reshapeOp } from "../../graph/ops/reshape.ts";
import { elements } from "../../graph/tensor.ts";
import { type Layer, type LayerKind, type LayerOptions, layerRules } from "./layer.ts";

export interface Reshape extends Layer {
  readonly kind: "reshape";
  readonly targetShape: readonly number[];
}

const rules = { ...layerRules, targetShape: listOf(number({ min: -1, integer: true })) };

/** [batch, …] → [batch, ...targetShape]; one -1 stands for what is left. */
export function reshape(targetShape: readonly number[], options: LayerOptions = {}): Reshape {
  return describe<Reshape>("reshape", { targetShape, ...options }, rules);
}

export const reshapeLayer: LayerKind<Reshape> = {
  kind: "reshape",
  rules,
  build(scope, x, { targetShape }) {
    const values = elements(x.shape.slice(1));
    const known = targetShape.filter((n) => n !== -1).reduce((product, n) => product * n, 1);
    const shape = targetShape.map((n) => (n === -1 ? values / known : n));
    const open = targetShape.length - targetShape.filter((n) => n !== -1).length;
    if (open > 1 || elements(shape) !== values || !shape.every(Number.isInteger)) {
      scope.refuse(
        `${known}${open > 0 ? " × n" : ""} values a row for [${targetShape}]`,
        x.shape,
        `it holds ${values} a row; choose a targetShape with that product`,
      );
    }
    return reshapeOp(x, [x.shape[0] as number, ...shape]);
  },
};
