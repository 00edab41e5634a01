// Bytes → number, without a string in between. Up to 15 digits and a power of ten up to 22 are both exact in f64, so one division or
// product rounds as the decimal would (Clinger 1990); everything else goes the long way.

/** How numbers are written. */
export interface NumberFormat {
  readonly decimal: "." | ",";
  /** Between groups of three digits. A space stands for all spaces that Unicode has for this. */
  readonly thousands?: "," | "." | " " | "'" | undefined;
}

const POWERS = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const text = new TextDecoder();
const ZERO = 48;
const NINE = 57;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const COMMA = 44;

/** The number that the bytes [from, to) spell; NaN where they spell none. */
export type ParseNumber = (bytes: Uint8Array, from: number, to: number) => number;

/** As "12", "-1.5", ".5", "1e-3", "inf"; by the format also "1.234,5". */
export function numberParser({ decimal, thousands }: NumberFormat): ParseNumber {
  if (thousands !== undefined) return (bytes, from, to) => numberOfText(text.decode(bytes.subarray(from, to)), { decimal, thousands });
  const point = decimal === "," ? COMMA : DOT;
  return (bytes, from, to) => {
    let i = from;
    const sign = bytes[i] as number;
    if (sign === MINUS || sign === PLUS) i++;
    const first = i;
    let value = 0;
    let places = 0;
    let sawPoint = 0;
    for (; i < to; i++) {
      const byte = bytes[i] as number;
      if (byte >= ZERO && byte <= NINE) {
        value = value * 10 + (byte - ZERO);
        places += sawPoint;
      } else if (byte === point && sawPoint === 0) sawPoint = 1;
      else break;
    }
    const digits = i - first - sawPoint;
    if (i < to || digits === 0 || digits > 15) return digits > 15 || i < to ? parseLong(bytes, from, to, decimal) : Number.NaN;
    if (places > 0) value /= POWERS[places] as number;
    return sign === MINUS ? -value : value;
  };
}

const WRITTEN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const LONGEST = 400;

function parseLong(bytes: Uint8Array, from: number, to: number, decimal: string): number {
  const first = bytes[from] as number;
  // What begins like a word is one, unless it may be "inf".
  const mayBe =
    (first >= ZERO && first <= NINE) || first === PLUS || first === MINUS || first === DOT || first === COMMA || (first | 32) === 105;
  if (!mayBe || to - from > LONGEST) return Number.NaN;
  return parseText(text.decode(bytes.subarray(from, to)), decimal);
}

/** The same of a text. */
export const numberOfText = (written: string, { decimal, thousands }: NumberFormat): number =>
  thousands === undefined ? parseText(written, decimal) : parseGrouped(written, decimal, thousands);

function parseText(written: string, decimal: string): number {
  const english = decimal === "." ? written : written.includes(".") ? "" : written.replace(",", ".");
  if (WRITTEN.test(english)) return Number(english);
  const infinite = INFINITE.exec(written);
  return infinite === null ? Number.NaN : infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const SPACES = /[ \u00a0\u2009\u202f]/g;

function parseGrouped(written: string, decimal: string, thousands: string): number {
  const mark = thousands === " " ? "_" : thousands;
  const marked = thousands === " " ? written.replace(SPACES, "_") : written;
  const [whole = "", ...rest] = marked.split(decimal);
  const groups = whole.replace(/^[+-]/, "").split(mark);
  if (groups.length > 1 && !groups.every((group, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group))) return Number.NaN;
  if (rest.some((part) => part.includes(mark))) return Number.NaN;
  return parseText([whole.split(mark).join(""), ...rest].join(decimal), decimal);
}
