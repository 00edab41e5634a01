// The stages that look: what they say, warn of, refuse, and remove.
import { describe, expect, it } from "vitest";
import { csvKind } from "../../../src/data/csv.ts";
import { checkAnonymity, csv, findPersonalData } from "../../../src/node/index.ts";
import { type CheckAnonymity, checkAnonymityStage } from "../../../src/stages/privacy/checkAnonymity.ts";
import { findPersonalDataStage } from "../../../src/stages/privacy/findPersonalData.ts";
import type { CleanResult } from "../../../src/stages/stage.ts";
import { finish } from "../../../src/stages/work.ts";
import { fakeIo } from "../../data/io.ts";

const tableOf = (text: string) => csvKind.load(csv({ text, target: "y" }), fakeIo());

describe("findPersonalData", () => {
  const text = "contact,first_name,age,y\nann@example.org,Ann,30,0\nbob@example.org,Bob,40,1\n";
  const find = async (settings: Parameters<typeof findPersonalData>[0] = {}): Promise<CleanResult> =>
    finish(findPersonalDataStage.apply(findPersonalData(settings), await tableOf(text), undefined));

  it("warns of every column, with masked examples and a way out", async () => {
    const { warnings, note, removed, changed } = await find();
    expect(warnings).toEqual([
      '"contact": 2 of 2 values hold e-mail addresses (a…@e…, b…@e…); drop the column, anonymize() it, or name it in ignore',
      '"first_name": its name says so, and 2 of 2 values could be (A…, B…); drop the column, anonymize() it, or name it in ignore',
    ]);
    expect(note).toContain('"contact"');
    expect([removed, changed]).toEqual([[], 0]);
  });

  it("looks at some columns only, and not at those that are known", async () => {
    expect((await find({ ignore: ["contact"] })).warnings).toHaveLength(1);
    expect(await find({ columns: ["age"] })).toMatchObject({ warnings: [], note: "none in 1 column" });
    await expect(find({ ignore: ["contcat"] })).rejects.toThrow('findPersonalData.ignore: there is no column "contcat"');
  });

  it("refuses in one line", async () => {
    await expect(find({ onFound: "refuse" })).rejects.toThrow(/^findPersonalData: "contact": 2 of 2 .*; "first_name": .*; drop the column/);
  });
});

describe("checkAnonymity", () => {
  // The 3-diverse example of two groups, and one person alone.
  const text = `age,zip,illness,y
20,A,flu,0
20,A,flu,1
20,A,cold,0
30,B,flu,1
30,B,flu,0
30,,flu,0
`;
  const check = async (settings: Partial<CheckAnonymity> = {}): Promise<CleanResult> =>
    finish(checkAnonymityStage.apply(checkAnonymity({ quasiIdentifiers: ["age", "zip"], ...settings }), await tableOf(text), undefined));

  it("states k, and how many rows are in groups that are too small", async () => {
    expect(await check({ k: 3 })).toMatchObject({
      removed: [],
      note: "k = 1: 3 of 6 rows are in groups of fewer than 3",
      warnings: ["k = 1: 3 of 6 rows are in groups of fewer than 3; row 3 is one of 2"],
    });
    expect(await check({ quasiIdentifiers: ["age"], k: 3 })).toEqual(
      expect.objectContaining({ note: "k = 3: 0 of 6 rows are in groups of fewer than 3" }),
    );
    expect((await check({ quasiIdentifiers: ["age"], k: 3 })).warnings).toBeUndefined();
  });

  it("counts the values of the sensitive column in each group", async () => {
    const { note, warnings } = await check({ quasiIdentifiers: ["age"], k: 3, sensitive: "illness" });
    expect(note).toBe("k = 3: 0 of 6 rows are in groups of fewer than 3; l = 1: 3 in groups with fewer than 2 sensitive values");
    expect(warnings).toEqual([`${note}; row 3 is one of 3`]);
  });

  it("removes what is too few, each row with the reason", async () => {
    const { table, removed, note } = await check({ k: 2, sensitive: "illness", onFail: "drop" });
    expect(Array.from(table.ids)).toEqual([0, 1, 2]);
    expect(removed).toEqual([
      { id: 3, reason: "one of 2 rows that are alike, with 1 values of illness" },
      { id: 4, reason: "one of 2 rows that are alike, with 1 values of illness" },
      { id: 5, reason: "one of 1 rows that are alike in the quasi-identifiers, fewer than 2" },
    ]);
    expect(note).toContain("before that k = 1");
  });

  it("refuses in one line", async () => {
    await expect(check({ onFail: "refuse" })).rejects.toThrow(
      'checkAnonymity: k = 1: 6 of 6 rows are in groups of fewer than 5; row 0 is one of 3; generalize more with anonymize(), or use onFail: "drop"',
    );
    expect(() => checkAnonymity({ quasiIdentifiers: ["age"], l: 2 })).toThrow("checkAnonymity.l: it counts the values of the column");
    await expect(check({ quasiIdentifiers: ["agee"] })).rejects.toThrow('there is no column "agee"');
  });
});
