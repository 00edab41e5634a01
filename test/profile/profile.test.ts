// A small dirty table, looked at from its text to what there is to do.
import { describe, expect, it } from "vitest";
import { inMemory } from "../../src/data/readableFile.ts";
import { draftPipeline } from "../../src/profile/draft.ts";
import type { Step } from "../../src/profile/inputs.ts";
import { type ColumnTold, type Profile, type ProfileOptions, profileTable } from "../../src/profile/profile.ts";
import { type CsvRead, type CsvSettings, readCsv } from "../../src/profile/readCsv.ts";
import { stepsOf } from "../../src/profile/steps.ts";
import { finish } from "../../src/stages/work.ts";

const io = { progress: () => undefined, warn: () => undefined, pause: async () => undefined };
const read = (text: string, settings: CsvSettings = {}): Promise<CsvRead> =>
  readCsv(inMemory(new TextEncoder().encode(text), "table.csv"), settings, io);
async function profiled(text: string, options: ProfileOptions = {}, settings: CsvSettings = {}): Promise<Profile> {
  return finish(profileTable(await read(text, settings), options));
}
const table = (header: string, rows: number, row: (i: number) => string): string =>
  `${[header, ...Array.from({ length: rows }, (_, i) => row(i))].join("\n")}\n`;

function column(profile: Profile, name: string): ColumnTold {
  const found = profile.columns.find((c) => c.name === name);
  if (found === undefined) throw new Error(`there is no column ${name}`);
  return found;
}
const codes = (steps: readonly Step[]): string[] => steps.map(({ code, sure }) => `${sure ? "" : "? "}${code}`);

describe("types", () => {
  it("are told with what is surprising about them", async () => {
    const profile = await profiled(
      table("id,age,day,zip,note,ok", 60, (i) =>
        [
          i + 1,
          20 + (i % 40) / 2,
          `2024-03-${String(1 + (i % 28)).padStart(2, "0")}`,
          8000 + (i % 5),
          `"some words on row ${i} that differ"`,
          i % 2 ? "yes" : "no",
        ].join(","),
      ),
    );
    expect(profile.columns.map(({ name, type, distinct, unique }) => [name, type, distinct, unique])).toEqual([
      ["id", "numbers", 60, true],
      ["age", "numbers", 40, false],
      ["day", "dates", 28, false],
      ["zip", "numbers", 5, false],
      ["note", "text", 60, true],
      ["ok", "categories", 2, false],
    ]);
    expect(column(profile, "day").dates).toMatchObject({ from: "2024-03-01", to: "2024-03-28" });
    expect(column(profile, "zip").why).toBe("whole numbers of 5 kinds, and by its name they may be categories");
    expect(column(profile, "note").why).toContain("text rather than categories");
  });
  it.each([
    ["31.12.2023", "2023-12-31"],
    ["12/31/2023", "2023-12-31"],
    ["2023/12/31", "2023-12-31"],
    ["2023-12-31 23:59:59", "2023-12-31 23:59"],
  ])("knows %s for a date", async (written, to) => {
    const { columns } = await profiled(
      table("when,x", 30, (i) => `${i < 10 ? written : written.replace("31", String(10 + i / 2).slice(0, 2))},${i}`),
    );
    expect(columns[0]).toMatchObject({ type: "dates", dates: { to } });
  });
  it("of numbers in a foreign notation come with the setting that reads them", async () => {
    const profile = await profiled(
      table("a;b;c", 30, (i) => `${i},5;"1,${String(100 + i)}";${i} kg`),
      {},
      { delimiter: ";" },
    );
    expect(profile.columns.map(({ notation, unit }) => notation ?? unit)).toEqual(["decimal comma", "decimal comma", { unit: "kg" }]);
    expect(codes(stepsOf(profile))).toContain('decimal: ","');
  });
  it("of numbers with a unit come with the stage that reads them", async () => {
    const rows = table("pay;cost;share;mass;y", 60, (i) =>
      [
        `${i}.${String(100 + i)},50 €`,
        `$${(i * 37) % 61},000`,
        i % 9 ? `${(i * 17) % 53} %` : "-",
        i % 20 ? `${(i * 23) % 59} kg` : "a lot",
        (i * 7) % 5,
      ].join(";"),
    );
    const profile = await profiled(rows, { target: "y" }, { delimiter: ";" });
    expect(profile.columns.map(({ type }) => type)).toEqual(["numbers", "numbers", "numbers", "numbers", "numbers"]);
    expect(column(profile, "pay").moments).toMatchObject({ min: 100.5, max: 59159.5 });
    expect(column(profile, "mass").why).toBe('3 cells are no numbers: "a lot"');
    expect(codes(stepsOf(profile))).toEqual([
      'parseMissing(["-"], { columns: ["share"] })',
      'castTypes({ pay: "number" }, { unit: "€", decimal: ",", thousands: "." })',
      'castTypes({ cost: "number" }, { unit: "$", thousands: "," })',
      'castTypes({ share: "number" }, { unit: "%" })',
      'castTypes({ mass: "number" }, { unit: "kg", invalid: "missing" })',
      'fillMissing({ strategy: "median", columns: "numeric" })',
      "stratify: true",
    ]);
    // Grams among kilograms are no numbers of the same kind.
    const mixed = await profiled(table("mass,y", 60, (i) => `${i} ${i % 2 ? "g" : "kg"},${i % 3}`));
    expect(column(mixed, "mass")).toMatchObject({ type: "categories" });
  });
});

