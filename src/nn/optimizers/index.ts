// Every optimizer by its kind: adding one is its file and a line here.
import { type Descriptor, describe, type Rule, rule } from "../../check.ts";
import { PipelineError, show, unknownName } from "../../errors.ts";
import { adamOptimizer, adamWOptimizer } from "./adam.ts";
import type { Optimizer, OptimizerKind } from "./optimizer.ts";
import { rmspropOptimizer } from "./rmsprop.ts";
import { sgdOptimizer } from "./sgd.ts";

const known: readonly OptimizerKind<Optimizer>[] = [sgdOptimizer, rmspropOptimizer, adamOptimizer, adamWOptimizer];

export const optimizers: ReadonlyMap<string, OptimizerKind<Optimizer>> = new Map(known.map((o) => [o.kind, o]));

/** A descriptor such as adam(), or its name alone for the defaults. */
export const optimizerRule: Rule = rule({ type: "descriptor", family: "optimizer", names: [...optimizers.keys()] }, (value, at) => {
  const kind = typeof value === "string" ? value : (value as Descriptor | null)?.kind;
  if (typeof kind !== "string") throw new PipelineError("config", at, `expected an optimizer such as adam(), got ${show(value)}`);
  const found = optimizers.get(kind);
  if (found === undefined) throw new PipelineError("config", at, unknownName("optimizer", kind, [...optimizers.keys()]));
  if (typeof value === "object") describe(kind, value as Descriptor, found.rules, at);
});

export function resolveOptimizer(value: Optimizer | string): Optimizer {
  return typeof value === "string" ? { kind: value } : value;
}
