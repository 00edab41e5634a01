import { expect, it } from "vitest";
import type { TableInput } from "../../src/pipeline/rawInput.ts";
import { tableColumns } from "../../src/pipeline/tableRows.ts";

const input: TableInput = {
  type: "table",
  columns: [
    { name: "user.age", type: "numeric" },
    { name: "user.home.city", type: "category" },
  ],
  others: ["says"],
  missing: ["?"],
};
const rows = (...given: readonly unknown[]) => tableColumns(given, input);

it("takes objects within rows for columns, and null in place of one for none of them", () => {
  const columns = rows({ user: { age: 3, home: { city: "Rom" } } }, { "user.age": 4, user: { home: null } }, { user: null, says: null }, [
    5,
    "?",
  ]);
  expect(columns["user.age"]).toMatchObject({ data: Float64Array.of(3, 4, Number.NaN, 5) });
  expect(columns["user.home.city"]).toMatchObject({ categories: ["Rom"], codes: Int32Array.of(0, -1, -1, -1) });
});

it("refuses names that the source did not have, and values that are none", () => {
  expect(() => rows({ user: { size: 3 } })).toThrow('predict row 0: unknown column "user.size"; ');
  expect(() => rows({ usr: null })).toThrow('unknown column "usr"');
  expect(() => rows({ user: { age: new Date(0) } })).toThrow('column "user.age": expected a number, got "1970');
  expect(() => rows({ user: { age: [3] } })).toThrow('column "user.age": expected a number, got [3]');
});
