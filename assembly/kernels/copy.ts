// copy   y[i] = x[i]     Every buffer is n packed f32 (or other words of 4 bytes); they may overlap.

export function copy_f32(y: usize, x: usize, n: i32): void {
  memory.copy(y, x, (<usize>n) << 2);
}
