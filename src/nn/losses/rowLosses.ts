// The loss of outputs that the model did not compute, such as those of a baseline: the loss as it is trained with, without a model.
import type { Arena } from "../../graph/arena.ts";
import { type Buffer, emitter } from "../../graph/emit.ts";
import { emitForward, type Values } from "../../graph/emitGraph.ts";
import { assemble } from "../../graph/program.ts";
import { input } from "../../graph/tensor.ts";
import type { Predictions } from "../metrics/predictions.ts";
import { applyLoss, type Loss, resolveLoss } from "./index.ts";

const CHUNK = 256;

/** For rows of `cols` outputs. Takes its memory from the arena once, when it is first asked. */
export function createRowLosses(arena: Arena, loss: Loss, cols: number): (predictions: Predictions) => Float32Array {
  const sparse = resolveLoss(loss).targets === "labels";
  let built: ReturnType<typeof build> | undefined;

  const build = () => {
    const outputs = arena.allocate(CHUNK * cols * 4, "outputs");
    const truth = arena.allocate(CHUNK * (sparse ? 1 : cols) * 4, "targets");
    const [output, target] = [input("output", [CHUNK, cols]), input("target", sparse ? [CHUNK] : [CHUNK, cols])];
    const { losses: each } = applyLoss(loss, output, target, CHUNK);
    const values: Values = new Map([
      [output, outputs],
      [target, truth],
    ]);
    const emit = emitter(() => "loss");
    emitForward(emit, [each], values, () => {});
    const losses = values.get(each) as Buffer;
    const program = assemble(arena, emit.calls, [losses]);
    const word = (address: number): number => address >>> 2;
    return {
      run: program.run,
      outputs: word(outputs.address as number),
      truth: word(truth.address as number),
      losses: word(program.addressOf(losses)),
    };
  };

  return (predictions) => {
    built ??= build();
    const { f32, i32 } = arena.executor.views;
    const { rows, outputs } = predictions;
    const truth = sparse ? labelsOf(predictions) : targetsOf(predictions);
    const width = sparse ? 1 : cols;
    const result = new Float32Array(rows);
    for (let start = 0; start < rows; start += CHUNK) {
      const end = Math.min(start + CHUNK, rows);
      f32.set(outputs.subarray(start * cols, end * cols), built.outputs);
      (sparse ? i32 : f32).set(truth.subarray(start * width, end * width), built.truth);
      built.run();
      result.set(f32.subarray(built.losses, built.losses + end - start), start);
    }
    return result;
  };
}

const labelsOf = ({ labels }: Predictions): Int32Array => labels as Int32Array;

/** Labels as one-hot rows, or as they are for a single output. */
function targetsOf({ rows, cols, labels, targets }: Predictions): Float32Array {
  if (labels === undefined) return targets;
  if (cols === 1) return Float32Array.from(labels);
  const hot = new Float32Array(rows * cols);
  labels.forEach((label, r) => {
    hot[r * cols + label] = 1;
  });
  return hot;
}
