// A pipeline as JSON and back, with what JSON has no word for: typed arrays, NaN, infinities.
import { fromBase64, toBase64 } from "../base64.ts";
import { PipelineError } from "../errors.ts";

const arrays = { Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array };
type Name = keyof typeof arrays;

/** Plain data that `JSON.stringify` takes as it is. Throws where the pipeline holds code. */
export function toWire(value: unknown, at = "pipeline"): unknown {
  if (typeof value === "function" || typeof value === "symbol" || typeof value === "bigint")
    throw new PipelineError("config", at, `it holds a ${typeof value}, which is no data`);
  if (typeof value === "number") return Number.isFinite(value) ? value : { $number: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) {
    const { constructor, buffer, byteOffset, byteLength } = value;
    if (!Object.hasOwn(arrays, constructor.name)) throw new PipelineError("config", at, `it holds a ${constructor.name}`);
    return { $array: constructor.name, bytes: toBase64(new Uint8Array(buffer, byteOffset, byteLength)) };
  }
  if (Array.isArray(value)) return value.map((item, i) => toWire(item, `${at}[${i}]`));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toWire(item, `${at}.${key}`)]));
}

export function fromWire(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(fromWire);
  if ("$number" in value) return Number(value.$number);
  if ("$array" in value && "bytes" in value) return new arrays[value.$array as Name](fromBase64(String(value.bytes)).buffer);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromWire(item)]));
}

/** The sections of `to` that are not those of `from`: undefined where one is gone. */
export function changesBetween(from: object, to: object): Record<string, unknown> {
  const [before, after] = [from as Record<string, unknown>, to as Record<string, unknown>];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const text = (value: unknown): string => JSON.stringify(toWire(value)) ?? "";
  return Object.fromEntries(keys.filter((key) => text(before[key]) !== text(after[key])).map((key) => [key, after[key]]));
}
