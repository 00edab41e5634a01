// What there is to do about a table, as steps that can be written into a pipeline: each with its reason.
import { columnsLeft, has, isNames, listed, MOST_ONE_HOT, type Step } from "./inputs.ts";
import { callOf, literal } from "./literal.ts";
import type { ColumnTold, Profile } from "./profile.ts";
import { byCount, type Count, looksMissing } from "./written.ts";

const SKEWED = 3;
const RARE = 0.1;
const grouped = (n: number): string => n.toLocaleString("en-US");
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** In the order in which they are to be done. */
export function stepsOf(profile: Profile): readonly Step[] {
  const left = columnsLeft(profile);
  const inputs = left.kept;
  return [
    ...notationSteps(inputs),
    ...left.steps,
    ...missingSteps(inputs),
    ...spellingSteps(profile, inputs),
    ...rowSteps(profile),
    ...fillSteps(inputs),
    ...scaleSteps(inputs),
    ...classSteps(profile),
  ];
}

function notationSteps(inputs: readonly ColumnTold[]): Step[] {
  const of = (notation: ColumnTold["notation"]): string => listed(inputs.filter((c) => c.notation === notation).map(({ name }) => name));
  const [comma, thousands] = [of("decimal comma"), of("thousands")];
  return [
    ...(comma === ""
      ? []
      : [{ at: "source", code: 'decimal: ","', uses: [], why: `${comma}: numbers with a decimal comma`, sure: true } as const]),
    ...(thousands === ""
      ? []
      : [
          {
            at: "source",
            code: 'thousands: ","',
            uses: [],
            why: `${thousands}: numbers with commas between thousands`,
            sure: true,
          } as const,
        ]),
  ];
}

/** Values that stand for "not known", and numbers that were read as names because of them. */
function missingSteps(inputs: readonly ColumnTold[]): Step[] {
  const steps = inputs.flatMap(({ name, missing: { suspects } }): Step[] => {
    const texts = suspects.filter(({ value }) => looksMissing(value)).map(({ value }) => value);
    const codes = suspects.filter(({ value }) => !looksMissing(value));
    const at = { at: "clean", uses: ["parseMissing"] } as const;
    return [
      ...(texts.length === 0
        ? []
        : [
            {
              ...at,
              code: callOf("parseMissing", texts, { columns: [name] }),
              why: `${name}: ${texts.map(literal).join(", ")} looks like a missing value`,
              sure: true,
            },
          ]),
      ...codes.map(({ value, count }) => ({
        ...at,
        code: callOf("parseMissing", [Number(value)], { columns: [name] }),
        why: `${name}: ${value} stands far from the rest, ${grouped(count)} times; does it mean "not known"?`,
        sure: false,
      })),
    ];
  });
  return [...steps, ...castSteps(inputs.filter(({ mixed, type }) => mixed !== undefined && type === "numbers"))];
}

/** One for each way in which numbers are written. */
function castSteps(mixed: readonly ColumnTold[]): Step[] {
  const ways = Map.groupBy(mixed, ({ unit }) => JSON.stringify(unit));
  return [...ways.values()].map((columns): Step => {
    const unit = columns[0]?.unit;
    const others = columns.some(({ mixed: m }) => m?.names.some(({ value }) => !looksMissing(value)));
    const settings = { ...unit, ...(others && { invalid: "missing" }) };
    const types = Object.fromEntries(columns.map(({ name }) => [name, "number"]));
    const why = `${listed(columns.map(({ name }) => name))}: numbers with ${unit === undefined ? "other cells among them" : "a unit"}`;
    const code = callOf("castTypes", types, ...(Object.keys(settings).length === 0 ? [] : [settings]));
    return { at: "clean", code, uses: ["castTypes"], why, sure: true };
  });
}

function spellingSteps({ target, columns }: Profile, inputs: readonly ColumnTold[]): Step[] {
  const map = (c: ColumnTold): Record<string, string> =>
    Object.fromEntries(c.spellings.flatMap(([first, ...rest]) => rest.map(({ value }) => [value, first?.value as string])));
  const labels = columns.find(({ name }) => name === target?.name);
  const spelt = inputs.filter(({ spellings }) => spellings.length > 0);
  return [
    ...(labels === undefined || labels.spellings.length === 0
      ? []
      : [
          {
            at: "clean",
            code: callOf("fixLabels", map(labels)),
            uses: ["fixLabels"],
            why: `${labels.name}: one class in several spellings`,
            sure: true,
          } as const,
        ]),
    ...spelt.map(
      (c) =>
        ({
          at: "clean",
          code: callOf("mapValues", { [c.name]: map(c) }),
          uses: ["mapValues"],
          why: `${c.name}: one name in several spellings`,
          sure: true,
        }) as const,
    ),
  ];
}

