// Rows as objects, as JSON and Parquet have them → lists of values by column. Objects within objects become columns `a.b`; a row that
// lacks a name has nothing there.
import { PipelineError, show } from "../errors.ts";

export interface Records {
  readonly rows: number;
  /** In the order in which the names first came. What is not there is undefined or null. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
}

export interface RecordCollector {
  add(row: unknown, at: string): void;
  /** All values of one column, for as many rows as the others have; or none, of a column that is there and nobody wants. */
  addColumn(name: string, values: readonly unknown[] | undefined, at: string): void;
  end(): Records;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && Object.prototype.toString.call(value) === "[object Object]";

/** Every value of an object, by its name; those of objects in it by `name.name`. */
export function eachField(row: object, visit: (name: string, value: unknown) => void, prefix = ""): void {
  for (const [key, value] of Object.entries(row)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (isRecord(value)) eachField(value, visit, name);
    else visit(name, value);
  }
}

export function recordCollector(): RecordCollector {
  const columns = new Map<string, unknown[]>();
  const unread = new Set<string>();
  let rows = 0;
  const put = (row: number, name: string, value: unknown, at: string): void => {
    let values = columns.get(name);
    if (values === undefined) {
      if (name === "__proto__") throw new PipelineError("data", at, 'no column can be called "__proto__"');
      values = [];
      columns.set(name, values);
    }
    if (values.length > row) throw new PipelineError("data", at, `there are two columns "${name}", one of them in an object; rename one`);
    while (values.length < row) values.push(undefined);
    values.push(value);
  };
  return {
    add(row, at) {
      if (!isRecord(row))
        throw new PipelineError(
          "data",
          at,
          `expected an object such as {"age": 39, "sex": "Male"}, got ${show(row)}${Array.isArray(row) ? "; a list of rows is for json()" : ""}`,
        );
      eachField(row, (name, value) => put(rows, name, value, at));
      rows++;
    },
    addColumn(column, values, at) {
      if (values === undefined) {
        columns.set(column, []);
        unread.add(column);
        return;
      }
      values.forEach((value, row) => {
        const where = `${at} row ${row}`;
        if (isRecord(value)) eachField(value, (name, inner) => put(row, name, inner, where), column);
        else put(row, column, value, where);
      });
      rows = values.length;
    },
    end() {
      const parents = new Set<string>();
      for (const [name, values] of columns) {
        while (values.length < rows && !unread.has(name)) values.push(undefined);
        for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) parents.add(name.slice(0, dot));
      }
      // Where other rows have an object, null stands for one.
      for (const name of parents) if (columns.get(name)?.every((value) => value === undefined || value === null)) columns.delete(name);
      return { rows, columns };
    },
  };
}
