import { PipelineError } from "../../errors.ts";
import { plain } from "./metric.ts";
import { meanOf } from "./sample.ts";

/** The mean of the rows' losses. It is always reported where they are known. */
export const lossMetric = plain("loss", "anything", "lower", ({ losses }) => {
  if (losses === undefined)
    throw new PipelineError("config", "evaluate", '"loss" cannot be measured here: the rows\' losses are not known');
  return meanOf(losses);
});
