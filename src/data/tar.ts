// A tar archive, read in order: blocks of 512 bytes, of which one announces each file's name and size and is followed by its content.
import { PipelineError } from "../errors.ts";
import type { ByteReader } from "./openBytes.ts";

const BLOCK = 512;
const NAME = [0, 100] as const;
const SIZE = [124, 136] as const;
const CHECKSUM = [148, 156] as const;
const TYPE = 156;
const PREFIX = [345, 500] as const;
const ORDINARY = ["\0", "0", ""];

export interface TarFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The ordinary files for which `wanted` is true; of names above 100 characters, those of the ustar format. `archive` is for messages, and
 * no file may be larger than `most` bytes. Throws when the archive is damaged, or ends before its end mark.
 */
export async function* tarFiles(
  bytes: ByteReader,
  archive: string,
  most: number,
  wanted: (name: string) => boolean,
): AsyncGenerator<TarFile, void> {
  for (;;) {
    const header = await bytes.read(BLOCK);
    if (header.every((byte) => byte === 0)) return;
    const name = nameOf(header);
    const size = octal(header, SIZE);
    if (!(checksum(header) === octal(header, CHECKSUM)) || !(size <= most))
      throw new PipelineError("data", archive, "this is not a tar archive, or it is damaged; fetch it again");
    const content = await bytes.read(Math.ceil(size / BLOCK) * BLOCK);
    if (ORDINARY.includes(text(header, [TYPE, TYPE + 1])) && wanted(name)) yield { name, bytes: content.subarray(0, size) };
  }
}

function text(header: Uint8Array, [from, to]: readonly [number, number]): string {
  const field = header.subarray(from, to);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

const octal = (header: Uint8Array, at: readonly [number, number]): number => {
  const digits = text(header, at).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
};

function nameOf(header: Uint8Array): string {
  const prefix = text(header, [257, 262]) === "ustar" ? text(header, PREFIX) : "";
  return prefix === "" ? text(header, NAME) : `${prefix}/${text(header, NAME)}`;
}

/** The sum of the header's bytes, with spaces in the place of the sum. */
function checksum(header: Uint8Array): number {
  let sum = 32 * (CHECKSUM[1] - CHECKSUM[0]);
  header.forEach((byte, i) => {
    if (i < CHECKSUM[0] || i >= CHECKSUM[1]) sum += byte;
  });
  return sum;
}