describe("what is missing", () => {
  it("is counted as it is written, in columns of numbers and of names", async () => {
    const profile = await profiled(
      table("n,c,z", 40, (i) => `${["?", "NA", "", i][Math.min(3, i % 8)]},${["?", "x", "y", ""][i % 4]},${i % 10 === 0 ? "-" : i}`),
    );
    expect(column(profile, "n")).toMatchObject({ type: "numbers", missing: { count: 15, share: 15 / 40 } });
    expect(column(profile, "n").missing.tokens.toSorted((a, b) => (a.value < b.value ? -1 : 1))).toEqual([
      { value: "", count: 5 },
      { value: "?", count: 5 },
      { value: "NA", count: 5 },
    ]);
    expect(column(profile, "c").missing).toMatchObject({
      count: 20,
      tokens: [
        { value: "", count: 10 },
        { value: "?", count: 10 },
      ],
    });
    const z = column(profile, "z");
    expect(z).toMatchObject({ type: "numbers", read: "categories", why: '4 cells are no numbers: "-"', mixed: { numbers: 36 } });
    expect(z.missing.suspects).toEqual([{ value: "-", count: 4 }]);
    expect(codes(stepsOf(profile))).toEqual(
      expect.arrayContaining([
        'parseMissing(["-"], { columns: ["z"] })',
        'castTypes({ z: "number" })',
        'fillMissing({ strategy: "median", columns: "numeric" })',
      ]),
    );
  });
  it("may be a code far from the rest", async () => {
    const profile = await profiled(
      table("a,b,c", 60, (i) => `${i % 12 === 0 ? -999 : i % 50},${i % 20 === 0 ? 0 : 40 + (i % 17)},${i % 9 === 0 ? 99 : i % 90}`),
    );
    expect(profile.columns.map(({ missing }) => missing.suspects)).toEqual([[{ value: "-999", count: 5 }], [{ value: "0", count: 3 }], []]);
    expect(codes(stepsOf(profile))).toContain('? parseMissing([-999], { columns: ["a"] })');
  });
});

describe("names", () => {
  it("in several spellings are put together", async () => {
    const spelt = ["Male", "male", "Female", '"Female "', "Female"];
    const profile = await profiled(
      table("sex,label", 50, (i) => `${spelt[i % 5]},${i % 10 === 0 ? "YES" : i % 2 ? "no" : "yes"}`),
      { target: "label" },
    );
    expect(column(profile, "sex").spellings).toEqual([
      [
        { value: "Male", count: 10 },
        { value: "male", count: 10 },
      ],
      [
        { value: "Female", count: 20 },
        { value: "Female ", count: 10 },
      ],
    ]);
    expect(codes(stepsOf(profile))).toEqual(
      expect.arrayContaining(['fixLabels({ YES: "yes" })', 'mapValues({ sex: { male: "Male", "Female ": "Female" } })']),
    );
  });
  it("that are classes are drafted as the classes that are left", async () => {
    const text = table("x,label", 60, (i) => `${(i * 37) % 41},${["yes", "no", "Yes", "NO", "no "][i % 5]}`);
    const drafted = async (csv: string): Promise<string> =>
      draftPipeline(await profiled(csv, { target: "label" }), { kind: "csv", path: "table.csv", settings: {} });
    const draft = await drafted(text);
    expect(draft).toContain("// label (2 classes) from 1 column of table.csv");
    expect(draft).toContain('dense(1, { activation: "sigmoid" })');
    expect(draft).toContain("stratify: true");
    await expect(drafted(text.replace(/no\b/gi, "yes"))).rejects.toThrow('column "label": it is the same in every row');
  });
});

