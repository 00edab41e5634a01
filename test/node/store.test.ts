import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore, readStore } from "../../src/node/store.ts";
import { temporaryFolder } from "./temporary.ts";

const storeModule = new URL("../../src/node/store.ts", import.meta.url).href;

test("the folder is made, with all above it, and what is written can be read", async () => {
  const folder = join(temporaryFolder(), "runs", "first");
  const store = await openStore(folder);
  await store.write("a.bin", Uint8Array.of(1, 2, 3));
  await store.write("a.bin", Uint8Array.of(4));
  expect([...((await store.read("a.bin")) ?? [])]).toEqual([4]);
  expect(await store.read("other.bin")).toBeUndefined();
  expect(store.name).toBe(folder);
  expect(readdirSync(folder)).toEqual(["a.bin"]);
});

test("what is appended stands behind what was written", async () => {
  const folder = temporaryFolder();
  const store = await openStore(folder);
  await store.write("a.jsonl", Uint8Array.of(1));
  await store.append("a.jsonl", Uint8Array.of(2, 3));
  await store.append("a.jsonl", Uint8Array.of(4));
  expect([...readFileSync(join(folder, "a.jsonl"))]).toEqual([1, 2, 3, 4]);
  await expect(store.append("no/a.jsonl", Uint8Array.of(1))).rejects.toMatchObject({ name: "PipelineError", code: "io" });
});

test("reading a run neither makes its folder nor changes it", async () => {
  const folder = join(temporaryFolder(), "none");
  expect(await readStore(folder).read("model.safetensors")).toBeUndefined();
  expect(existsSync(folder)).toBe(false);
});

test("a file in the folder's place is refused in one line, with the way out", async () => {
  const folder = join(temporaryFolder(), "taken");
  writeFileSync(folder, "");
  await expect(openStore(folder)).rejects.toThrow(
    `${folder}: cannot write the run folder: a file stands where a folder is needed; choose another folder with --out`,
  );
  await expect(openStore(join(folder, "below"))).rejects.toMatchObject({ name: "PipelineError", code: "io" });
});

test.runIf(process.platform === "linux")("a file system that takes no folders is refused at once", async () => {
  await expect(openStore("/proc/lanewise/run")).rejects.toMatchObject({ code: "io", at: "/proc/lanewise/run" });
});

test("a folder in a file's place is refused and leaves no temporary file", async () => {
  const folder = temporaryFolder();
  const store = await openStore(folder);
  mkdirSync(join(folder, "a.bin"));
  await expect(store.write("a.bin", Uint8Array.of(1))).rejects.toMatchObject({ code: "io", at: join(folder, "a.bin") });
  expect(readdirSync(folder)).toEqual(["a.bin"]);
});

test("a writer killed at any moment leaves a whole file, and the next run clears its temporary one", async () => {
  const folder = temporaryFolder();
  // Every version is 4 MiB of one repeated byte, so a torn file would show two.
  const script = `
    const { openStore } = await import(${JSON.stringify(storeModule)});
    const store = await openStore(${JSON.stringify(folder)});
    for (let version = 1; ; version++) {
      await store.write("model.bin", new Uint8Array(4 << 20).fill(version));
      process.stdout.write(version + "\\n");
    }`;
  for (let kill = 0; kill < 8; kill++) {
    const writer = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
    await once(writer.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, 3 * kill));
    writer.kill("SIGKILL");
    await once(writer, "close");
    const bytes = readFileSync(join(folder, "model.bin"));
    expect(bytes.length).toBe(4 << 20);
    expect(bytes.every((b) => b === bytes[0])).toBe(true);
    await openStore(folder);
    expect(readdirSync(folder)).toEqual(["model.bin"]);
  }
  // A temporary file of a process that is gone, whether or not a kill above fell into a write.
  writeFileSync(join(folder, ".model.bin.999999999-00c0ffee.tmp"), "half");
  await openStore(folder);
  expect(readdirSync(folder)).toEqual(["model.bin"]);
}, 30_000);

test("temporary files of a writer that still lives are left alone", async () => {
  const folder = temporaryFolder();
  const living = `.model.bin.${process.ppid}-00c0ffee.tmp`;
  writeFileSync(join(folder, living), "half");
  await openStore(folder);
  expect(readdirSync(folder)).toEqual([living]);
});

test.runIf(process.platform === "linux")("a write that finds no room leaves the file before it, and says so in one line", () => {
  const folder = temporaryFolder();
  const script = `
    const { openStore } = await import(${JSON.stringify(storeModule)});
    const store = await openStore(${JSON.stringify(folder)});
    await store.write("model.bin", new Uint8Array(1000).fill(1));
    await store.write("model.bin", new Uint8Array(1 << 20).fill(2)).catch((error) => console.log(error.message));`;
  // No file of this process may be larger than 64 KiB.
  const limited = ["-c", 'ulimit -f 64; exec "$0" --input-type=module --eval "$1"', process.execPath, script];
  const { stdout } = spawnSync("bash", limited, { encoding: "utf8" });
  expect(stdout).toBe(`${folder}/model.bin: cannot write: the file is too large for this file system; choose another folder with --out\n`);
  expect(readFileSync(join(folder, "model.bin"))).toEqual(Buffer.alloc(1000, 1));
  expect(readdirSync(folder)).toEqual(["model.bin"]);
});
