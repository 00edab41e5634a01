// One value made into another that more people share.
import { PipelineError } from "../../errors.ts";
import { hmacSha256 } from "./sha256.ts";

const text = new TextEncoder();
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The first and the last characters; a value that has no more than those is masked whole. */
export function masking(first: number, last: number): (value: string | number) => string {
  return (value) => {
    const characters = [...String(value)];
    if (characters.length <= first + last) return "***";
    return `${characters.slice(0, first).join("")}***${last === 0 ? "" : characters.slice(-last).join("")}`;
  };
}

/** "< 18", "[18, 65)", ">= 65". */
export function rangeOf(borders: readonly number[]): (value: string | number) => string {
  return (value) => {
    const next = borders.findIndex((border) => (value as number) < border);
    if (next === 0) return `< ${borders[0]}`;
    return next < 0 ? `>= ${borders.at(-1)}` : `[${borders[next - 1]}, ${borders[next]})`;
  };
}

/** "[30, 40)" of 37 and a width of 10. */
export function widthOf(width: number): (value: string | number) => string {
  return (value) => {
    const place = Math.floor((value as number) / width);
    return `[${border(place * width)}, ${border((place + 1) * width)})`;
  };
}

/** 0.1 three times is 0.3 to a person. */
const border = (value: number): number => Number(value.toPrecision(12));

export const prefixOf =
  (length: number) =>
  (value: string | number): string =>
    [...String(value)].slice(0, length).join("");

const dated = (pattern: RegExp) => (value: string | number) => {
  const [found] = pattern.exec(String(value).trim()) ?? [];
  if (found === undefined) throw new PipelineError("data", "date", "expected one that begins as 2026-11-24 does");
  return found;
};

export const yearOf = dated(/^\d{4}(?=-\d\d\b)/);
export const monthOf = dated(/^\d{4}-\d\d\b/);

/** The first 128 bits of HMAC-SHA-256 under the salt, in hexadecimal. */
export function pseudonym(salt: string): (value: string | number) => string {
  const hmac = hmacSha256(text.encode(salt));
  return (value) => {
    const hash = hmac(text.encode(String(value)));
    let written = "";
    for (let i = 0; i < 16; i++) written += hex[hash[i] as number];
    return written;
  };
}