describe("suspicions", () => {
  const leaky = table("id,same,copy,clue,luck,target", 200, (i) => {
    const yes = (i * 7919) % 3 === 0;
    const x = ((i * 37) % 101) / 10;
    return [1000 + i, "x", x, yes ? "A" : "B", (i * 31) % 53, yes ? 1 : 0].concat(x * 2).join(",");
  }).replace("target\n", "target,twice\n");
  it("are told: what gives the target away, is the same in every row, names rows, or says nothing new", async () => {
    const profile = await profiled(leaky, { target: "target" });
    expect(profile.target).toEqual({ name: "target", task: "classification", missing: 0, classes: [expect.anything(), expect.anything()] });
    expect(column(profile, "clue").telling).toMatchObject({ leak: "certain", oneToOne: true, alone: { metric: "AUC", value: 1 } });
    expect(column(profile, "luck").telling?.leak).toBeUndefined();
    expect(column(profile, "same").constant).toBe(true);
    expect(profile.alike).toEqual([{ columns: ["copy", "twice"], how: "in step", r: expect.closeTo(1, 12) }]);
    expect(codes(stepsOf(profile))).toEqual([
      'dropColumns(["clue"])',
      'dropColumns(["same"])',
      'dropColumns(["id"])',
      '? dropColumns(["twice"])',
      "stratify: true",
    ]);
  });
  it("see a number of the row though some rows stand there twice", async () => {
    const rows = table("id,code,x,y", 100, (i) => `${i},K${i},${(i * 37) % 11},${i % 2}`);
    const twice = `${rows}${rows.split("\n").slice(5, 12).join("\n")}\n`;
    const { columns } = await profiled(twice, { target: "y" });
    expect(columns.map(({ unique }) => unique)).toEqual([true, true, false, false]);
    // Where most rows are repeated, names of things are no numbers of rows.
    const log = await profiled(
      table("item,y", 300, (i) => `item ${i % 100},${i % 2}`),
      { target: "y" },
    );
    expect(column(log, "item").unique).toBe(false);
  });
  it("of rows that stand there twice say what a split would do", async () => {
    const { duplicates } = await profiled("a,b,y\n1,x,0\n2,y,1\n1,x,0\n1,x,1\n2,y,1\n2,y,1\n", { target: "y" });
    expect(duplicates).toMatchObject({ rows: 3, example: [2, 0], inputs: 4, contradicting: 1 });
    // A group of three and one of two, of which a fifth is test.
    expect(duplicates.straddling).toBeCloseTo(3 * 0.2 * (1 - 0.2 ** 2) + 2 * 0.2 * (1 - 0.2), 12);
  });
});

describe("personal data", () => {
  it("is found, shown masked and nowhere else, and left out", async () => {
    const text = table(
      "mail,phone,age,y",
      60,
      (i) => `p${i % 40}@example.org,+41 79 ${100 + (i % 40)} 22 33,${20 + (i % 30)},${(i * 7919) % 3 ? "a" : "b"}`,
    );
    const profile = await profiled(text, { target: "y" });
    expect(profile.personal.map(({ column, kind, count }) => [column, kind, count])).toEqual([
      ["mail", "email", 60],
      ["phone", "phone", 60],
    ]);
    expect(JSON.stringify(profile)).not.toMatch(/example\.org|22 33/);
    expect(codes(stepsOf(profile)).slice(0, 2)).toEqual(['dropColumns(["mail"])', 'dropColumns(["phone"])']);
  });
});

