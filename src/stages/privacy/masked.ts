// How a found value is shown: enough to find it again, too little to know it.
import type { PersonalKind } from "./patterns.ts";

/** The first character, and of an e-mail address that of its domain: j…@e…. */
export function masked(found: string, kind: PersonalKind): string {
  const first = (text: string): string => `${String.fromCodePoint(text.codePointAt(0) ?? 32)}…`;
  const at = kind === "email" ? found.lastIndexOf("@") : -1;
  return at > 0 && at + 1 < found.length ? `${first(found)}@${first(found.slice(at + 1))}` : first(found);
}
