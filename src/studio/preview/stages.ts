// What came of rows, stage by stage: events → what a view shows. Pure.
import type { RowSample, RunEvent, StageEvent } from "../../pipeline/events.ts";
import type { ExamplesEvent } from "../../pipeline/previewStages.ts";

export interface PreviewState {
  readonly stages: readonly StageEvent[];
  readonly warnings: readonly string[];
  readonly examples: ExamplesEvent["examples"];
  /** What goes on now. */
  readonly now?: string;
}

export const startPreview: PreviewState = { stages: [], warnings: [], examples: [], now: "starting" };

export function reducePreview(state: PreviewState, event: RunEvent | ExamplesEvent): PreviewState {
  switch (event.type) {
    case "stage":
      return { ...state, stages: [...state.stages, event] };
    case "examples":
      return { ...state, examples: event.examples };
    case "warning":
      return { ...state, warnings: [...state.warnings, `${event.at}: ${event.message}`] };
    case "progress":
      return { ...state, now: event.total > 0 ? `${event.what} ${Math.round((100 * event.done) / event.total)} %` : event.what };
    default:
      return state;
  }
}

/** A row at one stage: what it is, whether that is new, or that it is gone. */
export interface Cell {
  readonly id: number;
  readonly sample?: RowSample;
  readonly changed: boolean;
  /** What it was before. */
  readonly before?: RowSample;
  /** Why it was removed, where that is known. */
  readonly reason?: string;
}

export interface SeenStage {
  readonly event: StageEvent;
  /** Empty where a stage shows no rows. */
  readonly cells: readonly Cell[];
}

export function seenStages(stages: readonly StageEvent[]): SeenStage[] {
  const ids = stages.find(({ samples }) => samples !== undefined)?.samples?.map(({ id }) => id) ?? [];
  const before = new Map<number, RowSample | undefined>();
  return stages.map((event) => {
    const { samples } = event;
    if (samples === undefined) return { event, cells: [] };
    const cells = ids.flatMap((id): Cell[] => {
      const sample = samples.find((row) => row.id === id);
      const earlier = before.get(id);
      // What was gone before is not told again.
      if (sample === undefined && before.has(id) && earlier === undefined) return [];
      const changed =
        before.has(id) &&
        sample !== undefined &&
        (sample.text !== earlier?.text || JSON.stringify(sample.view) !== JSON.stringify(earlier?.view));
      before.set(id, sample);
      const reason = event.removed.find((row) => row.id === id)?.reason;
      return [{ id, changed, ...(sample && { sample }), ...(earlier && { before: earlier }), ...(reason !== undefined && { reason }) }];
    });
    return { event, cells };
  });
}
