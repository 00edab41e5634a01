// A model with its memory and its programs: one program per batch size for training, one for evaluation. A training step is one call
// into the executor; nothing is allocated while training.
import { type Arena, arena as createArena } from "../graph/arena.ts";
import { type Buffer, type Emit, emitter, nothing } from "../graph/emit.ts";
import { emitBackward, emitForward, type Values } from "../graph/emitGraph.ts";
import { assemble, type Program } from "../graph/program.ts";
import { elements, input, type Shape } from "../graph/tensor.ts";
import type { Executor } from "../wasm/abi.ts";
import { emitHits, hitsKernel } from "./hits.ts";
import type { Layer } from "./layers/layer.ts";
import { applyLoss, type Loss, resolveLoss } from "./losses/index.ts";
import { checkTarget, isPerStep, type Target } from "./losses/target.ts";
import { type NamedTensor, placeWeights } from "./memory.ts";
import { buildModel, type Ids, type LayerInfo, type Weights } from "./model.ts";
import { optimizers } from "./optimizers/index.ts";
import type { Optimizer } from "./optimizers/optimizer.ts";

/** Where a batch comes from. Whoever owns the data emits the calls that assemble it. */
export interface Feed {
  /** Of one row. */
  readonly inputShape: Shape;
  readonly target: Target;
  /** The batch's input; augmented while training only. */
  emitInput(emit: Emit, rows: number, training: boolean): Buffer;
  /**
   * The batch's target as the loss wants it: labels i32, or values, `width` of them for each loss (labels become one-hot, or 0 and 1).
   * A row of a sequence whose steps have labels is as many losses, one after the other.
   */
  emitTarget(emit: Emit, rows: number, as: "labels" | { readonly width: number }): Buffer;
  /** Weights of the losses, where there are any. */
  emitRowWeights(emit: Emit, rows: number): Buffer | undefined;
}

export interface NetworkSpec {
  readonly layers: readonly Layer[];
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly seed: number;
}

export interface StepResult {
  /** Mean over the batch (of its real steps), penalties included. */
  readonly loss: number;
  /** Rows, or steps of rows, predicted right; 0 where the loss is not a classification's. */
  readonly hits: number;
  /** Of how many. */
  readonly judged: number;
}

export interface Network {
  readonly layers: readonly LayerInfo[];
  readonly outputShape: Shape;
  /** Losses, and predictions to measure, that a row has: 1, or one for each of its steps. */
  readonly steps: number;
  /** Whether some of those may be padding, which a batch's `mask` tells. */
  readonly masked: boolean;
  readonly parameters: number;
  readonly trainable: number;
  /** Where the model reads ids: which it knows. */
  readonly ids: Ids | undefined;
  /** Whether `hits` means anything. */
  readonly classifies: boolean;
  trainProgram(rows: number): Program;
  evaluateProgram(rows: number): EvaluateProgram;
  /** One step over the rows that the feed was pointed at; `t` counts from 1. */
  train(rows: number, learningRate: number, t: number): StepResult;
  /** What the weights' regularizers add to every row's loss. */
  penalty(): number;
  read(state?: boolean): NamedTensor[];
  write(tensors: readonly NamedTensor[]): void;
}

export interface EvaluateProgram extends Program {
  /** Addresses of the outputs [rows, …] and of the losses, [rows] or [rows, steps]. */
  readonly output: number;
  readonly losses: number;
  /** And of what tells real steps [rows, steps] (1) from padding (0), where steps are masked. */
  readonly mask: number | undefined;
}

const STATS_BYTES = 16;
const HYPER_BYTES = 64;
const RNG_BYTES = 16;

export interface NetworkMemory {
  readonly arena: Arena;
  /** The {seed low, seed high, step} words of the random kernels. */
  readonly rng: Buffer;
}

export function networkMemory(executor: Executor, seed: number): NetworkMemory {
  const arena = createArena(executor);
  const rng = arena.allocate(RNG_BYTES, "rng");
  executor.views.u32.set([seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0], (rng.address as number) >>> 2);
  return { arena, rng };
}

