// Which columns of a table hold data about people, and how that is known. It looks and changes nothing.
import type { Column } from "../../data/table.ts";
import type { Work } from "../work.ts";
import { cellsOf } from "./cells.ts";
import { kindOfName } from "./columnNames.ts";
import { occurrences, type PersonalKind, wholePatterns } from "./patterns.ts";
import { add, findingOf, isMost, type Tally, tallyOf } from "./tally.ts";

export interface PersonalFinding {
  readonly column: string;
  readonly kind: PersonalKind;
  /** How many rows hold one, of those that hold a value at all: that is `share`. */
  readonly count: number;
  readonly share: number;
  /** The place in the table of the first of them. */
  readonly row: number;
  /** A few of them, of which no more than the first character is shown: j…@e…. */
  readonly examples: readonly string[];
  /** One line for a person. */
  readonly why: string;
}

/**
 * Looks for e-mail addresses, phone numbers, payment cards, IBANs, IP addresses and national ids in texts, categories and single numbers, and
 * for names of columns that speak of names, addresses, birth dates and the above. One occurrence in a text is enough where the value has
 * a form of its own; of values that are nothing but digits 80 % must pass the check digits, three different ones at least. A name of a
 * column counts where half of the values could be what it says. Numbers of more than 15 digits are looked at as text only, the
 * pseudonyms that `anonymize` makes not at all. Yields rows.
 */
export function* personalData(columns: Readonly<Record<string, Column>>): Work<readonly PersonalFinding[]> {
  const findings: PersonalFinding[] = [];
  for (const [name, column] of Object.entries(columns)) {
    if ((column.type === "text" || column.type === "category") && column.pseudonyms === true) continue;
    const named = kindOfName(name);
    const cells = cellsOf(column, named !== undefined);
    if (cells === undefined) continue;
    const tallies = new Map<PersonalKind, Tally>();
    const ofDigits = wholePatterns.map((pattern) => ({ pattern, tally: tallyOf(pattern.kind) }));
    const fitting = named && tallyOf(named.kind);
    let [known, done] = [0, 0];
    for (const [text, rows, row] of cells) {
      if (done++ % SOME === 0) yield row;
      known += rows;
      if (fitting !== undefined && named?.values.test(text) === true) add(fitting, text, rows, row);
      if (MAY_BE_WHOLE.test(text)) {
        for (const { pattern, tally } of ofDigits) if (pattern.matches(text)) add(tally, text, rows, row, pattern.what);
      }
      if (DIGITS.test(text)) continue;
      const here = new Set<Tally>();
      for (const { pattern, start, end } of occurrences(text)) {
        const tally = tallies.get(pattern.kind) ?? tallyOf(pattern.kind);
        tallies.set(pattern.kind, tally);
        add(tally, text.slice(start, end), here.has(tally) ? 0 : rows, row, pattern.what);
        here.add(tally);
      }
    }
    for (const { tally } of ofDigits) {
      if (isMost(tally, known) && (tallies.get(tally.kind)?.count ?? 0) < tally.count) tallies.set(tally.kind, tally);
    }
    const said = fitting !== undefined && fitting.count > 0 && fitting.count * 2 >= known;
    if (said && !tallies.has(fitting.kind)) tallies.set(fitting.kind, fitting);
    for (const tally of tallies.values()) findings.push(findingOf(tally, name, known, said && tally.kind === fitting.kind));
  }
  return findings;
}

const SOME = 256;
const DIGITS = /^\d+$/;
const MAY_BE_WHOLE = /^[\d(][\d ()/-]{7,19}$/;
