// What is shown to, and the pieces that all of it is made of.
import type { Scalars } from "../../pipeline/events.ts";
import { numberText } from "../../pipeline/summary.ts";
import { type Colours, noColours } from "./colours.ts";
import { cutTo } from "./format.ts";

export interface View {
  /** Columns of the terminal; tables are cut to it, the live line never reaches its end, and other lines may wrap. */
  readonly width: number;
  readonly colours: Colours;
  /** Whether there is a live line at all: without one, an epoch is one plain line. */
  readonly live: boolean;
  readonly batchSize: number;
}

export const plainView: View = { width: Number.POSITIVE_INFINITY, colours: noColours, live: false, batchSize: 32 };

/** Accuracy first, as Keras has it: names in alphabetical order, those of validation after those of training. */
export function scalarTexts(scalars: Scalars, { colours }: View): string[] {
  const names = Object.keys(scalars).sort((a, b) => Number(a.startsWith("val_")) - Number(b.startsWith("val_")) || (a < b ? -1 : 1));
  return names.map((name) => `${colours.dim(`${name}:`)} ${numberText(scalars[name] as number)}`);
}

export const tableLines = (text: string, width: number): string[] => text.split("\n").map((line) => cutTo(line, width));
