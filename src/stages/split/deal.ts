// Rows dealt out to folds, with the sizes and the assignments of scikit-learn's KFold and StratifiedKFold.

/** The fold of each row. They come up in `order`; each class by itself, if there are labels, fills one fold after the other. */
export function dealt(order: Uint32Array, folds: number, labels?: ArrayLike<number>): Uint32Array {
  const sizes = labels === undefined ? new Map([[0, evenly(order.length, folds)]]) : stratified(labels, folds);
  const filling = new Map([...sizes].map(([label, of]) => [label, { sizes: of, fold: 0, held: 0 }]));
  const assigned = new Uint32Array(order.length);
  for (const row of order) {
    const of = filling.get(labels?.[row] ?? 0) as { readonly sizes: readonly number[]; fold: number; held: number };
    while (of.held === of.sizes[of.fold]) [of.fold, of.held] = [of.fold + 1, 0];
    assigned[row] = of.fold;
    of.held++;
  }
  return assigned;
}

/** Sizes that differ by one at most, the larger first. */
const evenly = (rows: number, folds: number): number[] =>
  Array.from({ length: folds }, (_, fold) => Math.floor(rows / folds) + Number(fold < rows % folds));

/** How many rows of each class go into each fold: fold f has every k-th row from f on, where classes lie one after the other as they first appear. */
function stratified(labels: ArrayLike<number>, folds: number): Map<number, number[]> {
  const counts = new Map<number, number>();
  for (let row = 0; row < labels.length; row++) counts.set(labels[row] as number, (counts.get(labels[row] as number) ?? 0) + 1);
  const sizes = new Map<number, number[]>();
  let from = 0;
  for (const [label, count] of counts) {
    const start = from;
    const before = (end: number, fold: number): number => Math.max(0, Math.ceil((end - fold) / folds));
    sizes.set(
      label,
      Array.from({ length: folds }, (_, fold) => before(start + count, fold) - before(start, fold)),
    );
    from += count;
  }
  return sizes;
}
