// Clean stages that change words one by one are a function of one word, called once for each distinct word.
import type { Rules } from "../../check.ts";
import type { Column, TokensColumn } from "../../data/table.ts";
import type { CleanStage } from "../stage.ts";
import { tokensColumns } from "./inputs.ts";
import type { TextStage } from "./textStage.ts";
import { mapWords, rowCount } from "./words.ts";

/** `changeOf` gives what the stage does to a word; "" takes it out. Texts in which a word changed are counted. */
export function wordStage<D extends TextStage>(
  kind: D["kind"],
  rules: Rules,
  changeOf: (stage: D) => (word: string) => string,
): CleanStage<D> {
  return {
    kind,
    rules,
    rowwise: true,
    *apply(stage, table) {
      const change = changeOf(stage);
      const columns: Record<string, Column> = { ...table.columns };
      let changed = 0;
      for (const [name, column] of tokensColumns(table, stage.columns, kind)) {
        const touched: boolean[] = [];
        columns[name] = yield* mapWords(column, (word) => {
          const next = change(word);
          touched.push(next !== word);
          return next;
        });
        changed += rowsWith(column, touched);
      }
      return { table: { ...table, columns }, removed: [], changed };
    },
  };
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
