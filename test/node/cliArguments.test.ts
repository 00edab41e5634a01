import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { arrays } from "../../src/data/arrays.ts";
import { PipelineError } from "../../src/errors.ts";
import { dense } from "../../src/nn/layers/dense.ts";
import { type Command, helpOf, readArguments } from "../../src/node/cli/command.ts";
import { failureOf } from "../../src/node/cli/failure.ts";
import { changed, runCommand, stoppedText } from "../../src/node/cli/run.ts";
import { joinResume, placeOf, removeIfEmpty } from "../../src/node/cli/runFolder.ts";
import { pipeline } from "../../src/pipeline/define.ts";

const command: Pick<Command, "name" | "options" | "needs"> = {
  name: "run",
  options: {
    out: { type: "string", value: "DIR", help: "" },
    set: { type: "string", multiple: true, help: "" },
    json: { type: "boolean", help: "" },
  },
  needs: ["FILE"],
};
const read = (...typed: string[]) => readArguments(command, typed);

describe("arguments", () => {
  it("are read in any order", () => {
    const given = read("--set", "a=1", "file.ts", "--json", "--set=b=2", "--out", "x");
    expect(given.positionals).toEqual(["file.ts"]);
    expect(given.texts("set")).toEqual(["a=1", "b=2"]);
    expect([given.flag("json"), given.text("out"), given.text("nothing")]).toEqual([true, "x", undefined]);
  });

  it.each([
    [["f", "--ot", "x"], 'unknown option "--ot"; did you mean "--out"?'],
    [["f", "--jsno=1"], 'unknown option "--jsno"; did you mean "--json"?'],
    [["f", "--out"], "--out needs a value; see lanewise run --help"],
    [["f", "--json=1"], "--json takes no value; see lanewise run --help"],
    [[], "FILE is missing; see lanewise run --help"],
    [["f", "g"], 'unexpected argument "g"; see lanewise run --help'],
  ])("%j is refused", (typed, message) => {
    expect(() => read(...typed)).toThrow(new PipelineError("config", "run", message));
  });

  it("need not be complete where help is asked for", () => {
    expect(read("--help").flag("help")).toBe(true);
    for (const option of Object.keys(runCommand.options)) expect(helpOf(runCommand)).toContain(`--${option}`);
  });
});

describe("--resume", () => {
  const isFile = (path: string): boolean => path.endsWith(".ts");

  it("stands alone or takes the folder behind it, never the pipeline", () => {
    expect(joinResume(["--resume"], isFile)).toEqual(["--resume="]);
    expect(joinResume(["a.ts", "--resume", "runs/a", "--json"], isFile)).toEqual(["a.ts", "--resume=runs/a", "--json"]);
    expect(joinResume(["--resume", "a.ts"], isFile)).toEqual(["--resume=", "a.ts"]);
    expect(joinResume(["--resume", "--json"], isFile)).toEqual(["--resume=", "--json"]);
  });
});

