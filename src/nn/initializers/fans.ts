/**
 * How many inputs reach one output of a weight, and how many outputs one input reaches: [in, out] for a matrix,
 * [...window, in, out] for a convolution, whose window multiplies both. A vector counts as its own fan, as in Keras.
 */
export function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const fanIn = shape.at(-2) ?? shape.at(-1) ?? 1;
  const fanOut = shape.at(-1) ?? 1;
  const window = shape.slice(0, -2).reduce((product, n) => product * n, 1);
  return { fanIn: fanIn * window, fanOut: fanOut * window };
}
