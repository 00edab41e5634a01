import { PipelineError } from "../../errors.ts";
import { plain } from "./metric.ts";

/** The mean of the rows' losses. It is always reported where they are known. */
export const lossMetric = plain("loss", "anything", "lower", ({ losses, rows }) => {
  if (losses === undefined)
    throw new PipelineError("config", "evaluate", '"loss" cannot be measured here: the rows\' losses are not known');
  return losses.reduce((sum, loss) => sum + loss, 0) / rows;
});
