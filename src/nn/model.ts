// Builds a model's graph for one batch size from its layers' descriptors. The weights are shared by all such graphs: they are kept by
// name in `Weights`, and a second build finds the ones that the first one made.
import { PipelineError } from "../errors.ts";
import { reshapeOp } from "../graph/ops/reshape.ts";
import { elements, parameter, type Shape, type Tensor } from "../graph/tensor.ts";
import { layerKinds } from "./layers/index.ts";
import type { Layer, ParameterSettings, Scope } from "./layers/layer.ts";

export interface Weight {
  readonly tensor: Tensor;
  readonly settings: ParameterSettings;
  readonly trainable: boolean;
}

export type Weights = Map<string, Weight>;

export interface LayerInfo {
  readonly name: string;
  readonly kind: string;
  /** Without the batch. */
  readonly output: Shape;
  readonly parameters: number;
}

/** What a layer says of the model's input: whole numbers from 0 to `count` − 1. */
export interface Ids {
  /** The layer: `model[0] embedding`. */
  readonly at: string;
  readonly count: number;
}

export interface Graph {
  readonly output: Tensor;
  /** Which steps of the output [batch, steps, …] are real; undefined where all of them are. */
  readonly mask: Tensor | undefined;
  /** The least of those that the layers ask for. */
  readonly ids: Ids | undefined;
  readonly layers: readonly LayerInfo[];
}

/** `x` is [batch, …]; `rng` the generator's words. */
export function buildModel(layers: readonly Layer[], x: Tensor, rng: Tensor, training: boolean, weights: Weights): Graph {
  const given = new Set(namesIn(layers));
  const used = new Set<string>();
  const masks = new Map<Tensor, Tensor>();
  let ids: Ids | undefined;
  let streams = 0;

  const unique = (layer: Layer): string => {
    if (layer.name !== undefined) {
      if (used.has(layer.name))
        throw new PipelineError("config", `model layer "${layer.name}"`, "two layers have this name; give each its own");
      used.add(layer.name);
      return layer.name;
    }
    const base = snakeCase(layer.kind);
    let name = base;
    for (let i = 1; used.has(name) || given.has(name); i++) name = `${base}_${i}`;
    used.add(name);
    return name;
  };

  const build = (layer: Layer, input: Tensor, at: string, frozen: boolean, infos?: LayerInfo[]): Tensor => {
    const kind = layerKinds.get(layer.kind);
    if (kind === undefined) throw new PipelineError("config", at, `unknown layer "${layer.kind}"`);
    const name = unique(layer);
    const before = totals(weights);
    const trainable = !frozen && layer.trainable !== false;
    const scope: Scope = {
      at: `${at} ${layer.kind}`,
      training,
      rng,
      stream: () => streams++,
      parameter(part, shape, settings) {
        const full = `${name}.${part}`;
        const known = weights.get(full);
        if (known !== undefined) return known.tensor;
        const tensor = parameter(full, shape);
        weights.set(full, { tensor, settings, trainable });
        return tensor;
      },
      mask: (t) => masks.get(t),
      masked(y, mask) {
        if (mask !== undefined) masks.set(y, mask);
        return y;
      },
      ids(t, count) {
        if (unshaped(t) !== x)
          throw new PipelineError(
            "config",
            scope.at,
            "it reads ids, which only the model's input holds; put it first, or first in its branch",
          );
        if (ids === undefined || count < ids.count) ids = { at: scope.at, count };
      },
      inner: (inside, from, label) =>
        inside.reduce((tensor, next, i) => build(next, tensor, `${at} ${layer.kind}.${label}[${i}]`, !trainable), from),
      refuse(expected, got, wayOut) {
        throw new PipelineError(
          "shape",
          `${at} ${layer.kind}`,
          `expected ${expected}, got [*${got
            .slice(1)
            .map((n) => `, ${n}`)
            .join("")}]; ${wayOut}`,
        );
      },
    };
    const output = kind.build(scope, input, layer);
    if (kind.carriesMask === true) scope.masked(output, masks.get(input));
    infos?.push({ name, kind: layer.kind, output: output.shape.slice(1), parameters: totals(weights) - before });
    return output;
  };

  const infos: LayerInfo[] = [];
  const output = layers.reduce((tensor, layer, i) => build(layer, tensor, `model[${i}]`, false, infos), x);
  return { output, mask: masks.get(output), ids, layers: infos };
}

/** The tensor whose numbers these are, whatever shape they were given since. */
const unshaped = (t: Tensor): Tensor => (t.node?.op === reshapeOp ? unshaped(t.node.inputs[0] as Tensor) : t);

/** The names that layers were given by hand, inner ones too: no other layer may get them. */
function namesIn(layers: readonly Layer[]): string[] {
  return layers.flatMap((layer) => {
    const inner = Object.values(layerKinds.get(layer.kind)?.inner?.(layer) ?? {});
    return [...(layer.name === undefined ? [] : [layer.name]), ...inner.flatMap(namesIn)];
  });
}

function totals(weights: Weights): number {
  let n = 0;
  for (const { tensor } of weights.values()) n += elements(tensor.shape);
  return n;
}

/** Keras's way of naming: `timeDistributed` becomes time_distributed. */
const snakeCase = (kind: string): string => kind.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
