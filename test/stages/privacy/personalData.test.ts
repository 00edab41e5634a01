// What is found in columns, and what is not: the numbers here are published examples, or were made to pass their check digits.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { csv, csvKind } from "../../../src/data/csv.ts";
import type { Column, NumericColumn } from "../../../src/data/table.ts";
import { bsn, cpf, dni, luhn, mod97, nir, steuerId, verhoeff } from "../../../src/stages/privacy/checkDigits.ts";
import { kindOfName } from "../../../src/stages/privacy/columnNames.ts";
import { masked } from "../../../src/stages/privacy/masked.ts";
import { occurrences } from "../../../src/stages/privacy/patterns.ts";
import { type PersonalFinding, personalData } from "../../../src/stages/privacy/personalData.ts";
import { finish } from "../../../src/stages/work.ts";
import { fakeIo } from "../../data/io.ts";

const text = (...values: string[]): Column => ({ type: "text", values });
const numbers = (...values: number[]): NumericColumn => ({ type: "numeric", shape: [], data: Float64Array.from(values) });
const find = (columns: Readonly<Record<string, Column>>): readonly PersonalFinding[] => finish(personalData(columns));
const foundIn = (value: string): string[] =>
  occurrences(value).map(({ pattern, start, end }) => `${pattern.kind} ${value.slice(start, end)}`);

describe("check digits", () => {
  it.each([
    ["luhn", luhn, "79927398713"],
    ["mod97", mod97, "GB82WEST12345698765432"],
    ["verhoeff", verhoeff, "2363"],
    ["steuerId", steuerId, "86095742719"],
    ["bsn", bsn, "111222333"],
    ["cpf", cpf, "11144477735"],
    ["nir", nir, "255081416802538"],
    ["dni", dni, "12345678Z"],
    ["nie", dni, "X1234567L"],
  ])("%s knows a right number, and notices every wrong digit", (_, check, number) => {
    expect(check(number)).toBe(true);
    for (const [place, character] of [...number].entries()) {
      if (!/\d/.test(character)) continue;
      const other = `${number.slice(0, place)}${(Number(character) + 1) % 10}${number.slice(place + 1)}`;
      expect(check(other), other).toBe(false);
    }
  });

  it("knows numbers of equal digits for none", () => {
    expect(cpf("11111111111")).toBe(false);
    expect(bsn("000000000")).toBe(false);
  });
});

describe("inside a text", () => {
  it.each([
    ["write to jane.doe+news@example.co.uk, please", ["email jane.doe+news@example.co.uk"]],
    ["GB82 WEST 1234 5698 7654 32 AND MORE", ["iban GB82 WEST 1234 5698 7654 32"]],
    ["pay DE89370400440532013000.", ["iban DE89370400440532013000"]],
    ["card 4111 1111 1111 1111", ["paymentCard 4111 1111 1111 1111"]],
    ["amex 378282246310005", ["paymentCard 378282246310005"]],
    ["ssn 123-45-6789", ["nationalId 123-45-6789"]],
    ["NINO AB 12 34 56 C", ["nationalId AB 12 34 56 C"]],
    ["CPF 111.444.777-35", ["nationalId 111.444.777-35"]],
    ["DNI 12345678Z", ["nationalId 12345678Z"]],
    ["from 192.168.1.10 to 2001:db8::ff00:42:8329", ["ipAddress 192.168.1.10", "ipAddress 2001:db8::ff00:42:8329"]],
    ["call +44 20 7946 0958 or (415) 555-2671", ["phone +44 20 7946 0958", "phone (415) 555-2671"]],
    ["tél. 01 42 68 53 00", ["phone 01 42 68 53 00"]],
  ])("%s", (value, expected) => {
    expect(foundIn(value)).toEqual(expected);
  });

  it.each([
    "4111 1111 1111 1112",
    "GB82 WEST 1234 5698 7654 33",
    "000-12-3456",
    "111.444.777-36",
    "12345678A",
    "300.1.2.3",
    "version 1.22.33.44",
    "12:34:56",
    "2024-11-24 10:15:00",
    "a @ b, or so",
    "1,234,567.89",
    "ISBN 978-3-16-148410-0",
  ])("nothing in %s", (value) => {
    expect(foundIn(value)).toEqual([]);
  });
});

