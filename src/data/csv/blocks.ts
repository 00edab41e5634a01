// Numbers that come one at a time, nobody knows how many: in blocks, so that growing copies nothing and holds nothing twice.

/** A block is as large as all before it together, so that a short file of ten thousand columns takes little, but not larger than this. */
const LARGEST = 1 << 16;
const FIRST = 1 << 6;

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
      const block = make(Math.min(LARGEST, Math.max(FIRST, before)));
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
