// What zod, valibot, arktype and other validators have in common (standardschema.dev): an object, or a function, with one property that
// tells who made it and checks values, now or later.
import { type Rule, rule } from "../../check.ts";
import { PipelineError, show } from "../../errors.ts";

export interface StandardSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult | Promise<SchemaResult>;
  };
}

export interface SchemaResult {
  /** None where the value is as it should be. */
  readonly issues?: readonly SchemaIssue[] | undefined;
}

export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

export const schemaRule: Rule = rule({ type: "rows" }, (value, at) => {
  const { validate, vendor } = (value as Partial<StandardSchema> | null | undefined)?.["~standard"] ?? {};
  if (typeof validate !== "function" || typeof vendor !== "string")
    throw new PipelineError(
      "config",
      at,
      `expected a schema with "~standard", as zod, valibot and arktype make them, got ${show(value)}; a run folder does not keep one`,
    );
});

/** The schema alone, without what else its maker put there. As JSON it is its maker's name: it is code. */
export const heldSchema = ({ "~standard": standard }: StandardSchema): StandardSchema => {
  const held = { toJSON: () => ({ omitted: `schema of ${standard.vendor}` }) };
  return Object.freeze(Object.defineProperty(held, "~standard", { value: standard })) as unknown as StandardSchema;
};

/** `age`, `address.city`; empty for what is wrong with the row as a whole. */
export const issuePath = ({ path = [] }: SchemaIssue): string =>
  path.map((key) => String(typeof key === "object" ? key.key : key)).join(".");
