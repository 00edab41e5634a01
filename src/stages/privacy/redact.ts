// A text with what it tells of people replaced by what it was.
import { occurrences, type ValueKind } from "./patterns.ts";

const labels: Readonly<Record<ValueKind, string>> = {
  email: "[EMAIL]",
  iban: "[IBAN]",
  ipAddress: "[IP]",
  nationalId: "[ID]",
  paymentCard: "[CARD]",
  phone: "[PHONE]",
};

export function redacted(text: string): string {
  let made = "";
  let done = 0;
  for (const { pattern, start, end } of occurrences(text)) {
    made += text.slice(done, start) + labels[pattern.kind];
    done = end;
  }
  return made + text.slice(done);
}
