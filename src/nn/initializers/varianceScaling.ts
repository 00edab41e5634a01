// Random weights whose variance is scale / n, where n counts the inputs of a weight, its outputs, or the mean of the two, so that
// signals keep their size from layer to layer. Glorot & Bengio (2010), He et al. (2015) and LeCun et al. (1998) are settings of it.
import { type Descriptor, describe, number, oneOf, optional } from "../../check.ts";
import type { Random } from "../../random.ts";
import { fans } from "./fans.ts";
import type { InitializerKind } from "./initializer.ts";
import { truncatedDeviation, truncatedStandardNormal } from "./truncatedNormal.ts";

interface Scaling {
  readonly scale?: number;
  readonly mode?: "fanIn" | "fanOut" | "fanAvg";
  readonly distribution?: "truncatedNormal" | "normal" | "uniform";
}

export interface VarianceScaling extends Descriptor, Scaling {
  readonly kind: "varianceScaling";
}

const rules = {
  scale: optional(number({ above: 0 })),
  mode: optional(oneOf("fanIn", "fanOut", "fanAvg")),
  distribution: optional(oneOf("truncatedNormal", "normal", "uniform")),
};

/** Variance `scale` / n. Defaults: scale 1, mode "fanIn", distribution "truncatedNormal". */
export const varianceScaling = (options: Scaling = {}): VarianceScaling => describe<VarianceScaling>("varianceScaling", options, rules);

export const varianceScalingInitializer: InitializerKind<VarianceScaling> = { kind: "varianceScaling", rules, fill: fillScaled };

function fillScaled(
  { scale = 1, mode = "fanIn", distribution = "truncatedNormal" }: Scaling,
  out: Float32Array,
  shape: readonly number[],
  random: Random,
) {
  const { fanIn, fanOut } = fans(shape);
  const n = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
  const draw = standard(distribution, random);
  const deviation = Math.sqrt(scale / Math.max(1, n));
  for (let i = 0; i < out.length; i++) out[i] = deviation * draw();
}

/** Numbers of mean 0 and variance 1. */
function standard(distribution: NonNullable<Scaling["distribution"]>, random: Random): () => number {
  if (distribution === "normal") return random.normal;
  if (distribution === "uniform") return () => Math.sqrt(3) * (2 * random.uniform() - 1);
  return () => truncatedStandardNormal(random) / truncatedDeviation;
}

export interface Preset extends Descriptor {
  readonly kind: `${"glorot" | "he" | "lecun"}${"Uniform" | "Normal"}`;
}

const preset = (kind: Preset["kind"], scaling: Scaling): InitializerKind<Preset> => ({
  kind,
  rules: {},
  fill: (_, out, shape, random) => fillScaled(scaling, out, shape, random),
});

export const glorotUniformInitializer = preset("glorotUniform", { mode: "fanAvg", distribution: "uniform" });
export const glorotNormalInitializer = preset("glorotNormal", { mode: "fanAvg" });
export const heUniformInitializer = preset("heUniform", { scale: 2, distribution: "uniform" });
export const heNormalInitializer = preset("heNormal", { scale: 2 });
export const lecunUniformInitializer = preset("lecunUniform", { distribution: "uniform" });
export const lecunNormalInitializer = preset("lecunNormal", {});
