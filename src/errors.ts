// The one error class, and the sentences that every error shares. An error names the place, the problem, the values and the
// way out, in one line that a person can act on.

/**
 * - `config`: the pipeline, a descriptor or an option is wrong
 * - `shape`: two layers, or data and model, do not fit together
 * - `data`: rows, files or labels are wrong
 * - `io`: a file or the network failed
 * - `environment`: this runtime lacks something
 * - `numeric`: training met NaN or Infinity
 */
export type ErrorCode = "config" | "shape" | "data" | "io" | "environment" | "numeric";

/** `at` is a path into the pipeline or the data, such as `model[0] dense` or `train.epochs`. */
export class PipelineError extends Error {
  override readonly name = "PipelineError";
  readonly code: ErrorCode;
  readonly at: string;

  constructor(code: ErrorCode, at: string, problem: string, cause?: unknown) {
    super(at === "" ? problem : `${at}: ${problem}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.at = at;
  }
}

/** A problem in the user's hands (exit code 2), rather than the machine's (1). */
export function isUserMistake(error: unknown): boolean {
  return error instanceof PipelineError && (error.code === "config" || error.code === "shape" || error.code === "data");
}

/** `unknown layer "dens"; did you mean "dense"?`, or the list of what is known when nothing is close. */
export function unknownName(what: string, name: string, known: readonly string[]): string {
  const close = nearest(name, known);
  const way = close !== undefined ? `did you mean "${close}"?` : `known: ${[...known].sort(byLetters).join(", ")}`;
  return `unknown ${what} "${name}"; ${way}`;
}

/** column_2 before column_10. */
const byLetters = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

function nearest(name: string, known: readonly string[]): string | undefined {
  const scored = known.map((k) => ({ k, d: editDistance(name.toLowerCase(), k.toLowerCase()) })).sort((a, b) => a.d - b.d);
  const best = scored[0];
  // Names that have no letter in common are not near, however short they are.
  const near = best !== undefined && best.d <= Math.max(1, Math.floor(name.length / 3)) && best.d < Math.max(name.length, best.k.length);
  return near ? best.k : undefined;
}

/** Letters to insert, drop, change or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] as number;
}

/** A value as it is shown in an error: short, on one line. */
export function show(value: unknown): string {
  if (typeof value === "function")
    return value.name === "" ? "a function" : `the function ${value.name} itself; call it, as in ${value.name}(…)`;
  if (typeof value === "number" || value === undefined) return String(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Uint8Array).length})`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
