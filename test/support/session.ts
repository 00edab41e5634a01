// A network over rows in memory, without the rest of the pipeline: for tests that look at single steps.
import type { Pipeline } from "../../src/pipeline/define.ts";
import { checkPipeline } from "../../src/pipeline/define.ts";
import { identity } from "../../src/pipeline/numbers.ts";
import { openSession, type Session } from "../../src/pipeline/session.ts";
import type { Build } from "../../src/wasm/abi.ts";

export interface Rows {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** `y` with classes holds labels: of shape [rows], or [rows, steps]. */
export async function openRows(
  x: Rows,
  y: Rows & { readonly classes?: number },
  settings: Pick<Pipeline, "model" | "train">,
  build: Build,
  classWeights?: readonly number[],
): Promise<Session> {
  const rows = x.shape[0] as number;
  const pipeline = checkPipeline({ ...settings, source: { kind: "strokes" } });
  const labels = y.classes !== undefined;
  const session = await openSession(
    {
      pipeline,
      shape: x.shape.slice(1),
      type: "f32",
      target: labels
        ? { kind: "labels", classes: y.classes as number, ...(y.shape.length > 1 && { steps: y.shape[1] as number }) }
        : { kind: "values", shape: y.shape.slice(1) },
      fitted: { affine: identity },
      capacity: rows,
      ...(classWeights && { classWeights }),
    },
    { backend: build === "js" ? "js" : "wasm", strict: build === "simd" },
  );
  session.feed.load(
    0,
    { type: "numeric", shape: x.shape.slice(1), data: Float32Array.from(x.data) },
    { type: "numeric", shape: y.shape.slice(1), data: labels ? Int32Array.from(y.data) : Float32Array.from(y.data) },
  );
  return session;
}
