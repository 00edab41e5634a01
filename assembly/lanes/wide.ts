// Whether this instance is compiled to vectors of 256 bits (src/wasm/wide.ts): two that lie together are then one.

export let wide = false;

export function widen(): void {
  wide = true;
}
