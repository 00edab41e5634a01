// Cross-validation in a terminal: a line a fold, and what all come to.
import { foldText, formatCrossValidation } from "../../pipeline/crossValidationText.ts";
import type { CrossValidationEvent, FoldEvent } from "../../pipeline/events.ts";
import { grouped } from "../../report/format.ts";
import { duration } from "./format.ts";
import { importanceLines } from "./renderImportance.ts";
import { scalarTexts, tableLines, type View } from "./view.ts";

export function foldLine({ fold, rows, epochs, seconds, test, reason }: FoldEvent, view: View): string {
  const { colours } = view;
  const parts = [`${grouped(rows.train)} train`, ...(rows.validation > 0 ? [`${grouped(rows.validation)} validation`] : [])];
  const trained = `${epochs} ${epochs === 1 ? "epoch" : "epochs"} ${duration(seconds)}`;
  const mark = reason === "nan" ? colours.yellow("⚠") : colours.green("✔");
  const facts = [...parts, `${grouped(rows.test)} test`].join(", ");
  return [`${mark} ${foldText(fold)}`, facts, colours.dim(trained), ...scalarTexts(test, view)].join("  ");
}

export function crossValidationLines(event: CrossValidationEvent, view: View): string[] {
  const { width, colours } = view;
  return [
    "",
    colours.bold("Cross-validation"),
    ...tableLines(formatCrossValidation(event), width),
    ...importanceLines(event.importance, view),
  ];
}