it("tells amounts by their correlation and their R²", async () => {
  const profile = await profiled(
    table("x,curve,noise,group,y", 300, (i) => {
      const x = (i * 73) % 300;
      return [x, Math.exp(x / 40).toFixed(6), (i * 7919) % 211, x > 150 ? "b" : "a", x + 0.25].join(",");
    }),
    { target: "y" },
  );
  expect(profile.target).toEqual({ name: "y", task: "regression", missing: 0 });
  expect(column(profile, "x").telling).toMatchObject({ association: { measure: "r", strength: expect.closeTo(1, 9) }, leak: "certain" });
  expect(column(profile, "curve").telling?.association).toMatchObject({ measure: "ρ", value: expect.closeTo(1, 9) });
  expect(column(profile, "group").telling?.association.measure).toBe("η");
  expect(column(profile, "noise").telling?.alone?.skill).toBeLessThan(0.05);
});

it("looks at some rows of a long table, says so, and counts the others all the same", async () => {
  const text = table("x,c,y", 3000, (i) => `${(i * 37) % 1009},${"abc"[i % 3]},${i % 3 === 0 ? "p" : "q"}`);
  const [all, some] = [await profiled(text, { target: "y" }), await profiled(text, { target: "y", sample: 500 })];
  expect(some.notes).toEqual([expect.stringContaining("of 500 rows drawn from all 3,000")]);
  expect(some.columns.map(({ moments, top }) => [moments, top])).toEqual(all.columns.map(({ moments, top }) => [moments, top]));
  expect(column(some, "c").telling?.association).toEqual(column(all, "c").telling?.association);
  expect(column(some, "c").telling?.alone?.value).toBe(1);
});

describe("how the file is laid out", () => {
  it.each([
    ["names", "a,b\n1,2\n3,4\n", {}, []],
    ["names that are years", "city,2019,2020\nRom,1,2\nBern,3,4\n", {}, []],
    ["names that count", "label,0,1\n5,1,2\n6,3,4\n", {}, []],
    ["no names", "39,Private,7\n40,State,8\n41,Private,9\n", { header: false }, [/^no row of names: the first holds "39"/]],
    [
      "a remark of another length",
      "3,2,A,B\n1.5,2,0\n2.5,3,1\n3.5,1,0\n",
      { skip: 1, header: false },
      [/^the first line is left out: it has 4 cells/, /^no row/],
    ],
    [
      "a remark of the same length",
      "150,4,setosa\n5.1,3.5,0\n4.9,3,0\n",
      { skip: 1, header: false },
      [/"setosa" stands there over numbers/, /^no row/],
    ],
  ] as const)("is found out: %s", async (_, text, settings, notes) => {
    const found = await read(text);
    expect(found.settings).toEqual(settings);
    expect(found.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
  });
  it("is what was said, where something was said", async () => {
    const found = await read("1;2\n3;4\n", { header: true });
    expect([found.settings, Object.keys(found.columns), found.rows, found.delimiter]).toEqual([{ header: true }, ["1", "2"], 1, ";"]);
  });
});

it("stratifies only what every part can have some of, and weighs what is rare", async () => {
  const rare = (count: number): string => table("x,y", 100, (i) => `${((i * 37) % 101) / 2},${i < count ? "yes" : "no"}`);
  expect(codes(stepsOf(await profiled(rare(3), { target: "y" })))).toEqual(['? classWeight: "balanced"']);
  expect(codes(stepsOf(await profiled(rare(8), { target: "y" })))).toEqual(["stratify: true", '? classWeight: "balanced"']);
  expect(codes(stepsOf(await profiled(rare(40), { target: "y" })))).toEqual(["stratify: true"]);
});

it("refuses a target that is not there, or that is not what it is said to be", async () => {
  const text = "age,income\n1,low\n2,high\n";
  await expect(profiled(text, { target: "incom" })).rejects.toThrow('target: unknown column "incom"; did you mean "income"?');
  await expect(profiled(text, { target: "income", task: "regression" })).rejects.toThrow('column "income": it holds names such as "low"');
  await expect(read("a,b\n")).rejects.toThrow("table.csv: there are no rows");
});
