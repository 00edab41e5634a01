// The kernels' products in 4 x 4 tiles whose sums are sixteen locals. They are kept in float64: rounding each to float32 would
// halve the speed. The operands are first laid out in float64 in the order in which the tiles read them, four rows of A (or columns
// of B) side by side: it saves a conversion at every step, and cache lines. `| 0` spares the engine a check of overflow at every index,
// a fifth of the time.
import type { Twin } from "../wasm/abi.ts";
import { elu_f32 } from "./elu.ts";
import { hard_sigmoid_f32 } from "./hard_sigmoid.ts";
import { leaky_relu_f32 } from "./leaky_relu.ts";
import { relu_f32 } from "./relu.ts";
import { sigmoid_f32 } from "./sigmoid.ts";
import { tanh_f32 } from "./tanh.ts";

export const gemm_nn_f32: Twin<"gemm_nn_f32"> = (memory, c, a, b, bias, _scratch, m, n, k, activation, slope) => {
  const { f32 } = memory;
  multiply(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, { aRow: k, aStep: 1, bStep: n, bColumn: 1 });
  if (bias !== 0) {
    for (let i = 0, p = c >>> 2; i < m; i++) {
      for (let q = bias >>> 2; q < (bias >>> 2) + n; q++, p++) f32[p] = (f32[p] as number) + (f32[q] as number);
    }
  }
  if (activation === 1) relu_f32(memory, c, c, m * n);
  else if (activation === 2) leaky_relu_f32(memory, c, c, m * n, slope);
  else if (activation === 3) elu_f32(memory, c, c, m * n, slope);
  else if (activation === 4) sigmoid_f32(memory, c, c, m * n);
  else if (activation === 5) tanh_f32(memory, c, c, m * n);
  else if (activation === 6) hard_sigmoid_f32(memory, c, c, m * n);
};

export const gemm_nt_f32: Twin<"gemm_nt_f32"> = ({ f32 }, c, a, b, _scratch, m, n, k) => {
  multiply(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, { aRow: k, aStep: 1, bStep: 1, bColumn: k });
};

export const gemm_tn_f32: Twin<"gemm_tn_f32"> = ({ f32 }, c, a, b, _scratch, m, n, k, stride) => {
  multiply(f32, c >>> 2, a >>> 2, b >>> 2, m, n, k, { aRow: 1, aStep: stride, bStep: n, bColumn: 1 });
};

interface Strides {
  readonly aRow: number;
  readonly aStep: number;
  readonly bStep: number;
  readonly bColumn: number;
}

let rowPanels = new Float64Array(0);
let columnPanel = new Float64Array(0);

function multiply(f32: Float32Array, c: number, a: number, b: number, m: number, n: number, k: number, strides: Strides): void {
  const { aRow, aStep, bStep, bColumn } = strides;
  const panel = 4 * k;
  if (rowPanels.length < Math.ceil(m / 4) * panel) rowPanels = new Float64Array(Math.ceil(m / 4) * panel);
  if (columnPanel.length < panel) columnPanel = new Float64Array(panel);
  for (let i = 0; i < m; i += 4) pack(rowPanels, i * k, f32, a + i * aRow, Math.min(4, m - i), aRow, k, aStep);
  for (let j = 0; j < n; j += 4) {
    pack(columnPanel, 0, f32, b + j * bColumn, Math.min(4, n - j), bColumn, k, bStep);
    for (let i = 0; i < m; i += 4) tile(f32, c + i * n + j, n, rowPanels, i * k, columnPanel, k, Math.min(4, m - i), Math.min(4, n - j));
  }
}

/** `lines` <= 4 lines of k values, as k groups of four. */
function pack(to: Float64Array, p: number, f32: Float32Array, from: number, lines: number, line: number, k: number, step: number): void {
  const [l1, l2, l3] = [lines > 1 ? line : 0, lines > 2 ? 2 * line : 0, lines > 3 ? 3 * line : 0];
  for (const end = p + 4 * k; p < end; p = (p + 4) | 0, from = (from + step) | 0) {
    to[p] = f32[from] as number;
    to[(p + 1) | 0] = f32[(from + l1) | 0] as number;
    to[(p + 2) | 0] = f32[(from + l2) | 0] as number;
    to[(p + 3) | 0] = f32[(from + l3) | 0] as number;
  }
}

/** c[rows, cols] of lines that are `line` apart. Lines that a panel does not have repeat its first: they are computed and dropped. */
function tile(
  f32: Float32Array,
  c: number,
  line: number,
  a: Float64Array,
  p: number,
  b: Float64Array,
  k: number,
  rows: number,
  cols: number,
): void {
  let [c00, c01, c02, c03] = [0, 0, 0, 0];
  let [c10, c11, c12, c13] = [0, 0, 0, 0];
  let [c20, c21, c22, c23] = [0, 0, 0, 0];
  let [c30, c31, c32, c33] = [0, 0, 0, 0];
  const end = 4 * k;
  for (let q = 0; q < end; q = (q + 4) | 0, p = (p + 4) | 0) {
    const y0 = b[q] as number;
    const y1 = b[(q + 1) | 0] as number;
    const y2 = b[(q + 2) | 0] as number;
    const y3 = b[(q + 3) | 0] as number;
    let x = a[p] as number;
    c00 += x * y0;
    c01 += x * y1;
    c02 += x * y2;
    c03 += x * y3;
    x = a[(p + 1) | 0] as number;
    c10 += x * y0;
    c11 += x * y1;
    c12 += x * y2;
    c13 += x * y3;
    x = a[(p + 2) | 0] as number;
    c20 += x * y0;
    c21 += x * y1;
    c22 += x * y2;
    c23 += x * y3;
    x = a[(p + 3) | 0] as number;
    c30 += x * y0;
    c31 += x * y1;
    c32 += x * y2;
    c33 += x * y3;
  }
  store(f32, c, cols, c00, c01, c02, c03);
  if (rows > 1) store(f32, c + line, cols, c10, c11, c12, c13);
  if (rows > 2) store(f32, c + 2 * line, cols, c20, c21, c22, c23);
  if (rows > 3) store(f32, c + 3 * line, cols, c30, c31, c32, c33);
}

function store(f32: Float32Array, c: number, cols: number, v0: number, v1: number, v2: number, v3: number): void {
  f32[c] = v0;
  if (cols > 1) f32[(c + 1) | 0] = v1;
  if (cols > 2) f32[(c + 2) | 0] = v2;
  if (cols > 3) f32[(c + 3) | 0] = v3;
}
