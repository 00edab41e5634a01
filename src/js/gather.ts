import type { Twin, Views } from "../wasm/abi.ts";

type Rest = [out: number, indices: number, rows: number, size: number, scale: number, shift: number, features: number];

/** `base` counts in elements of `data`. */
function gather(data: Float32Array | Int32Array | Uint8Array, base: number, { f32, i32 }: Views, ...rest: Rest): void {
  let [out, indices, rows, size, scale, shift, features] = rest;
  out >>>= 2;
  indices >>>= 2;
  scale >>>= 2;
  shift >>>= 2;
  const a = f32[scale] as number;
  const b = f32[shift] as number;
  for (let r = 0; r < rows; r++) {
    const row = base + (i32[indices + r] as number) * size;
    if (features === 0) {
      for (let j = 0; j < size; j++, out++) f32[out] = Math.fround(Math.fround(data[row + j] as number) * a) + b;
    } else {
      for (let j = 0; j < size; j++, out++) {
        f32[out] = Math.fround(Math.fround(data[row + j] as number) * (f32[scale + j] as number)) + (f32[shift + j] as number);
      }
    }
  }
}

export const gather_u8_f32: Twin<"gather_u8_f32"> = (memory, out, data, ...rest) => {
  gather(memory.u8, data, memory, out, ...rest);
};

export const gather_f32: Twin<"gather_f32"> = (memory, out, data, ...rest) => {
  gather(memory.f32, data >>> 2, memory, out, ...rest);
};

export const gather_i32_f32: Twin<"gather_i32_f32"> = (memory, out, data, ...rest) => {
  gather(memory.i32, data >>> 2, memory, out, ...rest);
};

export const gather_i32: Twin<"gather_i32"> = ({ i32 }, out, data, indices, rows, size) => {
  out >>>= 2;
  data >>>= 2;
  indices >>>= 2;
  for (let r = 0; r < rows; r++) {
    const row = data + (i32[indices + r] as number) * size;
    i32.copyWithin(out + r * size, row, row + size);
  }
};
