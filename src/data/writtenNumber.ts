// Text → number, where people have written it: "1.234,50 €", "$1,299", "12 %".
import { type NumberFormat, numberOfText } from "./csv/parseNumber.ts";

export interface WrittenNumber {
  readonly decimal?: NumberFormat["decimal"] | undefined;
  readonly thousands?: NumberFormat["thousands"];
  /** What stands before or behind it, such as "€". */
  readonly unit?: string | undefined;
}

/** The number that a text spells, spaces around it and its unit aside; NaN where it spells none, or none that is finite. */
export function writtenNumber({ decimal = ".", thousands, unit = "" }: WrittenNumber): (text: string) => number {
  return (text) => {
    const number = numberOfText(withoutUnit(text.trim(), unit), { decimal, thousands });
    return Number.isFinite(number) ? number : Number.NaN;
  };
}

function withoutUnit(text: string, unit: string): string {
  if (unit === "") return text;
  if (text.endsWith(unit)) return text.slice(0, -unit.length).trimEnd();
  const sign = /^[+-]?\s*/.exec(text)?.[0] ?? "";
  const rest = text.slice(sign.length);
  return rest.startsWith(unit) ? sign.trim() + rest.slice(unit.length).trimStart() : text;
}
