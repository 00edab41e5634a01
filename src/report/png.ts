// A picture as a PNG file, without compression: pictures in a report are small, and a browser needs no library for this.

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc32(bytes: readonly number[]): number {
  return ~bytes.reduce((crc, byte) => (crcTable[(crc ^ byte) & 255] as number) ^ (crc >>> 8), ~0) >>> 0;
}

function adler32(bytes: readonly number[]): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

const word = (n: number): number[] => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];

function chunk(name: string, data: readonly number[]): number[] {
  const body = [...Array.from(name, (letter) => letter.charCodeAt(0)), ...data];
  return [...word(data.length), ...body, ...word(crc32(body))];
}

const LARGEST_BLOCK = 0xffff;

/** zlib's format, in blocks that are stored as they are. */
function stored(data: readonly number[]): number[] {
  const out = [0x78, 0x01];
  for (let i = 0; i < data.length; i += LARGEST_BLOCK) {
    const block = data.slice(i, i + LARGEST_BLOCK);
    const [low, high] = [block.length & 255, block.length >>> 8];
    out.push(i + LARGEST_BLOCK >= data.length ? 1 : 0, low, high, ~low & 255, ~high & 255);
    for (const byte of block) out.push(byte);
  }
  return [...out, ...word(adler32(data))];
}

export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** [height, width, channels] */
  readonly pixels: Uint8Array;
}

export function png({ height, width, channels, pixels }: Picture): Uint8Array<ArrayBuffer> {
  const row = width * channels;
  const lines = Array.from({ length: height }, (_, y) => [0, ...pixels.subarray(y * row, (y + 1) * row)]).flat();
  const GREY = 0;
  const COLOUR = 2;
  const header = [...word(width), ...word(height), 8, channels === 1 ? GREY : COLOUR, 0, 0, 0];
  return Uint8Array.from([
    137,
    80,
    78,
    71,
    13,
    10,
    26,
    10,
    ...chunk("IHDR", header),
    ...chunk("IDAT", stored(lines)),
    ...chunk("IEND", []),
  ]);
}
