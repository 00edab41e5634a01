// Every stage by its kind. A new stage is its file and one line here.
import type { Descriptor } from "../check.ts";
import { minMaxStage } from "./normalize/minMax.ts";
import { standardizeStage } from "./normalize/standardize.ts";
import type { AugmentStage, CleanStage, NormalizeStage } from "./stage.ts";

export const cleanStages: Readonly<Record<string, CleanStage<Descriptor, unknown>>> = {};

export const normalizeStages: Readonly<Record<string, NormalizeStage<Descriptor, unknown>>> = {
  minMax: minMaxStage,
  standardize: standardizeStage,
};

export const augmentStages: Readonly<Record<string, AugmentStage<Descriptor>>> = {};
