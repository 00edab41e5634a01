// Settings of a pipeline as a person reads them.

export interface Described {
  readonly kind: string;
  /** `degrees 10, range 0.9 to 1.1` */
  readonly settings: string;
}

/** A descriptor, or the name that stands for one. */
export function described(descriptor: unknown): Described {
  if (typeof descriptor === "string") return { kind: descriptor, settings: "" };
  const { kind, ...settings } = (descriptor ?? {}) as Record<string, unknown>;
  return { kind: String(kind ?? ""), settings: settingsText(settings) };
}

export const settingsText = (settings: Readonly<Record<string, unknown>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(", ");

const LONGEST = 40;

function valueText(value: unknown): string {
  if (typeof value === "object" && value !== null && "kind" in value) {
    const { kind, settings } = described(value);
    return settings === "" ? kind : `${kind} (${settings})`;
  }
  if (typeof value === "object" && value !== null && "omitted" in value) return String(value.omitted);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return settingsText(value as Record<string, unknown>);
  if (Array.isArray(value) && JSON.stringify(value).length > LONGEST) return `of ${value.length}`;
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** The pipeline as JSON, with long lists cut. */
export function pipelineText(pipeline: unknown): string {
  return JSON.stringify(
    pipeline,
    (_, value: unknown) => {
      if (
        !Array.isArray(value) ||
        JSON.stringify(value).length < 400 ||
        value.some((item) => (item as { kind?: unknown } | null)?.kind !== undefined)
      )
        return value;
      return [...value.slice(0, 3), `… ${value.length} items`];
    },
    2,
  );
}
