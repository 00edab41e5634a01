// Fits the normalize stages on training rows, one after the other, and merges them into one map, y = x · scale + shift, that the batch
// kernel applies. What was fitted is plain data: it is stored with the model, and prediction applies the very same map.
import type { Descriptor } from "../check.ts";
import { inputColumn, type NumericColumn, size, type Table } from "../data/table.ts";
import { PipelineError } from "../errors.ts";
import { normalizeStages } from "../stages/index.ts";
import type { Affine, Samples } from "../stages/stage.ts";
import { stageEvent } from "./context.ts";
import type { StageEvent } from "./events.ts";

/** What prediction needs to know of the training rows. */
export interface Fitted {
  readonly clean: readonly unknown[];
  readonly normalize: readonly unknown[];
  readonly affine: Affine;
}

export const identity: Affine = { scale: [1], shift: [0] };

export function fitNormalize(stages: readonly Descriptor[], train: Table): Omit<Fitted, "clean"> & { events: StageEvent[] } {
  const column = inputColumn(train);
  const fits: unknown[] = [];
  const events: StageEvent[] = [];
  let affine = identity;
  stages.forEach((stage, i) => {
    const started = performance.now();
    const kind = normalizeStages[stage.kind];
    if (kind === undefined) throw new PipelineError("config", `normalize[${i}]`, `unknown normalize stage "${stage.kind}"`);
    const fitted = kind.fit(stage, samples(train.inputs[0] as string, column, train.rows, affine));
    fits.push(fitted);
    affine = compose(affine, kind.affine(stage, fitted));
    const text = JSON.stringify(fitted);
    events.push(
      stageEvent("normalize", stage.kind, started, {
        rowsIn: train.rows,
        rowsOut: train.rows,
        note: `fitted on ${train.rows} training rows${text.length < 80 ? `: ${text}` : ""}`,
      }),
    );
  });
  return { normalize: fits, affine, events };
}

/** First `a`, then `b`. */
function compose(a: Affine, b: Affine): Affine {
  const n = Math.max(a.scale.length, b.scale.length);
  const at = (list: readonly number[], j: number): number => list[list.length === 1 ? 0 : j] as number;
  const indices = Array.from({ length: n }, (_, j) => j);
  return {
    scale: indices.map((j) => at(a.scale, j) * at(b.scale, j)),
    shift: indices.map((j) => at(a.shift, j) * at(b.scale, j) + at(b.shift, j)),
  };
}

function samples(name: string, column: NumericColumn, rows: number, { scale, shift }: Affine): Samples {
  const width = size(column.shape);
  const { data } = column;
  return {
    column: name,
    rows,
    shape: column.shape,
    read(row, into) {
      const start = row * width;
      for (let j = 0; j < width; j++) {
        const k = scale.length === 1 ? 0 : j;
        into[j] = (data[start + j] as number) * (scale[k] as number) + (shift[k] as number);
      }
    },
  };
}
