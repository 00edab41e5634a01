// Times and sizes as a person reads them, and text cut to a terminal's width.

/** 0.0042 → 4ms, 3.21 → 3.2s, 75 → 1m15s, 3700 → 1h02m. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  if (seconds < 0.0005) return "<1ms";
  if (seconds < 0.9995) return `${Math.round(seconds * 1000)}ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const two = (n: number): string => String(n).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)}m${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h${two(Math.floor((whole % 3600) / 60))}m`;
}

/** The time of one step: 42ms, 4.2ms, 0.31ms, 85us. */
export function perStep(seconds: number): string {
  const ms = seconds * 1000;
  if (ms >= 10) return `${Math.round(ms)}ms`;
  return ms >= 0.1 ? `${ms.toFixed(ms < 1 ? 2 : 1)}ms` : `${Math.round(ms * 1000)}us`;
}

/** 1234567 → 1.2 MB, in powers of 1000 as downloads are counted. */
export function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

// Colour codes take no room on the screen.
const ESC = "\u001b";
const parts = new RegExp(`${ESC}\\[\\d+m|.`, "gsu");

/** How many columns the text takes. */
export const widthOf = (text: string): number => (text.match(parts) ?? []).filter((piece) => !piece.startsWith(ESC)).length;

/** At most `width` characters; a longer text ends in … (and in its colours' ends). */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let room = Math.max(0, width - 1);
  let cut = "";
  for (const piece of text.match(parts) ?? []) {
    if (piece.startsWith(ESC)) cut += piece;
    else if (room > 0) {
      cut += piece;
      if (--room === 0) cut += "…";
    }
  }
  return cut;
}

/** Words in lines of at most `width`; lines after the first are indented. */
export function folded(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line.trim() !== "" && widthOf(longer) > width) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line];
}
