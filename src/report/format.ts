// Numbers as a person reads them.

/** 60000 → 60,000; fractions are rounded away. */
export const grouped = (n: number): string => Math.round(n).toLocaleString("en-US");

/** Four decimals, or four digits where those would say nothing. JSON has null for NaN. */
export function numberText(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return value === 0 || (size >= 0.001 && size < 1e6) ? value.toFixed(4) : value.toExponential(3);
}

export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

/** 0.42 → 0.42 s, 75 → 1 min 15 s, 3700 → 1 h 2 min */
export function duration(seconds: number): string {
  if (seconds < 0.0995) return `${Math.max(1, Math.round(seconds * 1000))} ms`;
  if (seconds < 59.5) return `${seconds.toFixed(seconds < 9.95 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** In powers of 1000. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** 2026-11-24T10:15:00.000Z → 24 November 2026, 10:15 UTC */
export function dateText(iso: string): string {
  const date = new Date(iso);
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  return `${day}, ${iso.slice(11, 16)} UTC`;
}

/** `macroF1` → macro F1; a name as people say it. */
export const spaced = (name: string): string =>
  name
    .replace(/([a-z])([A-Z0-9])/g, (_, before: string, after: string) => `${before} ${after}`)
    .replace(/[A-Z](?=[a-z])/g, (l) => l.toLowerCase());