describe("the run folder", () => {
  const now = new Date(2026, 10, 24, 9, 5, 7);
  const before = process.cwd();
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lanewise-place-"));
    process.chdir(folder);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });
  const leave = (name: string, file: string, seconds = 0): void => {
    mkdirSync(name, { recursive: true });
    writeFileSync(join(name, file), "");
    utimesSync(join(name, file), seconds, seconds);
  };

  it("is new, named after the pipeline and the time, and belongs to this run alone", () => {
    expect(placeOf("my net/1", undefined, undefined, now)).toEqual({ out: "runs/my-net-1-20261124-090507", resume: false, made: true });
    expect(placeOf("my net/1", undefined, undefined, now).out).toBe("runs/my-net-1-20261124-090507-2");
    expect(placeOf("my net/1", undefined, undefined, now).out).toBe("runs/my-net-1-20261124-090507-3");
  });

  it("is taken away again when nothing came to lie in it", () => {
    const { out } = placeOf("a", undefined, undefined, now);
    leave("runs/b", "pipeline.json");
    removeIfEmpty("runs/b");
    removeIfEmpty(out);
    expect(readdirSync("runs")).toEqual(["b"]);
    rmSync("runs/b", { recursive: true });
    removeIfEmpty(placeOf("a", undefined, undefined, now).out);
    expect(existsSync("runs")).toBe(false);
  });

  it("that cannot be made, or is not named, is refused", () => {
    expect(() => placeOf("a", "", undefined)).toThrow("--out: expected a folder, got nothing");
    writeFileSync("runs", "");
    expect(() => placeOf("a", undefined, undefined)).toThrow(
      /cannot write the run folder: a file stands where a folder is needed; choose another/,
    );
  });

  it("that holds a run is not written over", () => {
    leave("done", "model.safetensors");
    expect(() => placeOf("a", "done", undefined)).toThrow('--out: "done" holds a run already (model.safetensors); add --resume');
    mkdirSync("empty");
    expect(placeOf("a", "empty", undefined)).toEqual({ out: "empty", resume: false });
  });

  it("to resume is the newest of this pipeline that has a checkpoint", () => {
    leave("runs/a-20261124-090507", "checkpoint.safetensors", 100);
    leave("runs/a-20261124-090509", "checkpoint.safetensors", 300);
    leave("runs/a-20261124-090511", "pipeline.json", 400);
    leave("runs/a-b-20261124-090511", "checkpoint.safetensors", 500);
    expect(placeOf("a", undefined, "")).toEqual({ out: "runs/a-20261124-090509", resume: true });
    expect(() => placeOf("c", undefined, "")).toThrow('--resume: there is no run of "c" with a checkpoint in runs/');
  });

  it("to resume is the one that is named", () => {
    leave("one", "checkpoint.safetensors");
    leave("two", "pipeline.json");
    expect(placeOf("a", undefined, "one")).toEqual({ out: "one", resume: true });
    expect(placeOf("a", "one", "")).toEqual({ out: "one", resume: true });
    expect(placeOf("a", "two", "")).toMatchObject({
      out: "two",
      resume: false,
      note: expect.stringContaining("starting at the beginning"),
    });
    expect(() => placeOf("a", undefined, "two")).toThrow('"two" holds no checkpoint');
    expect(() => placeOf("a", undefined, "three")).toThrow('there is no folder "three"');
    expect(() => placeOf("a", "two", "one")).toThrow("are two folders");
  });
});

describe("--set", () => {
  const xor = pipeline({
    source: arrays({ x: [[0], [1]], y: [0, 1] }),
    model: [dense(1)],
    train: { loss: "meanSquaredError", optimizer: "sgd" },
  });

  it("reads JSON, and else text", () => {
    expect(changed(xor, "train.epochs=3").train.epochs).toBe(3);
    expect(changed(xor, "train.optimizer=adam").train.optimizer).toBe("adam");
    expect(changed(xor, 'evaluate=["mse"]').evaluate).toEqual(["mse"]);
    expect(changed(xor, "name=a=b").name).toBe("a=b");
  });

  it("is refused without a value", () => {
    expect(() => changed(xor, "seed")).toThrow('--set: expected path=value, such as train.epochs=3, got "seed"');
  });
});

describe("a stopped run", () => {
  it("says how it goes on: the same command, resumed", () => {
    const typed = ["my net.ts", "--out", "old", "--set", "name=it's", "--json"];
    expect(stoppedText("epoch 3 of fold 2 of 5", "runs/a", typed)).toBe(
      "stopped; the checkpoint of epoch 3 of fold 2 of 5 is in runs/a; go on with\n  lanewise run 'my net.ts' --set 'name=it'\\''s' --json --resume runs/a",
    );
    expect(stoppedText("epoch 2", "b", ["a.ts", "--resume=b"])).toContain("lanewise run a.ts --resume b");
    expect(stoppedText(undefined, "runs/a", typed)).toContain("there is no checkpoint yet");
  });
});

describe("a failure", () => {
  it("is one line with the code of who can mend it", () => {
    expect(failureOf(new PipelineError("data", "y[3]", "bad"))).toEqual({ line: "y[3]: bad", code: 2 });
    expect(failureOf(new PipelineError("io", "/x", "no space"))).toEqual({ line: "/x: no space", code: 1 });
    expect(failureOf(new TypeError("a\nb"))).toEqual({ line: "unexpected: a (--debug shows where)", code: 1 });
    expect(failureOf("text").code).toBe(1);
  });

  it("is recognised when another copy of the package threw it", () => {
    const foreign = Object.assign(new Error("y: bad"), { name: "PipelineError", code: "shape" });
    expect(failureOf(foreign)).toEqual({ line: "y: bad", code: 2 });
  });
});