describe("in columns", () => {
  it("counts rows, says why, and never shows a value whole", () => {
    const [finding, ...more] = find({ contact: text("ann@example.com", "", "none", "bob@example.org; cy@example.org") });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ column: "contact", kind: "email", count: 2, row: 0, why: "2 of 3 values hold e-mail addresses" });
    expect(finding?.share).toBeCloseTo(2 / 3);
    expect(finding?.examples).toEqual(["a…@e…", "b…@e…", "c…@e…"]);
    expect(masked("4111111111111111", "paymentCard")).toBe("4…");
  });

  it("looks at every name of categories once, and counts its rows", () => {
    const column: Column = { type: "category", categories: ["x@example.org", "nobody"], codes: Int32Array.of(0, 1, 0, -1) };
    expect(find({ owner: column })[0]).toMatchObject({ count: 2, why: "2 of 3 values hold e-mail addresses" });
  });

  it("takes a column of nothing but digits for what most of them pass as", () => {
    const cards = ["4111111111111111", "5555555555554444", "4012888888881881", "4242424242424242"];
    expect(find({ a: text(...cards) })[0]).toMatchObject({ kind: "paymentCard", count: 4 });
    expect(find({ a: text("4111111111111111", ...Array.from({ length: 9 }, (_, i) => String(5_000_000_000_000_000 + i))) })).toEqual([]);
    expect(find({ a: numbers(111222333, 123456782, 111222333, 100000009) })[0]).toMatchObject({ kind: "nationalId" });
  });

  it("takes ids, prices, counts and times for what they are", () => {
    const ids = Array.from({ length: 1000 }, (_, i) => 100_000_000 + i);
    expect(find({ id: numbers(...ids), price: numbers(19.99, 1_200_000_000), stamp: numbers(1_700_000_000, 1_700_000_100) })).toEqual([]);
    expect(find({ order: text(...ids.map(String)), sku: text("0042-1138", "0043-1139") })).toEqual([]);
  });

  it("listens to a column's name, in four languages, where the values could be that", () => {
    const names = text("Ann", "Bob", "Cy");
    for (const name of ["first_name", "Nachname", "prénom", "apellidos", "customerName"])
      expect(find({ [name]: names })[0], name).toMatchObject({ kind: "name", why: expect.stringContaining("its name says so") });
    expect(kindOfName("Geburtsdatum")?.kind).toBe("birthDate");
    expect(kindOfName("Straße")?.kind).toBe("address");
    expect(kindOfName("phoneNumber")?.kind).toBe("phone");
    expect(find({ phone: text("yes", "no", "yes") })).toEqual([]);
    for (const name of ["species", "island", "filename", "hostname", "rename", "model name", "telemetry", "street_type"])
      expect(kindOfName(name), name).toBeUndefined();
  });
});

const data = join(import.meta.dirname, "../../../../shared/data");

describe.skipIf(!existsSync(data))("in real tables", () => {
  it.each([
    ["seaborn/titanic.csv", "survived", []],
    ["seaborn/penguins.csv", "species", []],
    ["seaborn/diamonds.csv", "price", []],
    ["seaborn/taxis.csv", "fare", []],
    ["seaborn/tips.csv", "tip", []],
    ["movielens-latest-small/tags.csv", "tag", []],
    // Cars have names, too.
    ["seaborn/mpg.csv", "mpg", ["name: name"]],
  ])("%s", async (file, target, expected) => {
    const { columns } = await csvKind.load(csv({ text: readFileSync(join(data, file), "utf8"), target }), fakeIo());
    expect(find(columns).map(({ column, kind }) => `${column}: ${kind}`)).toEqual(expected);
  });
});
