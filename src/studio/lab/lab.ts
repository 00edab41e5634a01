// The page's side of the laboratory.
import { PipelineError } from "../../errors.ts";
import workerUrl from "./labWorker.ts?worker&url";
import type { Answer, CallOff, Order, Question, Questions } from "./orders.ts";

export interface Lab {
  /** What comes meanwhile, then what comes in the end. Leaving calls the order off. */
  ask<Q extends Question>(question: Q, asks: Questions[Q]["asks"]): AsyncGenerator<Questions[Q]["part"], Questions[Q]["end"], undefined>;
  /** What comes in the end. */
  answer<Q extends Question>(question: Q, asks: Questions[Q]["asks"]): Promise<Questions[Q]["end"]>;
  /** Nothing may be asked afterwards; what is asked is called off. */
  close(): void;
}

export function openLab(): Lab {
  const worker = new Worker(workerUrl, { type: "module", name: "lanewise laboratory" });
  const receivers = new Map<number, (answer: Answer) => void>();
  let count = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => receivers.get(data.id)?.(data);
  worker.onerror = (event) => {
    event.preventDefault();
    const message = event.message || "the Worker could not be started";
    for (const [id, receive] of receivers) receive({ id, error: { at: "", message } });
  };

  async function* ask<Q extends Question>(
    question: Q,
    asks: Questions[Q]["asks"],
  ): AsyncGenerator<Questions[Q]["part"], Questions[Q]["end"], undefined> {
    const id = count++;
    const answers: Answer[] = [];
    let wake: () => void = () => {};
    receivers.set(id, (answer) => {
      answers.push(answer);
      wake();
    });
    worker.postMessage({ ...asks, id, question, base: location.href } as unknown as Order);
    try {
      for (;;) {
        for (let next = answers.shift(); next !== undefined; next = answers.shift()) {
          if ("error" in next) throw new PipelineError("data", next.error.at, withoutPlace(next.error));
          if ("end" in next) return next.end as Questions[Q]["end"];
          yield next.part as Questions[Q]["part"];
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      receivers.delete(id);
      worker.postMessage({ id, question: "callOff" } satisfies CallOff);
    }
  }

  return {
    ask,
    async answer(question, asks) {
      const answers = ask(question, asks);
      let next = await answers.next();
      while (next.done !== true) next = await answers.next();
      return next.value;
    },
    close: () => worker.terminate(),
  };
}

const withoutPlace = ({ at, message }: { readonly at: string; readonly message: string }): string =>
  at !== "" && message.startsWith(`${at}: `) ? message.slice(at.length + 2) : message;
