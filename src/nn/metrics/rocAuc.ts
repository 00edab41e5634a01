// The area under the ROC curve, exact: the chance that a row of the class gets a higher score than one that is not, ties counting
// half. (Keras's AUC approximates it with 200 thresholds.)
import { plain, ratio } from "./metric.ts";

/** For more than two classes the mean of one class against the rest, over the classes that have both. With one class only it is 0. */
export const rocAucMetric = plain("rocAuc", "classes", "higher", ({ outputs, rows, cols, actual }) => {
  const truth = actual();
  if (cols <= 2) return area(outputs, rows, cols, cols - 1, truth, 1) ?? 0;
  const areas = Array.from({ length: cols }, (_, c) => area(outputs, rows, cols, c, truth, c)).filter((a) => a !== undefined);
  return ratio(
    areas.reduce((sum, a) => sum + a, 0),
    areas.length,
  );
});

/** From the sum of the ranks of the class's rows (Mann & Whitney, 1947); undefined without both kinds of rows. */
function area(outputs: Float32Array, rows: number, cols: number, column: number, truth: Int32Array, label: number): number | undefined {
  const score = (r: number): number => outputs[r * cols + column] as number;
  const order = Uint32Array.from({ length: rows }, (_, r) => r).sort((a, b) => score(a) - score(b));
  let ranks = 0;
  let positives = 0;
  for (let start = 0, end = 0; start < rows; start = end) {
    let tied = 0;
    for (; end < rows && score(order[end] as number) === score(order[start] as number); end++) {
      if (truth[order[end] as number] === label) tied++;
    }
    ranks += (tied * (start + 1 + end)) / 2;
    positives += tied;
  }
  const pairs = positives * (rows - positives);
  return pairs === 0 ? undefined : (ranks - (positives * (positives + 1)) / 2) / pairs;
}
