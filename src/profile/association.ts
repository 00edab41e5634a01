// How much two columns have to do with each other: a number from 0 (nothing) to 1 (one follows from the other), by what they hold. Rows that
// miss either do not count.

/** Pearson's r; NaN where either does not vary. */
export function pearson(x: Float64Array, y: Float64Array): number {
  let [n, sumX, sumY] = [0, 0, 0];
  let [firstX, firstY] = [Number.NaN, Number.NaN];
  let [variesX, variesY] = [false, false];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] as number, y[i] as number];
    if (!Number.isFinite(a + b)) continue;
    if (n++ === 0) [firstX, firstY] = [a, b];
    variesX ||= a !== firstX;
    variesY ||= b !== firstY;
    sumX += a;
    sumY += b;
  }
  if (!variesX || !variesY) return Number.NaN;
  const [meanX, meanY] = [sumX / n, sumY / n];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [(x[i] as number) - meanX, (y[i] as number) - meanY];
    if (!Number.isFinite(a + b)) continue;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Spearman's ρ: Pearson's r of the ranks, of which equal values share the mean. */
export function spearman(x: Float64Array, y: Float64Array): number {
  const both: number[] = [];
  for (let i = 0; i < x.length; i++) if (Number.isFinite((x[i] as number) + (y[i] as number))) both.push(i);
  return pearson(ranks(Float64Array.from(both, (i) => x[i] as number)), ranks(Float64Array.from(both, (i) => y[i] as number)));
}

function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const rank = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let i = from; i < to; i++) rank[order[i] as number] = (from + to - 1) / 2;
    from = to;
  }
  return rank;
}

/**
 * Cramér's V of two columns of codes (-1 is missing), corrected for bias: independent columns of many categories come to about 0 (Bergsma,
 * "A bias-correction for Cramér's V and Tschuprow's T", 2013). NaN where either does not vary.
 */
export function cramersV(a: Int32Array, b: Int32Array): number {
  const pairs = new Map<number, number>();
  const [ofA, ofB] = [new Map<number, number>(), new Map<number, number>()];
  const width = 1 + b.reduce((most, code) => Math.max(most, code), 0);
  let n = 0;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (x < 0 || y < 0) continue;
    n++;
    ofA.set(x, (ofA.get(x) ?? 0) + 1);
    ofB.set(y, (ofB.get(y) ?? 0) + 1);
    const pair = x * width + y;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  const [rows, columns] = [ofA.size, ofB.size];
  if (rows < 2 || columns < 2) return Number.NaN;
  // χ²/n = Σ o²/(row · column) - 1: cells that nobody is in say nothing here.
  let share = -1;
  for (const [pair, count] of pairs) {
    const x = Math.floor(pair / width);
    share += (count / (ofA.get(x) as number)) * (count / (ofB.get(pair - x * width) as number));
  }
  const phi = Math.max(0, share - ((rows - 1) * (columns - 1)) / (n - 1));
  const corrected = (k: number): number => k - (k - 1) ** 2 / (n - 1);
  const most = Math.min(corrected(rows), corrected(columns)) - 1;
  return most <= 0 ? 0 : Math.min(1, Math.sqrt(phi / most));
}

/**
 * The correlation ratio η of numbers by categories (codes; -1 is missing): the square root of the share of the variance that lies between the
 * categories, corrected for their number (Kelley's ε², "An unbiased correlation ratio measure", 1935). For two categories it is about
 * |Pearson's r|. NaN where either does not vary.
 */
export function correlationRatio(codes: Int32Array, numbers: Float64Array): number {
  const groups = 1 + codes.reduce((most, code) => Math.max(most, code), -1);
  const [counts, sums] = [new Float64Array(groups), new Float64Array(groups)];
  const known = (i: number): boolean => (codes[i] as number) >= 0 && Number.isFinite(numbers[i] as number);
  let [n, sum, first] = [0, 0, Number.NaN];
  let varies = false;
  for (let i = 0; i < codes.length; i++) {
    if (!known(i)) continue;
    if (n++ === 0) first = numbers[i] as number;
    varies ||= numbers[i] !== first;
    sum += numbers[i] as number;
  }
  const mean = sum / n;
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    if (!known(i)) continue;
    const [code, d] = [codes[i] as number, (numbers[i] as number) - mean];
    counts[code] = (counts[code] as number) + 1;
    sums[code] = (sums[code] as number) + d;
    total += d * d;
  }
  let [between, used] = [0, 0];
  for (let g = 0; g < groups; g++) {
    if (counts[g] === 0) continue;
    used++;
    between += (sums[g] as number) ** 2 / (counts[g] as number);
  }
  if (used < 2 || !varies) return Number.NaN;
  if (n <= used) return 0;
  const within = Math.max(0, 1 - between / total);
  return Math.sqrt(Math.max(0, 1 - (within * (n - 1)) / (n - used)));
}
