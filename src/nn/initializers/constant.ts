import { type Descriptor, describe, number } from "../../check.ts";
import type { InitializerKind } from "./initializer.ts";

export interface Constant extends Descriptor {
  readonly kind: "constant";
  readonly value: number;
}

export interface Fixed extends Descriptor {
  readonly kind: "zeros" | "ones";
}

const rules = { value: number() };

/** Every weight is `value`. */
export const constant = (value: number): Constant => describe<Constant>("constant", { value }, rules);

export const constantInitializer: InitializerKind<Constant> = {
  kind: "constant",
  rules,
  fill: ({ value }, out) => {
    out.fill(value);
  },
};

const fixed = (kind: Fixed["kind"], value: number): InitializerKind<Fixed> => ({
  kind,
  rules: {},
  fill: (_, out) => {
    out.fill(value);
  },
});

export const zerosInitializer = fixed("zeros", 0);
export const onesInitializer = fixed("ones", 1);
