// What is missing takes the last value before it. No training row takes one from a row that is set aside: that would be a leak.
import { type Column, size } from "../../data/table.ts";
import { tag } from "../split/settings.ts";
import type { ChangedColumn } from "./changeColumns.ts";

export function fillForward(c: Column, tags: Uint8Array): ChangedColumn {
  if (c.type === "category") {
    const codes = c.codes.slice();
    return { changed: carry(codes, 1, tags, (code) => code < 0), column: { ...c, codes } };
  }
  if (c.type === "text") {
    const values = [...c.values];
    return { changed: carry(values, 1, tags, (text) => text === ""), column: { ...c, values } };
  }
  if (c.type !== "numeric") return { column: c, changed: 0 };
  const data = c.data.slice();
  return { changed: carry(data, size(c.shape), tags, Number.isNaN), column: { ...c, data } };
}

/** Writes into `values`, of which a row has `width`, and returns how many were missing and are not any more. */
function carry<T>(
  values: { readonly length: number; [i: number]: T },
  width: number,
  tags: Uint8Array,
  isMissing: (value: T) => boolean,
): number {
  let changed = 0;
  for (let place = 0; place < width; place++) {
    let any: T | undefined;
    let training: T | undefined;
    tags.forEach((part, row) => {
      const i = row * width + place;
      const before = part === tag.train ? training : any;
      if (isMissing(values[i] as T)) {
        if (before === undefined) return;
        values[i] = before;
        changed++;
      }
      any = values[i] as T;
      if (part === tag.train) training = any;
    });
  }
  return changed;
}