function rowSteps({ duplicates, rows, target, columns }: Profile): Step[] {
  const steps: Step[] = [];
  const { rows: same, straddling } = duplicates;
  // Rows of few kinds of values may well be equal by chance; rows of measurements are not.
  const measured = columns.filter(({ name, distinct }) => name !== target?.name && distinct > Math.min(50, rows / 4)).length;
  if (same > 0) {
    const why = `${grouped(same)} ${same === 1 ? "row stands" : "rows stand"} there twice: of a random test fifth about ${Math.max(1, Math.round(straddling))} would be known from training`;
    steps.push({
      at: "clean",
      code: "dropDuplicates()",
      uses: ["dropDuplicates"],
      why,
      sure: measured >= 5 || (measured >= 2 && same < rows / 10),
    });
  }
  if (target !== undefined && target.missing > 0) {
    const why = `${target.name} is missing in ${target.missing === 1 ? "1 row" : `${grouped(target.missing)} rows`}`;
    steps.push({ at: "clean", code: callOf("dropMissing", { columns: [target.name] }), uses: ["dropMissing"], why, sure: true });
  }
  return steps;
}

function fillSteps(inputs: readonly ColumnTold[]): Step[] {
  const lacking = inputs.filter(({ missing: { count, suspects } }) => count > 0 || suspects.some(({ value }) => looksMissing(value)));
  const numbers = lacking.filter(({ type }) => type === "numbers");
  const names = lacking.filter(isNames);
  const told = (columns: readonly ColumnTold[]): string => listed(columns.map(({ name, missing }) => `${name} ${percent(missing.share)}`));
  const at = { at: "clean", uses: ["fillMissing"], sure: true } as const;
  return [
    ...(numbers.length === 0
      ? []
      : [{ ...at, code: callOf("fillMissing", { strategy: "median", columns: "numeric" }), why: `missing: ${told(numbers)}` }]),
    ...(names.length === 0
      ? []
      : [
          {
            ...at,
            code: callOf("fillMissing", { strategy: "constant", value: "unknown", columns: "category" }),
            why: `missing: ${told(names)}`,
          },
        ]),
  ];
}

function scaleSteps(inputs: readonly ColumnTold[]): Step[] {
  const skewed = inputs.filter(({ moments }) => moments !== undefined && moments.skewness > SKEWED && moments.min >= 0 && moments.max > 50);
  const many = inputs.filter((c) => isNames(c) && c.distinct > MOST_ONE_HOT);
  const names = (columns: readonly ColumnTold[]): string[] => columns.map(({ name }) => name);
  return [
    ...(skewed.length === 0 || !has("log1p")
      ? []
      : [
          {
            at: "normalize",
            code: callOf("log1p", { columns: names(skewed) }),
            uses: ["log1p"],
            why: `${listed(names(skewed))}: a long tail of large numbers`,
            sure: true,
          } as const,
        ]),
    ...(many.length === 0 || !has("targetEncode")
      ? []
      : [
          {
            at: "normalize",
            code: callOf("targetEncode", { columns: names(many) }),
            uses: ["targetEncode"],
            why: `${listed(names(many))}: too many names for a number each`,
            sure: true,
          } as const,
        ]),
  ];
}

function classSteps(profile: Profile): Step[] {
  const { target, rows } = profile;
  const classes = classesLeft(profile);
  const rarest = classes?.at(-1);
  if (classes === undefined || rarest === undefined) return [];
  const share = rarest.count / (rows - (target?.missing ?? 0));
  const steps: Step[] = [];
  if (canStratify(classes))
    steps.push({ at: "split", code: "stratify: true", uses: [], why: "every part has its share of every class", sure: true });
  if (classes.length === 2 && share < RARE)
    steps.push({
      at: "train",
      code: 'classWeight: "balanced"',
      uses: [],
      why: `only ${percent(share)} of the rows are ${JSON.stringify(rarest.value)}`,
      sure: false,
    });
  return steps;
}

/** The classes that are left once each is spelt in one way, the most frequent first. */
export function classesLeft({ target, columns }: Profile): readonly Count[] | undefined {
  const spelt = new Map<string, string>();
  for (const [first, ...rest] of columns.find(({ name }) => name === target?.name)?.spellings ?? [])
    for (const { value } of rest) spelt.set(value, (first as Count).value);
  const counts = new Map<string, number>();
  for (const { value, count } of target?.classes ?? []) {
    const name = spelt.get(value) ?? value;
    counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return target?.classes && byCount([...counts].map(([value, count]) => ({ value, count })));
}

/** Each part of a split needs rows of each class. */
export const canStratify = (classes: readonly Count[] = []): boolean => (classes.at(-1)?.count ?? 0) >= 5;
