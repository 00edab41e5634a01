// Cross-validation as text for a terminal. Pure functions: no colours, nothing printed.
import type { CrossValidation, FoldPlace } from "./events.ts";
import { matrixLines, numberText } from "./summary.ts";
import { alignedLines } from "./textTable.ts";

/** So many numbers stand side by side; of more, the lowest and the highest. */
const LISTED = 10;

/** A line a number: mean ± standard deviation, what a trivial model gets, and each fold's; then the confusion matrix, where there is one. */
export function formatCrossValidation(crossValidation: CrossValidation): string {
  const { folds, repeats, mean, deviation, values, baseline, confusionMatrix, classes } = crossValidation;
  const count = folds * repeats;
  const listed = (name: string): string[] => {
    const list = values[name] ?? [];
    return (count <= LISTED ? list : [Math.min(...list), Math.max(...list)]).map(numberText);
  };
  const columns = count > LISTED ? ["lowest", "highest"] : Array.from({ length: count }, (_, i) => foldTitle(i, folds, repeats));
  const lines = Object.keys(mean).map((name) => [
    name,
    `${numberText(mean[name] as number)} ± ${numberText(deviation[name] as number)}`,
    ...(baseline === undefined ? [] : [numberText(baseline[name] ?? Number.NaN)]),
    ...listed(name),
  ]);
  const head = ["", "mean ± deviation", ...(baseline === undefined ? [] : ["trivial model"]), ...columns];
  const table = alignedLines(
    [head, ...lines],
    head.map((_, i) => (i < 2 ? "left" : "right")),
  );
  const matrix = confusionMatrix === undefined ? [] : ["", ...matrixLines(confusionMatrix, classes ?? [], " of all folds")];
  return [...table, ...matrix].join("\n");
}

const foldTitle = (i: number, folds: number, repeats: number): string =>
  repeats === 1 ? `fold ${i + 1}` : `${Math.floor(i / folds) + 1}.${(i % folds) + 1}`;

/** `Fold 2/5`, or `Fold 2/5, repeat 1/3`. */
export const foldText = ({ fold, folds, repeat, repeats }: FoldPlace): string =>
  `Fold ${fold}/${folds}${repeats > 1 ? `, repeat ${repeat}/${repeats}` : ""}`;
