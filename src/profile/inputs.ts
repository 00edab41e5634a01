// Which columns a model is to read, and why the others are left out.
import { normalizeStages } from "../stages/index.ts";
import { callOf } from "./literal.ts";
import type { ColumnTold, Profile } from "./profile.ts";

export interface Step {
  /** The key of the pipeline that it belongs to. */
  readonly at: "source" | "clean" | "normalize" | "split" | "train";
  /** What to write there. */
  readonly code: string;
  /** The functions that it calls. */
  readonly uses: readonly string[];
  readonly why: string;
  /** Whether it can be done without knowing more than the table says. */
  readonly sure: boolean;
}

/** A column of which more is missing than this says too little to be filled. */
const MOSTLY_MISSING = 0.6;
/** Columns of more names than this are encoded by what the target is among the rows of each. */
export const MOST_ONE_HOT = 40;

/** Whether the package has this stage. */
export const has = (stage: string): boolean => Object.hasOwn(normalizeStages, stage);

/** What to do about columns that do not help, and those that are inputs without them. */
export function columnsLeft(profile: Profile): { readonly steps: readonly Step[]; readonly kept: readonly ColumnTold[] } {
  const steps: Step[] = [];
  const gone = new Set<string>(profile.target && [profile.target.name]);
  const drop = (columns: readonly ColumnTold[], why: (names: string) => string, sure = true): void => {
    const names = columns.map(({ name }) => name).filter((name) => !gone.has(name));
    if (names.length === 0) return;
    steps.push({ at: "clean", code: callOf("dropColumns", names), uses: ["dropColumns"], why: why(listed(names)), sure });
    if (sure) for (const name of names) gone.add(name);
  };
  const all = profile.columns.filter(({ name }) => !gone.has(name));
  const target = profile.target?.name;
  const leaks = all.filter(({ telling }) => telling?.leak === "certain");
  drop(leaks, (names) => `${names} ${leaks.length === 1 ? "gives" : "give"} ${target} away alone`);
  drop(
    all.filter(({ constant }) => constant),
    (names) => `${names}: always the same, or empty`,
  );
  for (const { name, kinds } of personalColumns(profile)) {
    drop(
      all.filter((c) => c.name === name),
      () => `${name}: personal data (${kinds}), which tells of people rather than of ${target ?? "what is to be learned"}`,
    );
  }
  drop(
    all.filter(({ unique, notation }) => unique && notation === undefined),
    (names) => `${names}: another value in every row, which says nothing of the next`,
  );
  drop(
    all.filter(({ type }) => type === "dates"),
    (names) => `${names}: dates; split: { orderBy: … } can keep what came later for the test`,
  );
  drop(
    all.filter(({ type }) => type === "text"),
    (names) => `${names}: text; a model of its own reads it (tokenize(), tfidf())`,
  );
  drop(
    all.filter(({ missing }) => missing.share > MOSTLY_MISSING),
    (names) => `${names}: mostly missing`,
  );
  drop(
    all.filter((c) => isNames(c) && c.notation === undefined && c.distinct > Math.max(MOST_ONE_HOT, (profile.rows - c.missing.count) / 4)),
    (names) => `${names}: nearly as many names as rows`,
  );
  if (!has("targetEncode")) {
    drop(
      all.filter((c) => isNames(c) && c.distinct > 500),
      (names) => `${names}: too many names for a number each`,
    );
  }
  for (const { columns, how } of profile.alike) {
    const [first, second] = columns;
    if (gone.has(first)) continue;
    const same = how === "in step" ? `goes in step with ${first}: one of the two may do` : `says the same as ${first}`;
    drop(
      all.filter(({ name }) => name === second),
      (name) => `${name} ${same}`,
      how !== "in step",
    );
  }
  const likely = all.filter(({ telling }) => telling?.leak === "likely");
  drop(likely, (names) => `${names}: nearly enough to tell ${target} alone; is it known before ${target} is?`, false);
  return { steps, kept: all.filter(({ name }) => !gone.has(name)) };
}

function personalColumns({ personal }: Profile): readonly { readonly name: string; readonly kinds: string }[] {
  const names = [...new Set(personal.map(({ column }) => column))];
  return names.map((name) => ({ name, kinds: personal.flatMap(({ column, kind }) => (column === name ? [kind] : [])).join(", ") }));
}

export const isNames = ({ type }: ColumnTold): boolean => type === "categories";
export const listed = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
