// Losses as Keras names them. A loss reads the model's output and the targets; after a softmax or a sigmoid it works on the logits
// behind it (fused: faster, and exact where a probability would round to 0 or 1).
import { type Descriptor, describe, number, type Rule, type Rules, rule } from "../../check.ts";
import { PipelineError, show, unknownName } from "../../errors.ts";
import { type ActivationAttributes, activationOp } from "../../graph/ops/activation.ts";
import { dense, denseOp } from "../../graph/ops/dense.ts";
import { type LossAttributes, rowLoss } from "../../graph/ops/losses.ts";
import { reshape, reshapeOp } from "../../graph/ops/reshape.ts";
import { softmaxOp } from "../../graph/ops/softmax.ts";
import { elements, type Tensor } from "../../graph/tensor.ts";

interface LossKind {
  readonly kernel: LossAttributes["loss"];
  /** What the targets are: class numbers (one i32 for each loss) or values of the output's shape. */
  readonly targets: "labels" | "values";
  readonly rules: Rules;
  /** Setting that the kernel takes, and its Keras default. */
  readonly parameter?: { readonly name: string; readonly value: number };
  /** The activation whose logits it can work on, and the fused kernel. */
  readonly fusesWith?: "softmax" | "sigmoid";
  readonly fused?: LossAttributes["loss"];
}

const smoothing = { name: "labelSmoothing", value: 0 };
const smoothingRules = { labelSmoothing: number({ min: 0, max: 1 }) };

export const losses = {
  meanSquaredError: { kernel: "mse", targets: "values", rules: {} },
  meanAbsoluteError: { kernel: "mae", targets: "values", rules: {} },
  huber: { kernel: "huber", targets: "values", rules: { delta: number({ above: 0 }) }, parameter: { name: "delta", value: 1 } },
  binaryCrossentropy: {
    kernel: "bce",
    targets: "values",
    rules: smoothingRules,
    parameter: smoothing,
    fusesWith: "sigmoid",
    fused: "bce_logits",
  },
  categoricalCrossentropy: {
    kernel: "cce",
    targets: "values",
    rules: smoothingRules,
    parameter: smoothing,
    fusesWith: "softmax",
    fused: "softmax_cce",
  },
  sparseCategoricalCrossentropy: { kernel: "scce", targets: "labels", rules: {}, fusesWith: "softmax", fused: "softmax_scce" },
} as const satisfies Record<string, LossKind>;

const aliases: Readonly<Record<string, LossName>> = { mse: "meanSquaredError", mae: "meanAbsoluteError" };

export type LossName = keyof typeof losses;

export interface LossDescriptor extends Descriptor {
  readonly kind: LossName;
  readonly delta?: number;
  readonly labelSmoothing?: number;
}

export type Loss = LossName | "mse" | "mae" | LossDescriptor;

/** Quadratic up to `delta` from the target, linear beyond. */
export const huber = ({ delta = 1 } = {}): LossDescriptor => describe<LossDescriptor>("huber", { delta }, losses.huber.rules);
/** `labelSmoothing` α moves targets y to y(1 − α) + α/2. */
export const binaryCrossentropy = ({ labelSmoothing = 0 } = {}): LossDescriptor =>
  describe<LossDescriptor>("binaryCrossentropy", { labelSmoothing }, smoothingRules);
/** `labelSmoothing` α moves targets y to y(1 − α) + α/classes. */
export const categoricalCrossentropy = ({ labelSmoothing = 0 } = {}): LossDescriptor =>
  describe<LossDescriptor>("categoricalCrossentropy", { labelSmoothing }, smoothingRules);

const names = [...Object.keys(losses), ...Object.keys(aliases)];

export const lossRule: Rule = rule({ type: "descriptor", family: "loss", names }, (value, at) => {
  const name = typeof value === "string" ? value : (value as Descriptor | null)?.kind;
  if (typeof name !== "string")
    throw new PipelineError("config", at, `expected the name of a loss such as "meanSquaredError", got ${show(value)}`);
  if (!names.includes(name)) throw new PipelineError("config", at, unknownName("loss", name, names));
  if (typeof value === "object") {
    const rules: Rules = losses[name as LossName].rules;
    describe(name, Object.fromEntries(Object.entries(value as object)) as Descriptor, rules, at);
  }
});

export function resolveLoss(loss: Loss): { kind: LossName } & LossKind & { readonly value: number } {
  const name = typeof loss === "string" ? loss : loss.kind;
  const kind = aliases[name] ?? (name as LossName);
  const found: LossKind = losses[kind];
  const settings: Record<string, unknown> = typeof loss === "object" ? { ...loss } : {};
  const value = found.parameter === undefined ? 0 : ((settings[found.parameter.name] as number | undefined) ?? found.parameter.value);
  return { kind, ...found, value };
}

/** `count` losses, and the output as [count, width] (probabilities, values) as metrics see it. */
export function applyLoss(loss: Loss, output: Tensor, target: Tensor, count: number): { losses: Tensor; output: Tensor } {
  const { kernel, fusesWith, fused, value } = resolveLoss(loss);
  const flat = (t: Tensor): Tensor => (t.shape.length === 2 && t.shape[0] === count ? t : reshape(t, [count, elements(t.shape) / count]));
  const logits = fusesWith === undefined ? undefined : logitsBehind(output, fusesWith);
  if (logits !== undefined && fused !== undefined) {
    const { loss: losses, probability } = rowLoss(flat(logits), target, { loss: fused, parameter: value });
    return { losses, output: probability as Tensor };
  }
  return { losses: rowLoss(flat(output), target, { loss: kernel, parameter: value }).loss, output: flat(output) };
}

function logitsBehind(output: Tensor, fn: "softmax" | "sigmoid"): Tensor | undefined {
  const node = output.node;
  if (node === undefined) return undefined;
  if (node.op === reshapeOp) {
    const from = node.inputs[0] as Tensor;
    return fn === "sigmoid" || from.shape.at(-1) === output.shape.at(-1) ? logitsBehind(from, fn) : undefined;
  }
  if (fn === "softmax") return node.op === softmaxOp ? node.inputs[0] : undefined;
  const attributes = node.attributes as { activation?: ActivationAttributes } & ActivationAttributes;
  if (node.op === activationOp && attributes.fn === fn) return node.inputs[0];
  if (node.op === denseOp && attributes.activation?.fn === fn) {
    const [x, w, b] = node.inputs as [Tensor, Tensor, Tensor?];
    return dense(x, w, b);
  }
  return undefined;
}
