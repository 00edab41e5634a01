// The runs that were kept, from the command line: listed, compared, deleted, and told about in reports.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comparisonLines } from "../../src/node/cli/comparisonLines.ts";
import { isRunFile } from "../../src/pipeline/artifacts.ts";
import { compare } from "../../src/records/compare.ts";
import type { RunSummary } from "../../src/records/summary.ts";
import { record } from "../report/record.ts";
import { lanewise, type Outcome, type Setting } from "./commandLine.ts";

const cwd = mkdtempSync(join(tmpdir(), "lanewise-runs-"));
afterAll(() => rmSync(cwd, { recursive: true }));

const call = (args: readonly string[], setting: Omit<Setting, "cwd"> = {}): Promise<Outcome> => lanewise(args, { cwd, ...setting });

const or = `import { arrays, dense, pipeline, sgd } from "lanewise";
const x = [[1, 0], [1, 1], [0, 1], [0, 0]];
const y = [1, 1, 1, 0];
export default pipeline({
  source: arrays({ x, y, test: { x, y } }),
  split: { test: "given" },
  model: [dense(1, { activation: "sigmoid" })],
  train: { optimizer: sgd({ learningRate: 5 }), loss: "binaryCrossentropy", epochs: 30, batchSize: 4 },
  evaluate: ["accuracy"],
});
`;

beforeAll(async () => {
  writeFileSync(join(cwd, "or.ts"), or);
  await call(["run", "or.ts", "--out", "runs/long", "--quiet"]);
  await call(["run", "or.ts", "--out", "runs/short", "--quiet", "--set", "train.epochs=1", "--set", "train.optimizer.learningRate=0.01"]);
  await call(["run", "or.ts", "--out", "runs/broken-off", "--set", "train.epochs=200000"], {
    watch: (output, child) => output.includes("Epoch 5/") && child.kill("SIGINT"),
  });
});

describe("lanewise runs", () => {
  it("lists them, the oldest first", async () => {
    const { code, stdout } = await call(["runs"]);
    expect(code).toBe(0);
    const [head, ...lines] = stdout.trimEnd().split("\n");
    expect(head).toMatch(/^run +started +pipeline +epochs +gave +training +state$/);
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["long", "short", "broken-off"]);
    expect(lines[0]).toMatch(/^long +\d{4}-\d\d-\d\d \d\d:\d\d +or +30 +test accuracy 1\.0000 .* finished$/);
    expect(lines[2]).toMatch(/ or +\d+\/200000 +train accuracy .* interrupted$/);
  });

  it("says the same as JSON", async () => {
    const { runs } = JSON.parse((await call(["runs", "runs", "--json"])).stdout) as { runs: object[] };
    expect(runs[0]).toMatchObject({
      folder: "runs/long",
      pipeline: "or",
      epochs: 30,
      planned: 30,
      state: "finished",
      metric: { name: "test accuracy", value: 1, interval: [1, 1] },
    });
    expect(runs[0]).not.toHaveProperty("record");
  });

  it.each([
    [["runs", "nowhere"], "lanewise: nowhere: there is no such folder; expected one that holds runs\n"],
    [["runs", "runs/long"], "lanewise: runs/long: it is the folder of one run; lanewise report runs/long tells about it\n"],
    [["runs", "compare", "long"], "lanewise: runs compare: expected two runs or more, got 1\n"],
    [["runs", "compare", "long", "shrt"], 'lanewise: runs: unknown run "shrt"; did you mean "short"?\n'],
    [["runs", "delete"], "lanewise: runs delete: RUN is missing; name the runs to delete\n"],
    [["runs", "--yes"], "lanewise: --yes: it belongs to lanewise runs delete\n"],
  ])("%j is refused", async (args, message) => {
    expect(await call(args)).toEqual({ code: 2, stdout: "", stderr: message });
  });
});

