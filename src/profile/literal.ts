// Values as TypeScript writes them.

export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, of]) => `${keyOf(key)}: ${literal(of)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const keyOf = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key));

export const callOf = (name: string, ...values: readonly unknown[]): string => `${name}(${values.map(literal).join(", ")})`;
