// What is wrong with a pipeline that is being edited, and which field it is about.
import { PipelineError } from "../../errors.ts";
import { checkPipeline, type Pipeline } from "../../pipeline/define.ts";
import { fieldAt, formOf } from "./fields.ts";
import { pathText } from "./path.ts";

export interface Problem {
  /** The field's place, such as `model[0].units`; empty where it is about the pipeline. */
  readonly place: string;
  /** One line. */
  readonly message: string;
}

/** The first mistake, by the check that a run makes. */
export function problemOf(pipeline: Partial<Pipeline>): Problem | undefined {
  try {
    checkPipeline(pipeline);
    return undefined;
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    const { at, message } = error;
    const field = fieldAt(formOf(pipeline), at);
    return { place: field === undefined ? "" : pathText(field.path), message: message.slice(at === "" ? 0 : at.length + 2) };
  }
}
