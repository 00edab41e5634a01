// HTML as a value: what is put into a template is escaped, unless it is HTML itself. So no name or text of a data set can break a page.

export interface Html {
  readonly html: string;
}

type Part = Html | string | number | false | undefined | readonly Part[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((whole, string, i) => whole + text(parts[i - 1]) + string) };
}

/** Text that is HTML already. */
export const trusted = (markup: string): Html => ({ html: markup });

function text(part: Part): string {
  if (part === undefined || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return "html" in part ? part.html : part.map(text).join("");
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escaped = (plain: string): string => plain.replace(/[&<>"']/g, (letter) => entities[letter] as string);
