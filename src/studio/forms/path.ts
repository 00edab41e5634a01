// Places in a pipeline, as `--set` writes them: `model[1].units`. Changes are new objects; what is not on the way is shared.

export type Path = readonly (string | number)[];

export const pathText = (path: Path): string =>
  path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`), "");

/** An error says `model[1] dense.units`: the kinds in it are for people. */
export const placeOf = (at: string): string => at.replace(/ [\w]+/g, "");

export function valueAt(from: unknown, path: Path): unknown {
  return path.reduce<unknown>((node, key) => (node as Readonly<Record<string | number, unknown>> | undefined)?.[key], from);
}

/** With another value there; undefined takes a setting away, and an item of a list. */
export function changedAt<T>(from: T, path: Path, value: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return value as T;
  const next = changedAt((from as Readonly<Record<string | number, unknown>> | undefined)?.[key], rest, value);
  if (typeof key === "number") {
    const list = from as readonly unknown[];
    return (next === undefined ? list.filter((_, i) => i !== key) : list.map((item, i) => (i === key ? next : item))) as T;
  }
  const { [key]: _, ...others } = (from ?? {}) as Readonly<Record<string, unknown>>;
  if (next === undefined) return others as T;
  // A key keeps its place.
  return (from !== undefined && Object.hasOwn(from as object, key) ? { ...from, [key]: next } : { ...others, [key]: next }) as T;
}

/** The item `from` of the list moves to the place `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_, i) => i !== from);
  return [...rest.slice(0, to), list[from] as T, ...rest.slice(to)];
}
