// The bytes of TensorBoard's event files: records of a length, an Event of tensorboard/compat/proto/event.proto, and a checksum of each.
import { maskedCrc32c } from "./crc32c.ts";

/** Something that happened at a step: numbers by their names, or texts in Markdown. */
export interface BoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly scalars?: Readonly<Record<string, number>>;
  readonly texts?: Readonly<Record<string, string>>;
}

/** What a file begins with. */
export const firstRecord = (wallTime: number): Uint8Array<ArrayBuffer> =>
  record(message(double(1, wallTime), bytes(3, text.encode("brain.Event:2"))));

export function eventRecord({ wallTime, step, scalars = {}, texts = {} }: BoardEvent): Uint8Array<ArrayBuffer> {
  const numbers = Object.entries(scalars).map(([tag, value]) => bytes(1, message(string(1, tag), float(2, value))));
  const words = Object.entries(texts).map(([tag, value]) =>
    bytes(1, message(string(1, tag), bytes(8, stringTensor(value)), bytes(9, textPlugin))),
  );
  return record(message(double(1, wallTime), ...(step === 0 ? [] : [varintField(2, step)]), bytes(5, message(...numbers, ...words))));
}

const text = new TextEncoder();

function record(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(data.length + 16);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length, true);
  view.setUint32(8, maskedCrc32c(whole.subarray(0, 8)), true);
  whole.set(data, 12);
  view.setUint32(12 + data.length, maskedCrc32c(data), true);
  return whole;
}

// Protocol buffers: a field is its number and wire type, then its value.

const message = (...fields: readonly Uint8Array[]): Uint8Array => Uint8Array.from(fields.flatMap((field) => [...field]));

function varint(value: number): number[] {
  const digits: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...digits, rest];
    digits.push((rest % 128) + 128);
  }
}

const varintField = (field: number, value: number): Uint8Array => Uint8Array.from([field << 3, ...varint(value)]);

function double(field: number, value: number): Uint8Array {
  const whole = new Uint8Array(9).fill((field << 3) | 1, 0, 1);
  new DataView(whole.buffer).setFloat64(1, value, true);
  return whole;
}

function float(field: number, value: number): Uint8Array {
  const whole = new Uint8Array(5).fill((field << 3) | 5, 0, 1);
  new DataView(whole.buffer).setFloat32(1, value, true);
  return whole;
}

const bytes = (field: number, value: Uint8Array): Uint8Array => Uint8Array.from([(field << 3) | 2, ...varint(value.length), ...value]);

const string = (field: number, value: string): Uint8Array => bytes(field, text.encode(value));

const DT_STRING = 7;
/** A TensorProto of shape [1]. */
const stringTensor = (value: string): Uint8Array =>
  message(varintField(1, DT_STRING), bytes(2, bytes(2, varintField(1, 1))), string(8, value));

/** SummaryMetadata: whose data it is. */
const textPlugin = bytes(1, string(1, "text"));
