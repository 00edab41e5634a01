// Numbers that come one at a time, nobody knows how many: in blocks, so that growing copies nothing and holds nothing twice.

/** More than enough that taking a new one costs nothing, and little beside what a column takes. */
const BLOCK = 1 << 16;

export interface Blocks<T> {
  push(value: number): void;
  readonly length: number;
  /** All of them, as one array. The blocks are gone then. */
  joined(): T;
}

export const f64Blocks = (): Blocks<Float64Array<ArrayBuffer>> => blocks((n) => new Float64Array(n));
export const i32Blocks = (): Blocks<Int32Array<ArrayBuffer>> => blocks((n) => new Int32Array(n));
export const u32Blocks = (): Blocks<Uint32Array<ArrayBuffer>> => blocks((n) => new Uint32Array(n));

function blocks<T extends Float64Array | Int32Array | Uint32Array>(make: (n: number) => T): Blocks<T> {
  const full: T[] = [];
  // A short file fills a small part of the first.
  let block = make(1024);
  let n = 0;
  let before = 0;
  return {
    push(value) {
      if (n === block.length) {
        full.push(block);
        before += n;
        block = make(BLOCK);
        n = 0;
      }
      block[n++] = value;
    },
    get length() {
      return before + n;
    },
    joined() {
      const all = make(before + n);
      let at = 0;
      for (const each of full.splice(0)) {
        all.set(each as never, at);
        at += each.length;
      }
      all.set(block.subarray(0, n) as never, at);
      block = make(0);
      [n, before] = [0, 0];
      return all;
    },
  };
}
