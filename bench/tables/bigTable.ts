// A table of many rows and 15 columns, as large as one likes, and the pipeline that is timed with it.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csv, dense, fillMissing, oneHot, type Pipeline, standardize } from "../../src/node/index.ts";
import { nodePlatform } from "../../src/node/platform.ts";
import type { RunContext } from "../../src/pipeline/context.ts";
import type { RunEvent } from "../../src/pipeline/events.ts";
import { random } from "../../src/random.ts";

const CATEGORIES = [9, 16, 7, 15, 6, 5, 2, 42];

/** Six numbers, eight columns of categories after those of the Adult set, a label; 2 to 5 of 100 cells are missing. */
export function generate(path: string, rows: number): void {
  const source = random(1, 0);
  const names = CATEGORIES.map((n, c) =>
    Array.from({ length: n }, (_, i) => `category-${c}-${"abcdefghijkl".slice(0, 3 + ((i * 7) % 9))}${i}`),
  );
  const file = openSync(path, "w");
  writeSync(file, `n1,n2,n3,n4,n5,n6,${CATEGORIES.map((_, c) => `c${c}`).join(",")},label\n`);
  for (let done = 0; done < rows; done += 1000) {
    const lines = Array.from({ length: Math.min(1000, rows - done) }, () => {
      const u = (): number => source.uniform();
      const numbers = [
        u() < 0.02 ? "" : 17 + source.integer(73),
        source.integer(1e6),
        (u() * 16).toFixed(3),
        u() < 0.1 ? (u() * 1e5).toFixed(2) : 0,
      ];
      const categories = names.map((list, c) =>
        c === 0 && u() < 0.05 ? "?" : c === 1 && u() < 0.02 ? '"other, ""special"""' : list[source.integer(list.length)],
      );
      return [...numbers, (u() * 4000).toFixed(1), source.integer(99), ...categories, u() < 0.25 ? ">50K" : "<=50K"].join(",");
    });
    writeSync(file, `${lines.join("\n")}\n`);
  }
  closeSync(file);
}

/** Makes the table in a folder that is gone afterwards. */
export async function withTable(rows: number, use: (path: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lanewise-bench-"));
  try {
    const path = join(folder, "table.csv");
    generate(path, rows);
    await use(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const pipelineOf = (path: string): Pipeline => ({
  source: csv(path),
  clean: [fillMissing({ columns: "numeric" }), fillMissing({ strategy: "constant", value: "unknown", columns: "category" })],
  split: { test: 0.2, validation: 0.1, stratify: true },
  normalize: [standardize(), oneHot()],
  model: [dense(1, { activation: "sigmoid" })],
  train: { loss: "binaryCrossentropy", batchSize: 4096, epochs: 1 },
});

export const contextOf = (pipeline: Pipeline): RunContext => ({
  pipeline,
  platform: nodePlatform,
  options: {},
  signal: new AbortController().signal,
  store: undefined,
  started: 0,
});

/** What a step returns. */
export async function last<T>(events: AsyncGenerator<RunEvent, T, undefined>): Promise<T> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) return next.value;
  }
}
