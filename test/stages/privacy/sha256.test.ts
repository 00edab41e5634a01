import { createHash, createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { random } from "../../../src/random.ts";
import { hmacSha256, sha256 } from "../../../src/stages/privacy/sha256.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

it("hashes as Node does, at every length around the blocks", () => {
  const source = random(1, 0);
  for (let length = 0; length < 200; length++) {
    const message = Uint8Array.from({ length }, () => source.integer(256));
    expect(hex(sha256(message))).toBe(createHash("sha256").update(message).digest("hex"));
    const key = Uint8Array.from({ length: 1 + length }, () => source.integer(256));
    expect(hex(hmacSha256(key)(message))).toBe(createHmac("sha256", key).update(message).digest("hex"));
  }
});
