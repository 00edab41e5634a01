// Colours for terminals, as functions of text; plain text where colours are not wanted.

export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const ESC = "\u001b[";

const wrap =
  (open: number, close: number) =>
  (text: string): string =>
    text === "" ? "" : `${ESC}${open}m${text}${ESC}${close}m`;

const plain = (text: string): string => text;

export const noColours: Colours = { bold: plain, dim: plain, red: plain, green: plain, yellow: plain, cyan: plain };

export const ansiColours: Colours = {
  bold: wrap(1, 22),
  dim: wrap(2, 22),
  red: wrap(31, 39),
  green: wrap(32, 39),
  yellow: wrap(33, 39),
  cyan: wrap(36, 39),
};

/** Colours for a terminal, unless `NO_COLOR` is set or the terminal is a dumb one. */
export function coloursFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Colours {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb" ? ansiColours : noColours;
}
