// Numbers that come one at a time, nobody knows how many: in blocks, so that growing copies nothing and holds nothing twice.

/** More than enough that taking a new one costs nothing, and little beside what a column takes. */
const BLOCK = 1 << 16;
/** A short file fills a small part of a block. */
const FIRST = 1 << 10;

type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Whoever adds numbers fills the blocks himself: a function that met several kinds of array would be slower than all the rest. */
export interface Blocks<T> {
  /** Room for more numbers. The block before it is full. */
  next(): T;
  /** How many numbers there are, of which the last block holds `n`. */
  count(n: number): number;
  /** All of them as one array. The blocks are gone then. */
  joined(n: number): T;
}

export function blocks<T extends Numbers>(make: (n: number) => T): Blocks<T> {
  const all: T[] = [];
  let before = 0;
  return {
    next() {
      before += all.at(-1)?.length ?? 0;
      const block = make(all.length === 0 ? FIRST : BLOCK);
      all.push(block);
      return block;
    },
    count: (n) => before + n,
    joined(n) {
      const whole = make(before + n);
      let at = 0;
      for (const block of all.splice(0)) {
        whole.set(block.subarray(0, Math.min(block.length, before + n - at)) as never, at);
        at += block.length;
      }
      return whole;
    },
  };
}
