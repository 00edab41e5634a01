// gather   out[r, j] = data[indices[r], j] * scale[j] + shift[j]     data is [*, size], indices is [rows] of i32
// scale and shift point at `size` f32 where features is 1, and at one f32 for all where it is 0. A product and a sum, each
// rounded, in every build: what a row becomes never depends on the build.
// gather_i32 copies rows as they are.

export function gather_u8_f32(
  out: usize,
  data: usize,
  indices: usize,
  rows: i32,
  size: i32,
  scale: usize,
  shift: usize,
  features: i32,
): void {
  const width = <usize>size;
  for (let r = 0; r < rows; r++) {
    let p = data + <usize>load<u32>(indices + ((<usize>r) << 2)) * width;
    const end = p + width;
    let a = scale;
    let b = shift;
    let a0 = v128.load32_splat(a);
    let b0 = v128.load32_splat(b);
    let a1 = a0;
    let b1 = b0;
    while (p + 8 <= end) {
      const words = v128.load_ext<u8>(p);
      if (features != 0) {
        a0 = v128.load(a);
        b0 = v128.load(b);
        a1 = v128.load(a, 16);
        b1 = v128.load(b, 16);
        a += 32;
        b += 32;
      }
      v128.store(out, f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(words)), a0), b0));
      v128.store(out, f32x4.add(f32x4.mul(f32x4.convert_i32x4_u(i32x4.extend_high_i16x8_u(words)), a1), b1), 16);
      p += 8;
      out += 32;
    }
    while (p < end) {
      store<f32>(out, <f32>load<u8>(p) * load<f32>(a) + load<f32>(b));
      if (features != 0) {
        a += 4;
        b += 4;
      }
      p++;
      out += 4;
    }
  }
}

export function gather_f32(out: usize, data: usize, indices: usize, rows: i32, size: i32, scale: usize, shift: usize, features: i32): void {
  gather<f32>(out, data, indices, rows, size, scale, shift, features);
}

export function gather_i32_f32(
  out: usize,
  data: usize,
  indices: usize,
  rows: i32,
  size: i32,
  scale: usize,
  shift: usize,
  features: i32,
): void {
  gather<i32>(out, data, indices, rows, size, scale, shift, features);
}

function gather<T>(out: usize, data: usize, indices: usize, rows: i32, size: i32, scale: usize, shift: usize, features: i32): void {
  const width = (<usize>size) << 2;
  for (let r = 0; r < rows; r++) {
    let p = data + <usize>load<u32>(indices + ((<usize>r) << 2)) * width;
    const end = p + width;
    let a = scale;
    let b = shift;
    let a0 = v128.load32_splat(a);
    let b0 = v128.load32_splat(b);
    while (p + 16 <= end) {
      let x = v128.load(p);
      if (!isFloat<T>()) x = f32x4.convert_i32x4_s(x);
      if (features != 0) {
        a0 = v128.load(a);
        b0 = v128.load(b);
        a += 16;
        b += 16;
      }
      v128.store(out, f32x4.add(f32x4.mul(x, a0), b0));
      p += 16;
      out += 16;
    }
    while (p < end) {
      store<f32>(out, <f32>load<T>(p) * load<f32>(a) + load<f32>(b));
      if (features != 0) {
        a += 4;
        b += 4;
      }
      p += 4;
      out += 4;
    }
  }
}

export function gather_i32(out: usize, data: usize, indices: usize, rows: i32, size: i32): void {
  const width = (<usize>size) << 2;
  for (let r = 0; r < rows; r++) {
    memory.copy(out, data + <usize>load<u32>(indices + ((<usize>r) << 2)) * width, width);
    out += width;
  }
}
