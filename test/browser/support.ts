// What the tests in Chromium share.
import type { RunEvent } from "lanewise";
import { type BrowserRunOptions, type Pipeline, run } from "lanewise/browser";
import { expect } from "vitest";
import { commands } from "vitest/browser";
import type { Drawn, Media } from "./commands.ts";

declare module "vitest/browser" {
  interface BrowserCommands {
    workers(): Promise<number>;
    emulate(media: Media): Promise<void>;
    openFromDisk(html: string, name: string, colorScheme: "light" | "dark", width: number): Promise<Drawn>;
  }
}

export async function toArray<T>(values: AsyncIterable<T>): Promise<T[]> {
  const array: T[] = [];
  for await (const value of values) array.push(value);
  return array;
}

/** All events of a run. */
export const runAll = (pipeline: Pipeline, options?: BrowserRunOptions): Promise<RunEvent[]> => toArray(run(pipeline, options));

export type Files = Record<string, Uint8Array<ArrayBuffer>>;

/** The files that the events brought. */
export function filesOf(events: readonly RunEvent[]): Files {
  return Object.fromEntries(events.flatMap((event) => (event.type === "artifact" && event.content ? [[event.name, event.content]] : [])));
}

export async function sha256(bytes: Uint8Array<ArrayBuffer> | undefined): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes ?? new Uint8Array()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The browser itself says how many Workers there are. */
export const workers = (): Promise<number> => commands.workers();

export const { emulate, openFromDisk } = commands;

export async function expectNoWorker(timeout = 2000): Promise<void> {
  await expect.poll(workers, { timeout }).toBe(0);
}
