// Clean stages that change words one by one are a function of one word, called once for each distinct word.
import type { Rules } from "../../check.ts";
import type { TokensColumn } from "../../data/table.ts";
import type { CleanStage } from "../stage.ts";
import { tokensColumns } from "./inputs.ts";
import { eachColumn, type TextStage } from "./textStage.ts";
import { mapWords, rowCount } from "./words.ts";

/** `changeOf` gives what the stage does to a word; "" takes it out. Texts in which a word changed are counted. */
export function wordStage<D extends TextStage>(
  kind: D["kind"],
  rules: Rules,
  changeOf: (stage: D) => (word: string) => string,
): CleanStage<D> {
  return eachColumn(kind, rules, tokensColumns, (stage: D) => {
    const change = changeOf(stage);
    return function* (column) {
      const touched: boolean[] = [];
      const made = yield* mapWords(column, (word) => {
        const next = change(word);
        touched.push(next !== word);
        return next;
      });
      return { column: made, changed: rowsWith(column, touched) };
    };
  });
}

/** In how many rows one of the touched words stands. */
function rowsWith({ ids, offsets }: TokensColumn, touched: readonly boolean[]): number {
  let count = 0;
  for (let row = 0; row < rowCount({ ids, offsets }); row++) {
    const end = offsets[row + 1] as number;
    let i = offsets[row] as number;
    while (i < end && touched[ids[i] as number] !== true) i++;
    if (i < end) count++;
  }
  return count;
}
