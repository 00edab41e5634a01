// The answer to what was asked last: while one question is out, only the newest of those that follow waits.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Prediction } from "../../pipeline/prediction.ts";
import { announce } from "../announce.tsx";
import { answerText } from "./answer.tsx";

export interface Answers<Q, A> {
  readonly answer?: A;
  readonly error?: string;
  /** Undefined takes the answer away. */
  ask(question: Q | undefined): void;
}

/** How long nothing new is asked before the answer is said aloud. */
const QUIET_MS = 700;

export function useAnswers<Q, A extends Prediction>(answerTo: (question: Q) => Promise<A>): Answers<Q, A> {
  const [state, setState] = useState<{ readonly answer?: A; readonly error?: string }>({});
  const newest = useRef<{ readonly question: Q | undefined } | undefined>(undefined);
  const busy = useRef(false);
  const here = useRef(true);
  useEffect(
    () => () => {
      here.current = false;
    },
    [],
  );
  useEffect(() => {
    const { answer } = state;
    if (answer === undefined) return;
    const timer = setTimeout(() => announce(answerText(answer)), QUIET_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const work = async (): Promise<void> => {
    busy.current = true;
    while (newest.current !== undefined && here.current) {
      const { question } = newest.current;
      newest.current = undefined;
      const next =
        question === undefined
          ? {}
          : await answerTo(question).then(
              (answer) => ({ answer }),
              (error: unknown) => ({ error: (error as Error).message }),
            );
      if (here.current) setState(next);
    }
    busy.current = false;
  };
  return {
    ...state,
    ask(question) {
      newest.current = { question };
      if (!busy.current) void work();
    },
  };
}
