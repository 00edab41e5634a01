// Quantiles as NumPy's and pandas's default has them: between two values in proportion.

/** The value below which the part `q` (0 to 1) of the sorted values lies; NaN where there are none. */
export function quantile(sorted: Float64Array, q: number): number {
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(sorted.length - 1, below + 1)] ?? Number.NaN;
  const beyond = place - below;
  return beyond < 0.5 ? low + (high - low) * beyond : high - (high - low) * (1 - beyond);
}
