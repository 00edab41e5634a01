// Every initializer by its kind: adding one is its file and a line here.
import { type Descriptor, describe, type Rule, rule } from "../../check.ts";
import { PipelineError, show, unknownName } from "../../errors.ts";
import { purpose, random } from "../../random.ts";
import { type Constant, constantInitializer, onesInitializer, zerosInitializer } from "./constant.ts";
import type { InitializerKind } from "./initializer.ts";
import { type Orthogonal, orthogonalInitializer } from "./orthogonal.ts";
import { type RandomNormal, randomNormalInitializer } from "./randomNormal.ts";
import { type RandomUniform, randomUniformInitializer } from "./randomUniform.ts";
import { type TruncatedNormal, truncatedNormalInitializer } from "./truncatedNormal.ts";
import {
  glorotNormalInitializer,
  glorotUniformInitializer,
  heNormalInitializer,
  heUniformInitializer,
  lecunNormalInitializer,
  lecunUniformInitializer,
  type VarianceScaling,
  varianceScalingInitializer,
} from "./varianceScaling.ts";

const known = [
  glorotUniformInitializer,
  glorotNormalInitializer,
  heUniformInitializer,
  heNormalInitializer,
  lecunUniformInitializer,
  lecunNormalInitializer,
  varianceScalingInitializer,
  orthogonalInitializer,
  zerosInitializer,
  onesInitializer,
  constantInitializer,
  randomUniformInitializer,
  randomNormalInitializer,
  truncatedNormalInitializer,
] as const;

export const initializers: ReadonlyMap<string, InitializerKind<Descriptor>> = new Map(
  known.map((i) => [i.kind, i as InitializerKind<Descriptor>]),
);

/** Keras's other names. */
const aliases: Readonly<Record<string, string>> = { uniform: "randomUniform", normal: "randomNormal" };

/** Every kind but `constant` may be given by its name alone. */
export type InitializerName = Exclude<(typeof known)[number]["kind"], "constant"> | "uniform" | "normal";

export type Initializer = InitializerName | Constant | Orthogonal | RandomNormal | RandomUniform | TruncatedNormal | VarianceScaling;

const names = [...initializers.keys(), ...Object.keys(aliases)].filter((name) => name !== "constant");

/** A name such as "heNormal", or a descriptor such as orthogonal({ gain: 2 }). */
export const initializerRule: Rule = rule({ type: "descriptor", family: "initializer", names }, (value, at) => {
  const descriptor = typeof value === "string" ? named(value) : (value as Descriptor | null);
  const kind = descriptor?.kind;
  if (typeof kind !== "string")
    throw new PipelineError("config", at, `expected an initializer such as "glorotUniform", got ${show(value)}`);
  const found = initializers.get(kind);
  if (found === undefined) throw new PipelineError("config", at, unknownName("initializer", kind, [...initializers.keys()]));
  describe(kind, descriptor as Descriptor, found.rules, at);
});

const named = (name: string): Descriptor => ({ kind: aliases[name] ?? name });

/** The first values of weight number `stream`; the same for the same seed, whatever else the model holds. */
export function initialize(initializer: Initializer, shape: readonly number[], seed: number, stream: number): Float32Array {
  const out = new Float32Array(shape.reduce((product, n) => product * n, 1));
  const descriptor: Descriptor = typeof initializer === "string" ? named(initializer) : initializer;
  const found = initializers.get(descriptor.kind);
  if (found === undefined)
    throw new PipelineError("config", "initializer", unknownName("initializer", descriptor.kind, [...initializers.keys()]));
  found.fill(descriptor, out, shape, random(seed, purpose.init, stream));
  return out;
}
