import { expect, it } from "vitest";
import { unknownName } from "../src/errors.ts";

it("a name that is not known comes with the nearest, or with all in an order that people look for", () => {
  expect(unknownName("column", "aeg", ["age", "sex"])).toBe('unknown column "aeg"; did you mean "age"?');
  expect(unknownName("column", "A", ["a", "b"])).toBe('unknown column "A"; did you mean "a"?');
  expect(unknownName("column", "23", ["column_10", "column_9", "column_1"])).toBe(
    'unknown column "23"; known: column_1, column_9, column_10',
  );
  expect(unknownName("column", "c", ["b", "a"])).toBe('unknown column "c"; known: a, b');
});