describe("lanewise runs compare", () => {
  it("tells settings that differ, and what each run gave", async () => {
    const { stdout } = await call(["runs", "compare", "long", "runs/short"]);
    expect(stdout).toMatch(/^\[1\] runs\/long\n\[2\] runs\/short\n/);
    expect(stdout).toMatch(/^train\.epochs +30 +1$/m);
    expect(stdout).toMatch(/^train\.optimizer\.learningRate +5 +0\.01$/m);
    expect(stdout).not.toMatch(/^(split|seed|build|source)/m);
    expect(stdout).toMatch(/^test loss +0\.\d{4} \* +0\.\d{4}( ~)?$/m);
  });

  it("says as JSON what differs", async () => {
    const comparison = JSON.parse((await call(["runs", "compare", "long", "short", "--json"])).stdout) as object;
    expect(comparison).toMatchObject({
      runs: ["runs/long", "runs/short"],
      settings: { "train.epochs": [30, 1], "train.optimizer.learningRate": [5, 0.01] },
      metrics: { "test accuracy": [{ value: 1 }, { value: expect.any(Number) }] },
    });
  });

  it("marks the best, those that chance may have set below it, and runs on other rows", () => {
    const summary = (folder: string, accuracy: number, interval: [number, number], source: string): RunSummary => ({
      folder,
      pipeline: "p",
      started: "",
      epochs: 1,
      planned: 1,
      seconds: 1,
      state: "finished",
      record: {
        ...record,
        pipeline: { source: { kind: source } },
        metrics: {
          seconds: 1,
          epochs: 1,
          reason: "epochs",
          evaluation: {
            test: { rows: 9, scalars: { accuracy }, intervals: { confidence: 0.95, resamples: 9, scalars: { accuracy: interval } } },
          },
        },
      },
    });
    const runs = [
      summary("a", 0.9, [0.88, 0.92], "mnist"),
      summary("b", 0.91, [0.89, 0.93], "mnist"),
      summary("c", 0.5, [0.4, 0.6], "mnist"),
    ];
    const lines = comparisonLines(compare(runs), runs).join("\n");
    expect(lines).toMatch(/^test accuracy +0\.9000 ~ +0\.9100 \* +0\.5000$/m);
    expect(lines).toMatch(/^same settings$/m);
    expect(lines).not.toContain("not of the same rows");
    const others = [...runs, summary("d", 1, [1, 1], "idx")];
    expect(comparisonLines(compare(others), others).join("\n")).toContain(
      "their rows differ (source): the numbers are not of the same rows",
    );
  });
});

describe("lanewise report", () => {
  it("is left by every run, and made again from the folder alone, the same", async () => {
    const file = join(cwd, "runs/long/report.html");
    const left = readFileSync(file, "utf8");
    rmSync(file);
    const { stdout } = await call(["report", "runs/long"]);
    expect(stdout).toBe("runs/long/report.html\n");
    expect(readFileSync(file, "utf8")).toBe(left);
  });

  it("tells of an interrupted run, too", () => {
    const html = readFileSync(join(cwd, "runs/broken-off/report.html"), "utf8");
    expect(html).toMatch(/interrupted after \d+ epochs of 200,000/);
    expect(html).toContain('<svg class="chart"');
    expect(html).not.toContain('id="results"');
  });

  it("needs the folder of a run", async () => {
    expect((await call(["report", "runs"])).stderr).toBe("lanewise: runs: it holds no pipeline.json, so it is not the folder of a run\n");
  });
});

describe("lanewise runs delete", () => {
  it("asks first, and where there is nobody to ask it wants --yes", async () => {
    const { code, stderr } = await call(["runs", "delete", "short"]);
    expect([code, stderr]).toEqual([2, "lanewise: runs delete: there is nobody to ask; add --yes to delete without being asked\n"]);
    expect(existsSync(join(cwd, "runs/short/model.safetensors"))).toBe(true);
  });

  it("takes away what the run has left, and nothing else", async () => {
    writeFileSync(join(cwd, "runs/short/notes.txt"), "mine");
    mkdirSync(join(cwd, "runs/short/more"));
    mkdirSync(join(cwd, "runs/short/tensorboard/train"), { recursive: true });
    writeFileSync(join(cwd, "runs/short/tensorboard/train/events.out.tfevents.lanewise"), "events");
    const { code, stdout } = await call(["runs", "delete", "short", "runs/broken-off", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toBe("deleted runs/short, but left what no run has written: more, notes.txt\ndeleted runs/broken-off\n");
    expect(readdirSync(join(cwd, "runs/short")).sort()).toEqual(["more", "notes.txt"]);
    expect(readdirSync(join(cwd, "runs")).sort()).toEqual(["long", "short"]);
  });

  it("knows every file that a run writes", () => {
    const files = readdirSync(join(cwd, "runs/long"));
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((name) => !isRunFile(name))).toEqual([]);
    expect(isRunFile("quarantine-1-2.jsonl")).toBe(true);
  });
});
