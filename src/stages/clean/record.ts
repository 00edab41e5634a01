// Settings that are values by name, such as { city: { "NYC": "New York" } }.

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Names of values come from data, and may be those of an object's own methods: they are looked up in a map. */
export const entriesOf = <T>(record: Readonly<Record<string, T>>): ReadonlyMap<string, T> => new Map(Object.entries(record));
