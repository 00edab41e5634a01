import { expect, test } from "vitest";
import { openBytes } from "../../src/data/openBytes.ts";
import { tarFiles } from "../../src/data/tar.ts";
import { gzip, tarOf } from "./tarOf.ts";

async function files(bytes: Uint8Array<ArrayBuffer>, most = 1000): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const file of tarFiles(openBytes(bytes, "a.tar"), "a.tar", most, (name) => !name.endsWith(".no"))) {
    found[file.name] = new TextDecoder().decode(file.bytes);
  }
  return found;
}

const long = `${"folder/".repeat(20)}name.txt`;
const archive = { "a/": "", "a/empty.txt": "", "a/b.no": "skipped", "a/c.txt": "x".repeat(512), [long]: "long", "a/d.txt": "é\n" };
const content = { "a/empty.txt": "", "a/c.txt": "x".repeat(512), [long]: "long", "a/d.txt": "é\n" };

test("gives the ordinary files that are wanted, with their whole names", async () => {
  expect(await files(tarOf(archive))).toEqual(content);
  expect(await files(await gzip(tarOf(archive)))).toEqual(content);
  expect(await files(tarOf({}))).toEqual({});
});

test("an archive that ends early is refused: within a file, a header, and before its end mark", async () => {
  const whole = tarOf(archive);
  await expect(files(whole.slice(0, -1024 - 600))).rejects.toThrow("a.tar: the file ends after");
  await expect(files(whole.slice(0, 100))).rejects.toThrow("a.tar: the file ends after 100 bytes, 412 bytes too early; fetch it again");
  await expect(files(tarOf(archive, false))).rejects.toThrow("too early; fetch it again");
  const packed = await gzip(whole);
  await expect(files(packed.slice(0, -20))).rejects.toThrow("a.tar: the gzip data is corrupt");
});

test("what is no archive, and a size that cannot be, are refused before memory is asked for", async () => {
  await expect(files(new Uint8Array(2048).fill(65))).rejects.toThrow("a.tar: this is not a tar archive, or it is damaged; fetch it again");
  await expect(files(tarOf({ "a.txt": "12345" }), 4)).rejects.toThrow("damaged");
  const broken = tarOf({ "a.txt": "1" });
  broken[0] = 66;
  await expect(files(broken)).rejects.toThrow("damaged");
});
