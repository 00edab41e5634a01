// Work in parts, done at once.
import type { Descriptor } from "../../src/check.ts";
import type { Table } from "../../src/data/table.ts";
import { requireComplete as completing } from "../../src/stages/complete.ts";
import { foldTags as foldTagging } from "../../src/stages/split/folds.ts";
import { splitRows as splitting } from "../../src/stages/split/holdOut.ts";
import { partition as partitioning } from "../../src/stages/split/partition.ts";
import type { CleanStage } from "../../src/stages/stage.ts";
import { finish } from "../../src/stages/work.ts";

export const splitRows = (...given: Parameters<typeof splitting>) => finish(splitting(...given));
export const foldTags = (...given: Parameters<typeof foldTagging>) => finish(foldTagging(...given));
export const partition = (...given: Parameters<typeof partitioning>) => finish(partitioning(...given));
export const requireComplete = (...given: Parameters<typeof completing>) => finish(completing(...given));
/** What a cleaning stage learns; undefined where it learns nothing. */
export const learn = <D extends Descriptor, F>(kind: CleanStage<D, F>, stage: D, train: Table): F | undefined =>
  kind.fit && finish(kind.fit(stage, train));
