// SHA-256 (FIPS 180-4) and HMAC (RFC 2104), at once: the platform's own only answer later, and a stage cannot wait.

/** The first 32 bits of the fractional parts of a root of the first primes. */
function primeRoots(count: number, exponent: number): Int32Array {
  const words: number[] = [];
  for (let n = 2; words.length < count; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false;
    if (isPrime) words.push((n ** exponent % 1) * 2 ** 32);
  }
  // Signed: with unsigned words an engine computes in floating point.
  return Int32Array.from(Uint32Array.from(words));
}

const K = primeRoots(64, 1 / 3);
const START = primeRoots(8, 1 / 2);

const rotated = (x: number, by: number): number => (x >>> by) | (x << (32 - by));

const w = new Int32Array(64);

/** One block of 64 bytes into the state. Eight variables written out: an array taken apart a round takes several times as long. */
function compress(state: Int32Array, view: DataView, at: number): void {
  for (let i = 0; i < 16; i++) w[i] = view.getInt32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const [x, y] = [w[i - 15] as number, w[i - 2] as number];
    const s0 = rotated(x, 7) ^ rotated(x, 18) ^ (x >>> 3);
    const s1 = rotated(y, 17) ^ rotated(y, 19) ^ (y >>> 10);
    w[i] = (w[i - 16] as number) + s0 + (w[i - 7] as number) + s1;
  }
  let [a, b, c, d] = [state[0] as number, state[1] as number, state[2] as number, state[3] as number];
  let [e, f, g, h] = [state[4] as number, state[5] as number, state[6] as number, state[7] as number];
  for (let i = 0; i < 64; i++) {
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (K[i] as number) + (w[i] as number)) | 0;
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

/** Of a message behind `before` bytes, whole blocks, that have made `start`. */
function digest(message: Uint8Array, start: Int32Array = START, before = 0): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  const bits = (before + message.length) * 8;
  view.setUint32(padded.length - 8, Math.floor(bits / 2 ** 32));
  view.setUint32(padded.length - 4, bits);
  const state = start.slice();
  for (let at = 0; at < padded.length; at += 64) compress(state, view, at);
  const made = new Uint8Array(32);
  const out = new DataView(made.buffer);
  for (let i = 0; i < 8; i++) out.setInt32(4 * i, state[i] as number);
  return made;
}

export const sha256 = (message: Uint8Array): Uint8Array<ArrayBuffer> => digest(message);

/** Of many messages under one key, whose two blocks are hashed once. */
export function hmacSha256(key: Uint8Array): (message: Uint8Array) => Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const begun = (mask: number): Int32Array => {
    const state = START.slice();
    compress(state, new DataView(block.map((byte) => byte ^ mask).buffer), 0);
    return state;
  };
  const [inner, outer] = [begun(0x36), begun(0x5c)];
  return (message) => digest(digest(message, inner, 64), outer, 64);
}
