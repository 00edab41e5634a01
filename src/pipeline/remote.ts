// A run in a worker, as the same stream. One order goes over; events come back, then completion or an error. Leaving ends the worker
// itself, so a cancelled run stops at once and its memory is free.
import { defer, map, Observable, switchMap, takeUntil, takeWhile } from "rxjs";
import { type ErrorCode, PipelineError } from "../errors.ts";
import { aborted } from "./aborted.ts";
import type { Pipeline } from "./define.ts";
import type { RunEvent } from "./events.ts";
import { type AsyncRun, iterable } from "./iterate.ts";
import type { RunOptions } from "./options.ts";
import { PauseController } from "./pause.ts";
import type { Run } from "./run.ts";

/** What a worker is told: plain data, so that it can be copied over. */
export interface Order {
  readonly pipeline: Pipeline;
  readonly options: Omit<RunOptions, "signal" | "pause">;
}

/** What a worker is told after that. */
export interface Control {
  readonly paused: boolean;
}

/** What a worker answers. */
export type Message =
  | { readonly type: "event"; readonly event: RunEvent }
  | { readonly type: "error"; readonly error: PlainError }
  | { readonly type: "complete" };

/** An error as plain data; `code` and `at` are those of a PipelineError. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: ErrorCode;
  readonly at?: string;
}

/** A worker that carries out its order. */
export interface RunningWorker {
  tell(control: Control): void;
  end(): void;
}

/** Starts a worker on an order; `receive` gets its messages. May throw instead. */
export type StartWorker = (order: Order, receive: (message: Message) => void) => RunningWorker;

/** `run` in a worker of its own for each subscription. */
export function remoteRun(start: StartWorker): Run {
  return (pipeline, { signal, pause, ...options } = {}) =>
    iterable(
      new Observable<Message>((subscriber) => {
        const worker = start({ pipeline, options }, (message) => subscriber.next(message));
        const tell = (): void => worker.tell({ paused: pause?.paused === true });
        pause?.addEventListener("change", tell);
        if (pause?.paused) tell();
        return () => {
          pause?.removeEventListener("change", tell);
          worker.end();
        };
      }).pipe(
        takeWhile((message) => message.type !== "complete"),
        map((message) => {
          if (message.type === "error") throw revive(message.error);
          return (message as Extract<Message, { type: "event" }>).event;
        }),
        takeUntil(aborted(signal)),
      ),
    );
}

/** `run` whose code is loaded when it is first subscribed to; a subscriber who leaves before that starts nothing. */
export function deferRun(load: () => Promise<Run>): Run {
  return (pipeline, options): AsyncRun => iterable(defer(load).pipe(switchMap((run) => run(pipeline, options))));
}

/** The worker's side: carries out an order and answers. Files are handed over, not copied. Returns what takes what it is told later. */
export function serve(
  run: Run,
  { pipeline, options }: Order,
  answer: (message: Message, transfer: Transferable[]) => void,
): (control: Control) => void {
  const pause = new PauseController();
  run(pipeline, { ...options, pause: pause.signal }).subscribe({
    next: (event) => answer({ type: "event", event }, event.type === "artifact" && event.content ? [event.content.buffer] : []),
    error: (error: unknown) => answer({ type: "error", error: flatten(error) }, []),
    complete: () => answer({ type: "complete" }, []),
  });
  return ({ paused }) => (paused ? pause.pause() : pause.resume());
}

function flatten(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  return { name, message, stack, ...(error instanceof PipelineError && { code: error.code, at: error.at }) };
}

/** The error as the worker threw it; the stack is the worker's, since that is where the fault is. */
function revive({ name, message, stack, code, at = "" }: PlainError): Error {
  const problem = at === "" ? message : message.slice(at.length + 2);
  const error = code === undefined ? Object.assign(new Error(message), { name }) : new PipelineError(code, at, problem);
  return stack === undefined ? error : Object.assign(error, { stack });
}
