import { EMPTY, fromEvent, mergeMap, type Observable, throwError } from "rxjs";

/** Errors with the signal's reason when it fires; without a signal, completes at once. */
export function aborted(signal: AbortSignal | undefined): Observable<never> {
  if (signal === undefined) return EMPTY;
  const fail = throwError(() => signal.reason as unknown);
  return signal.aborted ? fail : fromEvent(signal, "abort").pipe(mergeMap(() => fail));
}