export function createNetwork({ arena, rng }: NetworkMemory, spec: NetworkSpec, feed: Feed): Network {
  const { executor } = arena;
  const stats = arena.allocate(STATS_BYTES, "stats");
  const hyper = arena.allocate(HYPER_BYTES, "hyper");
  const lossTotal = { ...stats, bytes: 4, label: "loss" };
  const hitTotal = { ...stats, address: (stats.address as number) + 4, bytes: 4, label: "hits" };
  const judgedTotal = { ...stats, address: (stats.address as number) + 8, bytes: 4, label: "judged" };
  const rngTensor = input("rng", [3]);
  const weights: Weights = new Map();

  const graph = (rows: number, training: boolean) => {
    const x = input("input", [rows, ...feed.inputShape]);
    return { x, model: buildModel(spec.layers, x, rngTensor, training, weights) };
  };

  const first = graph(1, true);
  const kind = optimizers.get(spec.optimizer.kind);
  if (kind === undefined) throw new Error(`optimizer ${spec.optimizer.kind} was not checked`);
  const memory = placeWeights(arena, weights, kind.slots(spec.optimizer), spec.seed);
  checkTarget(spec.loss, first.model.output, feed.target);
  const sparse = resolveLoss(spec.loss).targets === "labels";
  const perStep = isPerStep(spec.loss, first.model.output, first.model.mask !== undefined, feed.target);
  const steps = perStep ? (first.model.output.shape[1] as number) : 1;
  const width = elements(first.model.output.shape) / steps;
  const hits = hitsKernel(spec.loss, feed.target, width);

  const emitModel = (rows: number, training: boolean) => {
    let by = "batch";
    const emit = emitter(() => by);
    const { x, model } = graph(rows, training);
    const count = rows * steps;
    const target = input("target", sparse ? [count] : [count, width]);
    const values: Values = new Map(memory.values);
    values.set(rngTensor, rng);
    values.set(x, feed.emitInput(emit, rows, training));
    const targetBuffer = feed.emitTarget(emit, rows, sparse ? "labels" : { width });
    values.set(target, targetBuffer);
    const { losses, output } = applyLoss(spec.loss, model.output, target, count);
    const mask = perStep ? model.mask : undefined;
    emitForward(emit, [losses, output, ...(mask === undefined ? [] : [mask])], values, (node) => {
      by = node.op.kind;
    });
    return { emit, values, losses, output, count, mask: mask && values.get(mask), targetBuffer, at: (name: string) => (by = name) };
  };

  const buildTrain = (rows: number): Program => {
    const { emit, values, losses, output, count, mask, targetBuffer, at } = emitModel(rows, true);
    at("loss");
    const given = feed.emitRowWeights(emit, rows);
    const weights = mask === undefined ? given : emit.buffer(count, "loss weights");
    if (mask !== undefined) emit.call("mask_weights_f32", weights as Buffer, mask, given ?? nothing, count);
    emit.call("weighted_mean_f32", lossTotal, values.get(losses) as Buffer, weights ?? nothing, count);
    if (hits !== undefined) {
      at("accuracy");
      emitHits(emit, hits, { output: values.get(output) as Buffer, target: targetBuffer, mask, count, width }, hitTotal, judgedTotal);
    }
    at("loss");
    const seed = emit.buffer(count, "d loss");
    if (weights === undefined) emit.call("fill_f32", seed, count, 1 / count);
    else emit.call("scale_f32", seed, weights, count, 1 / count);
    emitBackward(emit, losses, seed, values, memory.gradientOf, (node) => {
      at(`d ${node.op.kind}`);
    });
    emitUpdate(emit, at);
    return assemble(arena, emit.calls);
  };

  const emitUpdate = (emit: Emit, at: (name: string) => void): void => {
    const { clipValue, clipNorm, globalClipNorm } = spec.optimizer;
    at("penalty");
    for (const { tensor, settings } of weights.values()) {
      const gradient = memory.gradientOf.get(tensor);
      const penalty = settings.regularizer;
      if (gradient === undefined || penalty === undefined) continue;
      emit.call("penalty_f32", lossTotal, gradient, memory.values.get(tensor) as Buffer, elements(tensor.shape), penalty.l1, penalty.l2);
    }
    at("clip");
    if (clipValue !== undefined) emit.call("clip_value_f32", memory.gradients, memory.length, clipValue);
    if (clipNorm !== undefined) for (const g of memory.gradientOf.values()) emit.call("clip_norm_f32", g, g.bytes / 4, clipNorm);
    if (globalClipNorm !== undefined) emit.call("clip_norm_f32", memory.gradients, memory.length, globalClipNorm);
    at(spec.optimizer.kind);
    if (memory.length > 0) kind.update(emit, spec.optimizer, memory.weights, memory.gradients, memory.slots, memory.length, hyper);
  };

  const buildEvaluate = (rows: number): EvaluateProgram => {
    const { emit, values, losses, output, mask } = emitModel(rows, false);
    const [out, each] = [values.get(output) as Buffer, values.get(losses) as Buffer];
    const program = assemble(arena, emit.calls, [out, each, ...(mask === undefined ? [] : [mask])]);
    return { ...program, output: program.addressOf(out), losses: program.addressOf(each), mask: mask && program.addressOf(mask) };
  };

  const trainPrograms = new Map<number, Program>();
  const evaluatePrograms = new Map<number, EvaluateProgram>();
  const cached = <P>(programs: Map<number, P>, rows: number, build: (rows: number) => P): P => {
    const program = programs.get(rows) ?? build(rows);
    programs.set(rows, program);
    return program;
  };

  const count = (trainable: boolean): number =>
    [...weights.values()].filter((w) => !trainable || w.trainable).reduce((n, w) => n + elements(w.tensor.shape), 0);

  return {
    layers: first.model.layers,
    outputShape: first.model.output.shape.slice(1),
    steps,
    masked: perStep && first.model.mask !== undefined,
    parameters: count(false),
    trainable: count(true),
    ids: first.model.ids,
    classifies: hits !== undefined,
    trainProgram: (rows) => cached(trainPrograms, rows, buildTrain),
    evaluateProgram: (rows) => cached(evaluatePrograms, rows, buildEvaluate),
    train(rows, learningRate, t) {
      const program = cached(trainPrograms, rows, buildTrain);
      const { f32, u32 } = executor.views;
      f32.set(kind.hyper(spec.optimizer, learningRate, t), (hyper.address as number) >>> 2);
      u32[((rng.address as number) >>> 2) + 2] = t;
      program.run();
      const at = (stats.address as number) >>> 2;
      return { loss: f32[at] as number, hits: f32[at + 1] as number, judged: f32[at + 2] as number };
    },
    penalty() {
      let sum = 0;
      const { f32 } = executor.views;
      for (const { tensor, settings, trainable } of weights.values()) {
        if (settings.regularizer === undefined || !trainable) continue;
        const { l1, l2 } = settings.regularizer;
        const start = (memory.values.get(tensor) as Buffer).address as number;
        for (const w of f32.subarray(start >>> 2, (start >>> 2) + elements(tensor.shape))) sum += l1 * Math.abs(w) + l2 * w * w;
      }
      return sum;
    },
    read: memory.read,
    write: memory.write,
  };
}
