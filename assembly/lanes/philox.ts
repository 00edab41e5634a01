// Philox4x32-10: four words of counter and two of key become four random words, in the order of `philox` in src/random.ts.
// A block is kept as one vector (c0, c1, c2, c3); a round multiplies its even lanes, reverses the four words of the two
// products, and mixes in the odd lanes and the key:
//   (hi1, lo1, hi0, lo0) ^ (c1, 0, c3, 0) ^ (k0, 0, k1, 0)

/** `rng` points at the u32 words [seedLow, seedHigh, step]. */
export function philox(block: u32, purpose: u32, stream: u32, rng: usize): v128 {
  const factors = i32x4(0xd2511f53, 0xcd9e8d57, 0, 0);
  const weyl = i32x4(0x9e3779b9, 0, 0xbb67ae85, 0);
  let key = i32x4(load<u32>(rng), 0, load<u32>(rng, 4), 0);
  let c = i32x4(block, purpose, stream, load<u32>(rng, 8));
  for (let round = 0; round < 10; round++) {
    const product = i64x2.extmul_low_i32x4_u(v128.shuffle<i32>(c, c, 0, 2, 0, 2), factors);
    const mixed = v128.xor(i64x2.shr_u(c, 32), key);
    c = v128.xor(v128.shuffle<i32>(product, product, 3, 2, 1, 0), mixed);
    key = i32x4.add(key, weyl);
  }
  return c;
}
