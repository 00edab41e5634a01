// Tells when a table holds data about people that nobody has thought of.
import { type Descriptor, describe, list, oneOf, optional, type Rules, string } from "../../check.ts";
import { column } from "../../data/table.ts";
import { PipelineError } from "../../errors.ts";
import { type Columns, chosenColumns, columnsRule } from "../columns.ts";
import type { CleanStage } from "../stage.ts";
import { type PersonalFinding, personalData } from "./personalData.ts";

export interface FindPersonalData extends Descriptor {
  readonly kind: "findPersonalData";
  /** Without it, all of them. */
  readonly columns?: Columns;
  /** Columns that were looked at and found to be harmless. */
  readonly ignore?: readonly string[];
  /** Default "warn". */
  readonly onFound?: "warn" | "refuse";
}

const rules: Rules = { columns: optional(columnsRule), ignore: optional(list(1, string)), onFound: optional(oneOf("warn", "refuse")) };

/**
 * Looks for personal data in all columns, or in `columns`, and warns, or refuses to go on: e-mail
 * addresses, phone numbers, payment cards, IBANs, IP addresses and national ids by their form and check digits, inside longer texts too;
 * names, addresses and dates of birth by what the column is called. It changes nothing, shows no value whole, and finds what it knows: that it
 * finds nothing does not say that nothing is there.
 */
export function findPersonalData(settings: Omit<FindPersonalData, "kind"> = {}): FindPersonalData {
  return describe<FindPersonalData>("findPersonalData", settings, rules);
}

export const findPersonalDataStage: CleanStage<FindPersonalData> = {
  kind: "findPersonalData",
  rules,
  rowwise: false,
  *apply({ columns, ignore = [], onFound = "warn" }, table) {
    const at = "findPersonalData";
    for (const name of ignore) chosenColumns(table, [name], [], `${at}.ignore`);
    const names = chosenColumns(table, columns, Object.keys(table.columns), `${at}.columns`).filter((name) => !ignore.includes(name));
    const findings = yield* personalData(Object.fromEntries(names.map((name) => [name, column(table, name)])));
    const texts = findings.map(findingText);
    if (texts.length > 0 && onFound === "refuse") throw new PipelineError("data", at, `${texts.join("; ")}; ${WAY_OUT}`);
    return {
      table,
      removed: [],
      changed: 0,
      note: texts.length === 0 ? `none in ${names.length} ${names.length === 1 ? "column" : "columns"}` : texts.join("; "),
      warnings: texts.map((text) => `${text}; ${WAY_OUT}`),
    };
  },
};

const WAY_OUT = "drop the column, anonymize() it, or name it in ignore";

const findingText = ({ column, why, examples }: PersonalFinding): string => `"${column}": ${why} (${examples.join(", ")})`;
