// A tar archive for tests, in the ustar format.
const BLOCK = 512;

/** Names that end in "/" become folders. `end` writes the end mark. */
export function tarOf(files: Readonly<Record<string, string | Uint8Array>>, end = true): Uint8Array<ArrayBuffer> {
  const blocks: Uint8Array[] = [];
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const body = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
    body.set(bytes);
    blocks.push(header(name, bytes.length), body);
  }
  if (end) blocks.push(new Uint8Array(2 * BLOCK));
  return new Uint8Array(blocks.flatMap((block) => [...block]));
}

function header(name: string, size: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const write = (at: number, text: string): void => block.set(new TextEncoder().encode(text), at);
  const cut = name.length > 100 ? name.lastIndexOf("/", 154) : -1;
  write(0, name.slice(cut + 1));
  if (cut > 0) write(345, name.slice(0, cut));
  write(100, "0000644\0");
  write(124, `${size.toString(8).padStart(11, "0")}\0`);
  write(148, "        ");
  write(156, name.endsWith("/") ? "5" : "0");
  write(257, "ustar\x0000");
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(148, `${sum.toString(8).padStart(6, "0")}\0 `);
  return block;
}

export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
}
