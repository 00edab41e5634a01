// What the page asks of its laboratory, a Worker in which pipelines are looked at and models are tried.
import type { Pipeline } from "../../pipeline/define.ts";
import type { RunEvent } from "../../pipeline/events.ts";
import type { GenerateOptions } from "../../pipeline/generate.ts";
import type { Explanation, Prediction } from "../../pipeline/prediction.ts";
import type { ExamplesEvent, PreviewOptions } from "../../pipeline/previewStages.ts";
import type { RawInput } from "../../pipeline/rawInput.ts";
import type { Rows } from "../../pipeline/rows.ts";

/** The files of a run by name, or the address of its folder. */
export type ModelFiles = Readonly<Record<string, Uint8Array<ArrayBuffer>>> | string;

/** What must be known of a model to ask it something. */
export interface ModelFacts {
  readonly input: RawInput;
  /** What its classes are called, where it has some. */
  readonly classes?: readonly string[];
  /** Of columns: the categories that training rows had. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  /** Whether it says which character follows. */
  readonly writes: boolean;
  /** A row to begin with, as the source had it. */
  readonly example?: Readonly<Record<string, string | number>> | string;
}

/** What is asked, what comes meanwhile, and what comes in the end. */
export interface Questions {
  readonly preview: {
    readonly asks: { readonly pipeline: Pipeline; readonly options: PreviewOptions };
    readonly part: RunEvent | ExamplesEvent;
    readonly end: undefined;
  };
  readonly open: { readonly asks: { readonly files: ModelFiles }; readonly part: never; readonly end: ModelFacts };
  readonly predict: { readonly asks: { readonly rows: Rows }; readonly part: never; readonly end: readonly Prediction[] };
  readonly explain: { readonly asks: { readonly text: string }; readonly part: never; readonly end: Explanation };
  readonly generate: {
    readonly asks: { readonly prompt: string; readonly options: GenerateOptions };
    readonly part: string;
    readonly end: undefined;
  };
}

export type Question = keyof Questions;

export type Order = {
  readonly [Q in Question]: { readonly id: number; readonly base: string; readonly question: Q } & Questions[Q]["asks"];
}[Question];

/** An order is called off. */
export interface CallOff {
  readonly id: number;
  readonly question: "callOff";
}

export type Answer =
  | { readonly id: number; readonly part: unknown }
  | { readonly id: number; readonly end: unknown }
  | { readonly id: number; readonly error: { readonly at: string; readonly message: string } };
