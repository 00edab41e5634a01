// What personal data looks like inside a text. A pattern finds candidates; check digits, where there are any, decide.
import { bsn, cpf, dni, luhn, mod97, nir, steuerId, verhoeff } from "./checkDigits.ts";

/** What is found by its value; a column's name tells of birth dates, names and addresses, too. */
export type ValueKind = "email" | "iban" | "paymentCard" | "ipAddress" | "nationalId" | "phone";
export type PersonalKind = ValueKind | "birthDate" | "name" | "address";

export interface Pattern {
  readonly kind: ValueKind;
  /** For a person, as in "3 of 10 values hold …". */
  readonly what: string;
  readonly find: RegExp;
  /** How many characters of a candidate it is: 0 is none. Default all. */
  readonly length?: (candidate: string) => number;
}

/** Of a candidate all or nothing, judged by its letters and digits. */
const whole =
  (valid: (characters: string) => boolean) =>
  (candidate: string): number =>
    valid(candidate.replace(/[ .-]/g, "")) ? candidate.length : 0;

/** Prefixes and lengths of Visa, Mastercard, American Express, Diners Club, JCB, Discover, UnionPay and Maestro. */
const cards =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17}|(?:5018|5020|5038|6304|6759|676[1-3])\d{8,15})$/;

const isCard = (digits: string): boolean => cards.test(digits) && luhn(digits);

/** Characters of an IBAN by country, of the registry's release 99. */
const ibanLengths =
  "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

/** The groups of four may run on into capitals behind it: the country says where it ends. */
function ibanLength(candidate: string): number {
  const place = ibanLengths.indexOf(candidate.slice(0, 2));
  if (place < 0 || place % 4 !== 0) return 0;
  const most = Number(ibanLengths.slice(place + 2, place + 4));
  let [characters, end] = [0, 0];
  while (end < candidate.length && characters < most) if (candidate[end++] !== " ") characters++;
  const next = candidate[end];
  const iban = candidate.slice(0, end).replaceAll(" ", "");
  return characters === most && (next === undefined || next === " ") && mod97(iban) ? end : 0;
}

function ipv6Length(candidate: string): number {
  const groups = candidate.split(":").filter((group) => group !== "");
  const short = candidate.split("::").length - 1;
  const fits =
    short === 0 ? groups.length === 8 && candidate.split(":").length === 8 : short === 1 && groups.length > 2 && groups.length < 8;
  return fits && /\d/.test(candidate) && !/^:[^:]|[^:]:$/.test(candidate) ? candidate.length : 0;
}

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

/** In the order in which they are looked for: what one has found is not another's. */
export const patterns: readonly Pattern[] = [
  {
    kind: "email",
    what: "e-mail addresses",
    find: /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}_%+][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}_@])/gu,
  },
  {
    kind: "iban",
    what: "IBANs (length by country, check digits)",
    find: /(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?!\w)/g,
    length: ibanLength,
  },
  {
    kind: "nationalId",
    what: "French social security numbers (NIR, with key)",
    find: /(?<![\w.-])[12] ?\d\d ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d\d|2[AB]) ?\d{3} ?\d{3} ?\d\d(?![\w-])/g,
    length: whole(nir),
  },
  {
    kind: "paymentCard",
    what: "payment card numbers (prefix, length, Luhn's check digit)",
    find: /(?<![\w.+-]|\d )(?:\d{12,19}|\d{4}(?:([ -])\d{4}){2}\1\d{1,7}|3\d{3}([ -])\d{6}\2\d{4,5})(?![\w-]|[ .,]\d)/g,
    length: whole(isCard),
  },
  {
    kind: "nationalId",
    what: "Indian Aadhaar numbers (Verhoeff's check digit)",
    find: /(?<![\w.-]|\d )[2-9]\d{3}([ -])\d{4}\1\d{4}(?![\w-]| \d)/g,
    length: whole(verhoeff),
  },
  {
    kind: "nationalId",
    what: "Brazilian CPFs (check digits)",
    find: /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d\d(?![\w-])/g,
    length: whole(cpf),
  },
  {
    kind: "nationalId",
    what: "US social security numbers (shape, numbers that are issued)",
    find: /(?<![\w.-])(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}(?![\w-])/g,
  },
  {
    kind: "nationalId",
    what: "UK national insurance numbers (shape)",
    find: /(?<!\w)(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\d\d ?){3}[A-D](?!\w)/g,
  },
  {
    kind: "nationalId",
    what: "Spanish DNIs or NIEs (check letter)",
    find: /(?<![\w.-])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?!\w)/g,
    length: whole(dni),
  },
  {
    kind: "ipAddress",
    what: "IP addresses",
    find: new RegExp(`(?<![\\w.]|[Vv]ersion )(?!0|127|22[4-9]|2[34]\\d|25\\d)${octet}(?:\\.${octet}){3}(?!\\w|\\.\\d)`, "g"),
  },
  {
    kind: "ipAddress",
    what: "IP addresses",
    find: /(?<![\w:.])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi,
    length: ipv6Length,
  },
  {
    kind: "phone",
    what: "phone numbers (with country code)",
    find: /(?<![\w+.])\+[1-9](?:[ ./()-]{0,2}\d){7,14}(?!\d|[.,]\d)/g,
  },
  {
    kind: "phone",
    what: "phone numbers (North American)",
    find: /(?<![\w.-])(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[.-]\d{4}(?![\w-])/g,
  },
  {
    kind: "phone",
    what: "phone numbers (French)",
    find: /(?<!\w|\d[ .-])0[1-9]([ .-])\d\d(?:\1\d\d){3}(?!\w|[ .-]\d)/g,
  },
];

export interface Occurrence {
  readonly pattern: Pattern;
  readonly start: number;
  readonly end: number;
}

/** Everything found in a text, in the order of its places; nothing overlaps. */
export function occurrences(text: string): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const digits = /\d/.test(text);
  const mail = text.includes("@");
  for (const pattern of patterns) {
    if (!(pattern.kind === "email" ? mail : digits)) continue;
    for (const { 0: candidate, index: start } of text.matchAll(pattern.find)) {
      const end = start + (pattern.length?.(candidate) ?? candidate.length);
      if (end > start && !found.some((other) => start < other.end && other.start < end)) found.push({ pattern, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

export interface WholePattern {
  readonly kind: ValueKind;
  readonly what: string;
  readonly matches: (value: string) => boolean;
}

/** What a value may be that is nothing but digits. One number in ten or so passes by chance: a column of them says more than one. */
export const wholePatterns: readonly WholePattern[] = [
  { kind: "paymentCard", what: "payment card numbers (prefix, length, Luhn's check digit)", matches: isCard },
  {
    kind: "nationalId",
    what: "French social security numbers (NIR, with key)",
    matches: (value) => /^[12]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)\d{10}$/.test(value) && nir(value),
  },
  {
    kind: "nationalId",
    what: "Indian Aadhaar numbers (Verhoeff's check digit)",
    matches: (value) => /^[2-9]\d{11}$/.test(value) && verhoeff(value),
  },
  { kind: "nationalId", what: "Brazilian CPFs (check digits)", matches: cpf },
  { kind: "nationalId", what: "German tax numbers (Steuer-ID, check digit)", matches: steuerId },
  { kind: "nationalId", what: "Dutch citizen service numbers (BSN, elfproef)", matches: bsn },
  {
    kind: "phone",
    what: "phone numbers (area code with 0)",
    matches: (value) => /^\(?0\d{2,4}\)?[ /-](?=(?:[ -]?\d){6,9}$)\d[\d -]*$/.test(value),
  },
];
