// Philox4x32-10: four words of counter and two of key become four random words, in the order of `philox` in src/random.ts.
// Two blocks at a time, in two vectors: x = (c0, c2 | c0, c2) and y = (c1, c3 | c1, c3). A round multiplies x by two constants into
// (low0, high0, low1, high1), twice, and then
//   x = (high1, high0 | …) ^ y ^ key     y = (low1, low0 | …)     key += (W0, W1 | …)

const TABLE = memory.data<u32>([0xd2511f53, 0xcd9e8d57, 0xd2511f53, 0xcd9e8d57, 0x9e3779b9, 0xbb67ae85, 0x9e3779b9, 0xbb67ae85]);

let after = i32x4(0, 0, 0, 0);

/** The words of `block`; those of the block after it are then at `nextBlock()`. `rng` points at [seedLow, seedHigh, step]. */
export function philox(block: u32, purpose: u32, stream: u32, rng: usize): v128 {
  const factors = v128.load(TABLE);
  const weyl = v128.load(TABLE, 16);
  let key = v128.load64_splat(rng);
  let x = i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(stream), 0, block), 2, block + 1);
  let y = i32x4.replace_lane(i32x4.replace_lane(v128.load32_splat(rng, 8), 0, purpose), 2, purpose);
  for (let round = 0; round < 10; round++) {
    const first = i64x2.extmul_low_i32x4_u(x, factors);
    const second = i64x2.extmul_high_i32x4_u(x, factors);
    x = v128.xor(v128.shuffle<i32>(first, second, 3, 1, 7, 5), v128.xor(y, key));
    y = v128.shuffle<i32>(first, second, 2, 0, 6, 4);
    key = i32x4.add(key, weyl);
  }
  after = v128.shuffle<i32>(x, y, 2, 6, 3, 7);
  return v128.shuffle<i32>(x, y, 0, 4, 1, 5);
}

export function nextBlock(): v128 {
  return after;
}
