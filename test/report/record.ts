// A run's record, made up: as large, and as odd, as a test asks for.
import type { EpochEvent } from "../../src/pipeline/events.ts";
import type { ReportFile, RunRecord } from "../../src/pipeline/report/file.ts";

export const epochsOf = (count: number): EpochEvent[] =>
  Array.from({ length: count }, (_, i) => ({
    type: "epoch",
    epoch: i + 1,
    epochs: count,
    seconds: 1,
    samplesPerSecond: 1000 + (i % 7),
    learningRate: 0.001,
    train: { loss: 1 / (i + 1), accuracy: 1 - 1 / (i + 2) },
    validation: { loss: 1 / (i + 1) + 0.1, accuracy: 1 - 1 / (i + 3) },
  }));

export const report = {
  lanewise: 1,
  started: "2026-11-24T10:15:00.000Z",
  environment: { lanewise: "0.1.0", runtime: "Node 26.10.0", system: "linux x64", cores: 2 },
  stages: [
    { type: "stage", stage: "source", kind: "arrays", rowsIn: 1000, rowsOut: 1000, changed: 0, removed: [], note: "", seconds: 0 },
    {
      type: "stage",
      stage: "clean",
      kind: "dropDuplicates",
      rowsIn: 1000,
      rowsOut: 977,
      changed: 0,
      removed: [{ id: 12, reason: "equals row 3" }],
      note: "",
      seconds: 0,
    },
    { type: "stage", stage: "split", kind: "split", rowsIn: 977, rowsOut: 977, changed: 0, removed: [], note: "", seconds: 0 },
  ],
  trained: {
    model: {
      summary: { name: "m", layers: [{ name: "dense", kind: "dense", output: [null, 2], parameters: 6 }], parameters: 6, trainable: 6 },
      backend: "wasm",
      build: "relaxed",
      threads: 1,
      wide: false,
    },
    rows: { train: 700, validation: 77, test: 200 },
    examples: [],
  },
  files: [{ name: "rows.csv", bytes: 1234, sha256: "ab".repeat(32) }],
  warnings: [],
} satisfies ReportFile;

export const record: RunRecord = {
  pipeline: { name: "made up", source: { kind: "arrays" }, clean: [{ kind: "dropDuplicates" }], train: { epochs: 3 }, seed: 5 },
  build: "relaxed",
  report,
  history: epochsOf(3),
};
