// Event files read back, record by record.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { run } from "../../../src/node/index.ts";
import { maskedCrc32c } from "../../../src/pipeline/tensorBoard/crc32c.ts";
import { all, fileOf, ofType } from "../../support/runs.ts";
import { xor } from "../../support/xor.ts";

const root = mkdtempSync(join(tmpdir(), "lanewise-board-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const FILE = "events.out.tfevents.lanewise";

interface Point {
  readonly step: number;
  readonly tag: string;
  readonly value: number;
}

/** The fields of a protocol buffer, in order: numbers of bytes 8 and 4 as views, else what they hold. */
function fields(bytes: Buffer): { field: number; value: number | Buffer }[] {
  const found: { field: number; value: number | Buffer }[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let place = 1; ; place *= 128) {
      const byte = bytes[at++] as number;
      value += (byte & 127) * place;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const length = { 0: -1, 1: 8, 2: -2, 5: 4 }[key & 7];
    if (length === undefined) throw new Error(`wire type ${key & 7}`);
    if (length === -1) found.push({ field: key >> 3, value: varint() });
    else {
      const size = length === -2 ? varint() : length;
      found.push({ field: key >> 3, value: bytes.subarray(at, at + size) });
      at += size;
    }
  }
  return found;
}

const part = (bytes: Buffer, field: number): Buffer | number | undefined => fields(bytes).find((f) => f.field === field)?.value;

/** Every number of a file. Checks the checksums on the way. */
function points(file: Buffer): Point[] {
  const found: Point[] = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at);
    expect(file.readUInt32LE(at + 8)).toBe(maskedCrc32c(file.subarray(at, at + 8)));
    const event = file.subarray(at + 12, at + 12 + length);
    expect(file.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(event));
    if (at === 0) expect((part(event, 3) as Buffer).toString()).toBe("brain.Event:2");
    at += length + 16;
    const summary = part(event, 5) as Buffer | undefined;
    for (const { value } of summary === undefined ? [] : fields(summary)) {
      const simple = part(value as Buffer, 2) as Buffer | undefined;
      if (simple === undefined) continue;
      found.push({
        step: (part(event, 2) as number) ?? 0,
        tag: (part(value as Buffer, 1) as Buffer).toString(),
        value: simple.readFloatLE(),
      });
    }
  }
  return found;
}

const curve = (file: Buffer, tag: string): number[][] => points(file).flatMap((p) => (p.tag === tag ? [[p.step, p.value]] : []));

const tested = xor({ epochs: 3 }, { split: { test: "given" } });

describe("event files", () => {
  it("hold every epoch and what the test rows gave", async () => {
    const out = join(root, "whole");
    const events = await all(run(tested, { out, tensorBoard: true }));
    const train = readFileSync(join(out, "tensorboard", "train", FILE));
    const epochs = ofType(events, "epoch");
    expect(curve(train, "epoch_loss")).toEqual(epochs.map((e) => [e.epoch, Math.fround(e.train.loss as number)]));
    expect(curve(train, "epoch_learning_rate")).toEqual(epochs.map((e) => [e.epoch, Math.fround(e.learningRate)]));
    const done = ofType(events, "done")[0];
    const test = readFileSync(join(out, "tensorboard", "test", FILE));
    expect(curve(test, "epoch_loss")).toEqual([[3, Math.fround(done?.test?.loss as number)]]);
    expect(ofType(events, "artifact").filter((a) => a.name.startsWith("tensorboard/"))).toEqual([
      { type: "artifact", name: `tensorboard/train/${FILE}`, bytes: train.length },
      { type: "artifact", name: `tensorboard/test/${FILE}`, bytes: test.length },
    ]);
  });

  it("go on when a run is resumed, and begin anew when it is not", async () => {
    const out = join(root, "resumed");
    const train = (): Buffer => readFileSync(join(out, "tensorboard", "train", FILE));
    await all(run(xor({ epochs: 2 }), { out, tensorBoard: true }));
    await all(run(xor({ epochs: 5 }), { out, tensorBoard: true, resume: true }));
    expect(curve(train(), "epoch_loss").map(([step]) => step)).toEqual([1, 2, 3, 4, 5]);
    await all(run(xor({ epochs: 1 }), { out, tensorBoard: true }));
    expect(curve(train(), "epoch_loss").map(([step]) => step)).toEqual([1]);
  });

  it("are artifacts without a folder, and there where they are asked for only", async () => {
    const events = await all(run(tested, { tensorBoard: true }));
    expect(curve(fileOf(events, `tensorboard/train/${FILE}`), "epoch_loss")).toHaveLength(3);
    const plain = await all(run(tested));
    expect(ofType(plain, "artifact").filter((a) => a.name.startsWith("tensorboard/"))).toEqual([]);
  });

  it("are one set a fold", async () => {
    const events = await all(run(xor({ epochs: 2 }, { split: { folds: 2 } }), { tensorBoard: true }));
    const names = ofType(events, "artifact").map((a) => a.name);
    for (const set of ["fold-1-1/train", "fold-1-1/test", "fold-1-2/train", "fold-1-2/test", "train"])
      expect(names).toContain(`tensorboard/${set}/${FILE}`);
  });
});
