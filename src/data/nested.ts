// Nested lists of numbers → one flat column. The first row (or the user) says what shape a row has; rows of another shape are
// misfits, named but left out.
import { PipelineError, show } from "../errors.ts";
import { type Misfit, type NumericColumn, size } from "./table.ts";

/** A number, or a list of such; `null` stands for a missing number. */
export type Nested = number | null | Numbers | readonly Nested[];

/** Any typed array of numbers. */
export type Numbers = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

const isList = (value: unknown): value is ArrayLike<Nested> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

export const shapeText = (shape: readonly number[]): string => (shape.length === 0 ? "a single number" : `[${shape.join(", ")}]`);

/** The shape that a nested list has along its first items. */
export function shapeOf(value: Nested): number[] {
  return isList(value) ? [value.length, ...(value.length > 0 ? shapeOf(value[0] as Nested) : [])] : [];
}

/** Where the shape of `value` first differs from `shape`: the shape found, as text, or undefined when it is the same. */
function otherShape(value: Nested, shape: readonly number[]): string | undefined {
  const own = shapeOf(value);
  if (own.length !== shape.length || own[0] !== shape[0]) return shapeText(own);
  if (!isList(value) || shape.length === 1) return undefined;
  const inner = shape.slice(1);
  for (let i = 0; i < value.length; i++) {
    const other = otherShape(value[i] as Nested, inner);
    if (other !== undefined) return `${other} at place ${i}`;
  }
  return undefined;
}

/** Writes every number of `value`, lists `rank` deep, from `at` on, and returns where the next one goes. */
function flatten(value: Nested, rank: number, into: Float32Array, at: number, where: string): number {
  if (rank > 0 && isList(value)) {
    for (let i = 0; i < value.length; i++) at = flatten(value[i] as Nested, rank - 1, into, at, where);
    return at;
  }
  if (value !== null && typeof value !== "number") throw new PipelineError("data", where, `expected numbers, got ${show(value)}`);
  into[at] = value ?? Number.NaN;
  return at + 1;
}

export interface NestedColumn {
  readonly column: NumericColumn;
  /** The rows that fit, as positions in the list. */
  readonly kept: Uint32Array;
  readonly misfits: readonly Misfit[];
}

/** `rows[i]` becomes row i. Bare numbers are rows of shape [1]. `name` is for messages: `x` makes `x[3]`; `shape` is the first row's. */
export function nestedColumn(rows: readonly Nested[], name: string, shape: readonly number[] = shapeOf(rows[0] as Nested)): NestedColumn {
  const width = size(shape);
  const data = new Float32Array(rows.length * width);
  const kept: number[] = [];
  const misfits: Misfit[] = [];
  rows.forEach((row, id) => {
    const other = otherShape(row, shape);
    if (other !== undefined) {
      misfits.push({ id, reason: `${name}[${id}] is ${other}, but the first row is ${shapeText(shape)}` });
      return;
    }
    flatten(row, shape.length, data, kept.length * width, `${name}[${id}]`);
    kept.push(id);
  });
  return {
    column: { type: "numeric", shape: shape.length === 0 ? [1] : shape, data: data.subarray(0, kept.length * width) },
    kept: Uint32Array.from(kept),
    misfits,
  };
}

/** A typed array whose rows have this shape. Bytes stay bytes, everything else becomes f32; f32 is not copied. */
export function typedColumn(values: Numbers, shape: readonly number[], name: string): NumericColumn {
  const width = size(shape);
  if (values.length % width !== 0) {
    throw new PipelineError(
      "data",
      name,
      `${values.length} values are not a whole number of rows of shape [${shape.join(", ")}], which take ${width} each`,
    );
  }
  return {
    type: "numeric",
    shape,
    data: values instanceof Uint8Array || values instanceof Float32Array ? values : Float32Array.from(values),
  };
}
