// What every control of a form knows besides its own value.
import { createContext, type JSX } from "preact";
import type { Form } from "../../check.ts";
import type { SettingDoc } from "./kindDoc.ts";
import type { Path } from "./path.ts";
import type { Problem } from "./problem.ts";

export interface ControlProps {
  readonly form: Form;
  /** Undefined where nothing is given. */
  readonly value: unknown;
  readonly path: Path;
  readonly optional: boolean;
  readonly doc: SettingDoc;
  /** What it is called, for those who hear it. */
  readonly name: string;
  /** Of the element that is filled in; its label, hint and message are bound to it. */
  readonly id: string;
  /** Undefined takes the setting away. */
  onChange(value: unknown): void;
}

export interface FormParts {
  readonly problem: Problem | undefined;
  /** Draws what is inside a value: controls hold controls. */
  readonly Control: (props: ControlProps) => JSX.Element;
}

export const FormContext = createContext<FormParts>({
  problem: undefined,
  Control: () => {
    throw new Error("a control stands outside a form");
  },
});

/** An id that says which field it is. */
export const idOf = (place: string): string => `field-${place.replace(/[^\w]+/g, "-")}`;

/** The attributes that tie a control to its hint and its message. */
export const described = (id: string, wrong: boolean): { readonly "aria-describedby": string; readonly "aria-invalid"?: "true" } => ({
  "aria-describedby": `${id}-hint ${id}-problem`,
  ...(wrong && { "aria-invalid": "true" as const }),
});
