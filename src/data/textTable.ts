// Rows of one text each, as the sources for text collect them.
import { PipelineError } from "../errors.ts";
import { type Label, labelColumn, type Task } from "./labels.ts";
import type { Table } from "./table.ts";

/** Rows in the order in which they were read: parallel lists. */
export interface TextRows {
  readonly texts: string[];
  readonly labels: Label[];
  /** 1 for rows of the official test set. */
  readonly test: number[];
  /** The line of its file that a row stood in, for messages. */
  readonly lines: number[];
}

export const textRows = (): TextRows => ({ texts: [], labels: [], test: [], lines: [] });

export interface TextTableOptions {
  /** What the two columns are called. */
  readonly text: string;
  readonly target: string;
  readonly task?: Task | undefined;
  readonly classes?: readonly string[] | undefined;
  /** What row i is called in messages. */
  where(i: number): string;
}

/** Columns with the texts and the labels; rows of the official test set are marked where there are some. */
export function textTable({ texts, labels, test }: TextRows, { text, target, where, ...labelling }: TextTableOptions): Table {
  if (text === target)
    throw new PipelineError("config", "source", `text and target are both "${text}"; name the field that is to be predicted as target`);
  return {
    rows: texts.length,
    columns: { [text]: { type: "text", values: texts }, [target]: labelColumn(labels, { ...labelling, where }) },
    inputs: [text],
    target,
    ids: Uint32Array.from({ length: texts.length }, (_, i) => i),
    ...(test.includes(1) && { givenTest: Uint8Array.from(test) }),
  };
}
