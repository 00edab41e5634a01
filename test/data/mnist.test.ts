import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fashionMnist, fashionMnistKind, mnist, mnistKind } from "../../src/data/mnist.ts";
import { type FileRequest, numericColumn } from "../../src/data/table.ts";
import { fakeIo } from "./io.ts";

const data = new URL("../../../shared/data/", import.meta.url);

describe.skipIf(!existsSync(data))("the original files (needs ../shared/data)", () => {
  const io = {
    ...fakeIo(),
    file: async (request: FileRequest) => {
      const bytes = new Uint8Array(readFileSync(new URL(request.name, data)));
      expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([request.bytes, request.sha256]);
      return bytes;
    },
  };

  test("mnist() gives 60,000 + 10,000 digits of 28 × 28 bytes", async () => {
    const table = await mnistKind.load(mnist(), io);
    const image = numericColumn(table, "image");
    const label = numericColumn(table, "label");
    expect([table.rows, image.shape, image.data.constructor]).toEqual([70_000, [28, 28], Uint8Array]);
    expect(table.givenTest?.reduce((sum, mark) => sum + mark, 0)).toBe(10_000);
    expect([...label.data.subarray(0, 5), ...label.data.subarray(60_000, 60_005)]).toEqual([5, 0, 4, 1, 9, 7, 2, 1, 0, 4]);
    expect(label.classes).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    // The published mean of the training pixels is 0.1307 of 255.
    let sum = 0;
    for (const value of image.data.subarray(0, 60_000 * 784)) sum += value;
    expect(sum / (60_000 * 784 * 255)).toBeCloseTo(0.1307, 4);
  });

  test("fashionMnist() gives its classes by name", async () => {
    const table = await fashionMnistKind.load(fashionMnist(), io);
    const label = numericColumn(table, "label");
    expect([table.rows, label.classes?.[label.data[0] as number]]).toEqual([70_000, "Ankle boot"]);
  });
});

test("a request names the file, its size, its checksum and an https address", async () => {
  const requests: FileRequest[] = [];
  const io = { ...fakeIo(), file: async (request: FileRequest) => Promise.reject(requests.push(request)) };
  await expect(mnistKind.load(mnist(), io)).rejects.toBe(1);
  expect(requests[0]).toEqual({
    name: "mnist/train-images-idx3-ubyte.gz",
    url: "https://storage.googleapis.com/cvdf-datasets/mnist/train-images-idx3-ubyte.gz",
    bytes: 9912422,
    sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
  });
});
