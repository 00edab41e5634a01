// Run folders in the browser's private file system, and models read back from wherever they are.
import { loadModel, PipelineError, run } from "lanewise/browser";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { digits, endless, points, somePoints } from "./programs.ts";
import { expectNoWorker, filesOf, runAll, sha256 } from "./support.ts";

const node = inject("node");
const site = inject("site");

afterEach(async () => {
  vi.restoreAllMocks();
  const root = await navigator.storage.getDirectory();
  await root.removeEntry("runs", { recursive: true }).catch(() => undefined);
});

async function readFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const names = path.split("/");
  let folder = await navigator.storage.getDirectory();
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  const file = await (await folder.getFileHandle(names.at(-1) as string)).getFile();
  return new Uint8Array(await file.arrayBuffer());
}

describe("out", () => {
  it("receives the files of the run, which then are no longer in the events", async () => {
    const events = await runAll(points, { out: "runs/points", strict: true });
    expect(filesOf(events)).toEqual({});
    expect(events.at(-1)).toMatchObject({ type: "done", run: "runs/points" });
    expect(await sha256(await readFile("runs/points/model.safetensors"))).toBe(node.weights.points);
    expect(JSON.parse(new TextDecoder().decode(await readFile("runs/points/metrics.json")))).toMatchObject({ epochs: 8 });
  });

  it("takes up a run that was left, and ends in the bytes of one that was not", async () => {
    for await (const event of run(digits, { out: "runs/digits", strict: true }))
      if (event.type === "artifact" && event.name.startsWith("checkpoint")) break;
    await expectNoWorker();
    const events = await runAll(digits, { out: "runs/digits", strict: true, resume: true });
    expect(events.filter((event) => event.type === "epoch").map((event) => event.epoch)).toEqual([2, 3, 4, 5]);
    expect(await sha256(await readFile("runs/digits/model.safetensors"))).toBe(node.weights.digits);
  });

  it("holds a whole checkpoint whenever its Worker is ended", async () => {
    for (const delay of [0, 3, 7, 12]) {
      const subscription = run(endless, { out: "runs/endless" }).subscribe();
      await expect
        .poll(() =>
          readFile("runs/endless/checkpoint.safetensors").then(
            (bytes) => bytes.length > 0,
            () => false,
          ),
        )
        .toBe(true);
      await new Promise((resolve) => setTimeout(resolve, delay));
      subscription.unsubscribe();
      for await (const event of run(endless, { out: "runs/endless", resume: true })) if (event.type === "epoch") break;
    }
  });

  it("names what is in the way", async () => {
    await runAll(points, { out: "runs/points" });
    await expect(runAll(points, { out: "runs/points/model.safetensors" })).rejects.toMatchObject({
      code: "io",
      at: "runs/points/model.safetensors",
    });
  });

  it("needs a private file system, and says so", async () => {
    vi.spyOn(navigator.storage, "getDirectory").mockRejectedValue(new DOMException("no", "SecurityError"));
    await expect(runAll(points, { out: "runs/points", worker: false })).rejects.toMatchObject({
      code: "environment",
      message: expect.stringContaining("leave out away"),
    });
  });
});

describe("loadModel()", () => {
  const outputs = async (model: ReturnType<typeof loadModel>): Promise<(readonly number[])[]> =>
    (await (await model).predict(somePoints)).map(({ output }) => output);

  it("reads the files that events brought", async () => {
    const files = filesOf(await runAll(points, { strict: true }));
    expect(await outputs(loadModel(files, { strict: true }))).toEqual(node.outputs);
    const predictions = await (await loadModel(files)).predict(somePoints.slice(0, 3));
    expect(predictions.map((prediction) => prediction.class)).toEqual(["left", "right", "top"]);
  });

  it("reads a run folder of this browser", async () => {
    await runAll(points, { out: "runs/points", strict: true });
    expect(await outputs(loadModel("runs/points", { strict: true }))).toEqual(node.outputs);
  });

  it("reads a run folder from a server", async () => {
    expect(await outputs(loadModel(`${site}/runs/points`, { strict: true }))).toEqual(node.outputs);
    expect(await outputs(loadModel(new URL(`${site}/runs/points/`), { strict: true, backend: "js" }))).toHaveLength(somePoints.length);
  });

  it("says where there is none", async () => {
    for (const source of [`${site}/runs/none`, `${site}/app/runs`, "runs/none"]) {
      const error = await loadModel(source).catch((failure: unknown) => failure);
      expect(error).toBeInstanceOf(PipelineError);
      expect((error as Error).message).toBe(`${source}/pipeline.json: not found; is this the folder of a run?`);
    }
    await expect(loadModel({})).rejects.toThrow("the given files/pipeline.json: not found");
  });
});
