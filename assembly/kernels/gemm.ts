// gemm_nn   C[m, n] = act(A[m, k] B[k, n] + bias[n])     forward; bias may be 0
// gemm_nt   C[m, n] = A[m, k] B[n, k]^T                  dX = dY W^T
// gemm_tn   C[m, n] = A[k, m]^T B[k, n]                  dW = X^T dY; the rows of A start `stride` f32 apart
// Every output is one chain over ascending k from 0, acc = madd(a, b, acc), and the bias is added after it: no shape, tail or block
// size changes a bit. `scratch` holds `gemmScratch(m, n, k)` f32 (src/graph/gemm.ts).
//
// C is cut into tiles of at most 6 x 8; k into even blocks of at most 392, so that a panel of A and one of B stay in the first-level cache;
// rows of A into blocks of at most 120 and columns of B into blocks of 512, which stay in the second. An operand is read where it lies if its order
// allows and few tiles share it; elsewhere its block is packed first, as it is where its rows are a power of two apart and so would
// compete for the same few lines of the cache.
import { wide } from "../lanes/wide";
import { finish } from "./gemm_finish";
import { packA, packB } from "./gemm_pack";
import { multiplyRow } from "./gemm_row";
import { TILE_ROWS, tileOf } from "./gemm_tile";
import { tileWideOf } from "./gemm_tile_wide";

const K_BLOCK = 392;
const M_BLOCK = 120;
const N_BLOCK = 512;
/** Bytes at the head of the scratch where a tile goes that is narrower than 8; then a pad for what packing writes too much. */
const EDGE: usize = 192;
const PAD: usize = 64;

export function gemm_nn_f32(
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  scratch: usize,
  m: i32,
  n: i32,
  k: i32,
  activation: i32,
  slope: f32,
): void {
  multiply(c, a, b, bias, scratch, m, n, k, k, false, false, activation, slope);
}

export function gemm_nt_f32(c: usize, a: usize, b: usize, scratch: usize, m: i32, n: i32, k: i32): void {
  multiply(c, a, b, 0, scratch, m, n, k, k, false, true, 0, 0);
}

export function gemm_tn_f32(c: usize, a: usize, b: usize, scratch: usize, m: i32, n: i32, k: i32, stride: i32): void {
  multiply(c, a, b, 0, scratch, m, n, k, stride, true, false, 0, 0);
}

function multiply(
  c: usize,
  a: usize,
  b: usize,
  bias: usize,
  scratch: usize,
  m: i32,
  n: i32,
  k: i32,
  aStride: i32,
  aTransposed: bool,
  bTransposed: bool,
  activation: i32,
  slope: f32,
): void {
  const aLine = (<usize>aStride) << 2;
  const bLine = (<usize>(bTransposed ? k : n)) << 2;
  const packsA = !aTransposed || k > 64 || (aLine & 2047) == 0;
  const packsB = bTransposed || m > 48 || (bLine & 4095) == 0;
  const cRow = (<usize>n) << 2;
  if (m == 1 && !bTransposed) {
    multiplyRow(c, a, aTransposed ? aLine : 4, b, bLine, n, k);
    if (bias == 0 && activation == 0) return;
    for (let left = n; left > 0; left -= 8) {
      finish(c, cRow, bias, 1, min(left, 8), activation, slope);
      c += 32;
      if (bias != 0) bias += 32;
    }
    return;
  }
  const aPanels = scratch + EDGE;
  const rowBlocks = (m + M_BLOCK - 1) / M_BLOCK;
  const rowBlock = (m + rowBlocks - 1) / rowBlocks;
  const depths = (k + K_BLOCK - 1) / K_BLOCK;
  const depthBlock = (k + depths - 1) / depths;
  const bPanels = aPanels + ((<usize>(min(m, M_BLOCK) * min(k, K_BLOCK))) << 2) + PAD;
  for (let j = 0; j < n; j += N_BLOCK) {
    const columns = min(n - j, N_BLOCK);
    for (let s = 0; s < k; s += depthBlock) {
      const depth = min(k - s, depthBlock);
      const last = s + depth == k && (bias != 0 || activation != 0);
      const bBlock = b + ((<usize>(bTransposed ? j * k + s : s * n + j)) << 2);
      if (packsB) packB(bPanels, bBlock, bLine, columns, depth, bTransposed);
      for (let i = 0; i < m; i += rowBlock) {
        const rows = min(m - i, rowBlock);
        const aBlock = a + ((<usize>(aTransposed ? s * aStride + i : i * k + s)) << 2);
        if (packsA) packA(aPanels, aBlock, aLine, rows, depth, aTransposed);
        let q = packsB ? bPanels : bBlock;
        let to = c + ((<usize>(i * n + j)) << 2);
        const next = packsB ? (<usize>depth) << 5 : 32;
        for (let left = columns; left > 0; ) {
          const pair = wide && left >= 16;
          const width = pair ? 16 : min(left, 8);
          const aFrom = packsA ? aPanels : aBlock;
          column(to, cRow, aFrom, packsA ? 0 : aLine, q, next, packsB ? 32 : bLine, rows, width, depth, s == 0, scratch);
          if (last) {
            const biasAt: usize = bias == 0 ? 0 : bias + ((<usize>(j + columns - left)) << 2);
            finish(to, cRow, biasAt, rows, min(width, 8), activation, slope);
            if (pair) finish(to + 32, cRow, bias == 0 ? 0 : biasAt + 32, rows, 8, activation, slope);
          }
          q += pair ? next << 1 : next;
          to += pair ? 64 : 32;
          left -= width;
        }
      }
    }
  }
}

/** The tiles of one panel of eight columns, from the first row down. An `aLine` of 0 says that A is packed. */
function column(
  c: usize,
  cRow: usize,
  a: usize,
  aLine: usize,
  b: usize,
  next: usize,
  bStep: usize,
  m: i32,
  width: i32,
  k: i32,
  fresh: bool,
  edge: usize,
): void {
  let tiles = (m + TILE_ROWS - 1) / TILE_ROWS;
  while (m > 0) {
    const rows = (m + tiles - 1) / tiles;
    const aStep = aLine == 0 ? (<usize>rows) << 2 : aLine;
    if (width == 16) {
      if (rows > 3) {
        tileWideOf(rows, c, cRow, a, aStep, b, next, bStep, k, fresh);
      } else {
        tileOf(rows, c, cRow, a, aStep, b, bStep, k, fresh);
        tileOf(rows, c + 32, cRow, a, aStep, b + next, bStep, k, fresh);
      }
    } else if (width == 8) {
      tileOf(rows, c, cRow, a, aStep, b, bStep, k, fresh);
    } else {
      if (!fresh) copy(edge, 32, c, cRow, rows, width);
      tileOf(rows, edge, 32, a, aStep, b, bStep, k, fresh);
      copy(c, cRow, edge, 32, rows, width);
    }
    a += aLine == 0 ? <usize>k * aStep : (<usize>rows) << 2;
    c += <usize>rows * cRow;
    m -= rows;
    tiles--;
  }
}

function copy(to: usize, toRow: usize, from: usize, fromRow: usize, rows: i32, width: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < (<usize>width) << 2; j += 4) store<f32>(to + j, load<f32>(from + j));
    to += toRow;
    from += fromRow;
  }
}
