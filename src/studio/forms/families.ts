// Where the kinds of each family are, and the rules of their settings.
import type { Family, Rules } from "../../check.ts";
import { sources } from "../../data/index.ts";
import { activationKinds } from "../../nn/activations.ts";
import { initializers } from "../../nn/initializers/index.ts";
import { layerKinds } from "../../nn/layers/index.ts";
import { losses } from "../../nn/losses/index.ts";
import { metrics } from "../../nn/metrics/index.ts";
import { optimizers } from "../../nn/optimizers/index.ts";
import { regularizerRules } from "../../nn/regularizers.ts";
import { schedules } from "../../nn/schedules/index.ts";
import { callbackKinds } from "../../pipeline/callbacks.ts";
import { augmentStages, cleanStages, normalizeStages } from "../../stages/index.ts";

type Kinds = Readonly<Record<string, { readonly rules: Rules }>>;

/** A schema is code, which no form can give. */
const { requireSchema: _, ...cleanForms }: Kinds = cleanStages;

export const families: Readonly<Record<Family, Kinds>> = {
  source: sources,
  "clean stage": cleanForms,
  "normalize stage": normalizeStages,
  "augment stage": augmentStages,
  layer: Object.fromEntries(layerKinds),
  activation: activationKinds,
  initializer: Object.fromEntries(initializers),
  regularizer: { l1l2: { rules: regularizerRules } },
  loss: losses,
  optimizer: Object.fromEntries(optimizers),
  schedule: Object.fromEntries(schedules),
  callback: callbackKinds,
  metric: Object.fromEntries(metrics),
};

/** The rules of one kind; undefined where the family does not have it. */
export const rulesOf = (family: Family, kind: string): Rules | undefined =>
  Object.hasOwn(families[family], kind) ? families[family][kind]?.rules : undefined;
