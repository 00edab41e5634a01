// What the studio's page and its server say to each other.
import type { RunEvent } from "../pipeline/events.ts";
import type { RunOptions } from "../pipeline/options.ts";
import type { RunRecord } from "../pipeline/report/file.ts";
import type { RunSummary } from "./summary.ts";

/** Answer to GET /api/studio. */
export interface StudioFacts {
  readonly version: string;
  /** The runtime of the server, such as "Node 26.10.0". */
  readonly runtime: string;
  /** How many threads this machine runs at once. */
  readonly cores: number;
  /** Runs start in Node unless the reader says otherwise. */
  readonly node: boolean;
  /** Where runs are kept. */
  readonly runs: string;
}

/** One of GET /api/pipelines. */
export interface PipelineEntry {
  /** The path of its file as it was given, or `:strokes`, which is built in: what it is asked for by. */
  readonly file: string;
  readonly name: string;
  /** Why it does not load, in one line. */
  readonly error?: string;
  /** What it is made of, where it loads. */
  readonly brief?: PipelineBrief;
  /** Why a page cannot run it, where it cannot. */
  readonly nodeOnly?: string;
}

export interface PipelineBrief {
  readonly source: string;
  /** Kinds of stages: clean, normalize, augment. */
  readonly stages: readonly string[];
  readonly layers: readonly string[];
  readonly loss: string;
  readonly epochs: number;
}

/** A run as the list of runs has it (GET /api/runs): its folder's name, and no record. */
export interface RunRow extends Omit<RunSummary, "record"> {
  /** It is not interrupted: this server carries it out. */
  readonly live?: "running" | "paused";
}

/** Answer to GET /api/runs/NAME. */
export interface RunDetail {
  readonly summary: RunRow;
  readonly record: RunRecord;
}

/** Options that the page may choose. */
export type StudioOptions = Pick<RunOptions, "threads" | "strict" | "backend">;

/** Body of POST /api/live. */
export interface LiveOrder {
  readonly file: string;
  /** Sections of the pipeline that the reader has changed, as `toWire` gives them. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly options: StudioOptions;
}

export type LiveStatus = "running" | "paused" | "done" | "cancelled" | "failed";

/** A run that this server carries out, or has (GET /api/live). */
export interface LiveInfo {
  /** The name of its folder. */
  readonly run: string;
  /** The pipeline it was started from. */
  readonly file: string;
  readonly name: string;
  /** As ISO 8601. */
  readonly started: string;
  readonly status: LiveStatus;
  readonly error?: string;
}

/** A line of GET /api/live/NAME/events: first what has happened, then what happens. The stream ends with the run. */
export type LiveMessage = { readonly info: LiveInfo } | { readonly event: RunEvent };

export const controls = ["pause", "resume", "cancel"] as const;
export type LiveControl = (typeof controls)[number];

/** Body of every answer that is an error. */
export interface Refusal {
  readonly error: string;
}
