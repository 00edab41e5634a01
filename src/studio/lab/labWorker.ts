// The laboratory's side: looks at pipelines and asks models, one order after the other or at once.
import { loadModel } from "../../browser/loadModel.ts";
import { PipelineError } from "../../errors.ts";
import type { RunContext } from "../../pipeline/context.ts";
import { previewStages } from "../../pipeline/previewStages.ts";
import type { TrainedModel } from "../../pipeline/trainedModel.ts";
import { serverPlatform } from "../serverPlatform.ts";
import { factsOf } from "./factsOf.ts";
import type { Answer, CallOff, Order } from "./orders.ts";

let model: TrainedModel | undefined;
const going = new Map<number, AbortController>();

async function* carryOut(order: Order, signal: AbortSignal): AsyncGenerator<unknown, unknown, undefined> {
  switch (order.question) {
    case "preview": {
      const { pipeline, options, base } = order;
      const context: RunContext = {
        pipeline,
        options: {},
        platform: serverPlatform(base),
        signal,
        store: undefined,
        started: performance.now(),
      };
      return yield* previewStages(context, options);
    }
    case "open": {
      const { files, base } = order;
      model = await loadModel(typeof files === "string" ? new URL(files, base) : files);
      return factsOf(model, files, base);
    }
    case "predict":
      return opened().predict(order.rows);
    case "explain":
      return opened().explain(order.text);
    case "generate":
      for await (const character of opened().generate(order.prompt, order.options)) {
        signal.throwIfAborted();
        yield character;
      }
      return undefined;
  }
}

function opened(): TrainedModel {
  if (model === undefined) throw new PipelineError("config", "", "no model is open");
  return model;
}

const answer = (message: Answer): void => postMessage(message);

addEventListener("message", async ({ data }: MessageEvent<Order | CallOff>) => {
  const { id } = data;
  if (data.question === "callOff") return going.get(id)?.abort();
  const controller = new AbortController();
  going.set(id, controller);
  try {
    const steps = carryOut(data, controller.signal);
    let next = await steps.next();
    for (; next.done !== true; next = await steps.next()) answer({ id, part: next.value });
    answer({ id, end: next.value });
  } catch (error) {
    const { message, at = "" } = error as PipelineError;
    answer({ id, error: { at, message } });
  } finally {
    going.delete(id);
  }
});
