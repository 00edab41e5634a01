// Holding a run: it waits between two batches, or two parts of other work, with all that it has in memory.

/** Tells runs when to wait. Made by a PauseController. */
export class PauseSignal extends EventTarget {
  #since: number | undefined;
  #before = 0;

  get paused(): boolean {
    return this.#since !== undefined;
  }

  /** For how many milliseconds it has held, all in all. */
  get held(): number {
    return this.#before + (this.#since === undefined ? 0 : performance.now() - this.#since);
  }

  /** @internal */
  turn(paused: boolean): void {
    if (paused === this.paused) return;
    if (!paused) this.#before = this.held;
    this.#since = paused ? performance.now() : undefined;
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * Pauses and resumes runs, as an AbortController ends them: `run(pipeline, { pause: controller.signal })`. A run that is paused finishes
 * its batch, then waits; resumed, it goes on as if nothing had been, and its numbers are those of a run that never waited.
 */
export class PauseController {
  readonly signal: PauseSignal = new PauseSignal();

  pause(): void {
    this.signal.turn(true);
  }

  resume(): void {
    this.signal.turn(false);
  }
}

/** Waits while the run is paused. Throws once it is cancelled. */
export async function resumed(pause: PauseSignal | undefined, signal: AbortSignal): Promise<void> {
  while (pause?.paused && !signal.aborted)
    await new Promise<void>((resolve) => {
      const ready = (): void => {
        pause.removeEventListener("change", ready);
        signal.removeEventListener("abort", ready);
        resolve();
      };
      pause.addEventListener("change", ready);
      signal.addEventListener("abort", ready);
    });
  signal.throwIfAborted();
}

/** A clock, in milliseconds, that stands still while the run is paused. */
export const runningTime = (pause: PauseSignal | undefined): number => performance.now() - (pause?.held ?? 0);
