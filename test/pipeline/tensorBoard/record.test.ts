// The expected bytes are what TensorBoard 2.21's own writer makes of the same events.
import { describe, expect, it } from "vitest";
import { crc32c, maskedCrc32c } from "../../../src/pipeline/tensorBoard/crc32c.ts";
import { eventRecord, firstRecord } from "../../../src/pipeline/tensorBoard/record.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

it("sums as RFC 3720 does", () => {
  expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  expect(crc32c(new Uint8Array())).toBe(0);
  expect(maskedCrc32c(new Uint8Array())).toBe(0xa282ead8);
});

describe("records are TensorBoard's", () => {
  it("of what a file begins with", () => {
    expect(hex(firstRecord(1700000000.25))).toBe("1800000000000000a37f4b220900001040fc54d9411a0d627261696e2e4576656e743a32338d2fe9");
  });

  it("of numbers at a step", () => {
    expect(hex(eventRecord({ wallTime: 1700000001.5, step: 300, scalars: { epoch_loss: 0.25, epoch_accuracy: 0.9375 } }))).toBe(
      "3800000000000000a3797d570900006040fc54d94110ac022a2a0a110a0a65706f63685f6c6f7373150000803e0a150a0e65706f63685f6163637572616379150000703f17ce923a",
    );
  });

  it("of texts", () => {
    expect(hex(eventRecord({ wallTime: 1700000002, step: 0, texts: { pipeline: "über" } }))).toBe(
      "3200000000000000241956ec0900008040fc54d9412a270a250a08706970656c696e65420f08071204120208014205c3bc6265724a080a060a047465787448d28601",
    );
  });
});
