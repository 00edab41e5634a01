// What a pipeline did, stage by stage, with the rows that came in and those that went on.
import type { StageEvent } from "../pipeline/events.ts";
import type { ReportFile } from "../pipeline/report/file.ts";
import { described, settingsText } from "./describe.ts";
import { grouped, percent } from "./format.ts";
import { type Html, html } from "./html.ts";

/** `all` until the rows are divided. */
export type Lane = "all" | "train" | "validation" | "test";
export type Rows = Partial<Record<Lane, number>>;

export interface Step {
  readonly stage: string;
  readonly kind: string;
  readonly settings: string;
  readonly from: Rows;
  readonly to: Rows;
  readonly facts: readonly (string | Html)[];
  readonly removed?: StageEvent["removed"];
  readonly changed?: NonNullable<StageEvent["examples"]>;
  /** Augmentation: the training rows are another picture of themselves each time. */
  readonly shaken?: boolean;
  /** It has not been done yet, or is being done. */
  readonly planned?: "planned" | "working";
}

type Definition = Readonly<Record<string, unknown>>;

export function stepsOf(report: ReportFile, pipeline: Definition): Step[] {
  const { stages, trained } = report;
  const parts = partsOf(report);
  const division = parts && stages.findLast(({ stage }) => stage === "split");
  const lists = { clean: list(pipeline.clean).values(), normalize: list(pipeline.normalize).values() };
  const settingsOf = ({ stage }: StageEvent): string => {
    if (stage === "source") return described(pipeline.source).settings;
    if (stage === "split") return settingsText((pipeline.split ?? {}) as Definition);
    return stage === "clean" || stage === "normalize" ? described(lists[stage].next().value).settings : "";
  };
  const steps = stages.map((event): Step => {
    const settings = settingsOf(event);
    if (event === division && parts !== undefined) return { ...divided(event, parts), settings };
    const { stage, kind, note } = event;
    const facts = note === "" ? [] : [note];
    if (stage === "augment") {
      const facts = [`${grouped(event.rowsIn)} → ${grouped(event.rowsOut)} training rows ${note}`.trimEnd()];
      return { stage, kind, settings: augmentSettings(pipeline, kind), from: parts ?? {}, to: parts ?? {}, facts };
    }
    if (stage === "normalize" && parts !== undefined) return { stage, kind, settings, from: parts, to: parts, facts };
    return { ...whole(event, facts), settings };
  });
  return trained === undefined ? steps : [...steps, ...training(report, trained, pipeline)];
}

/** The rows of each part, once they are divided. */
export const partsOf = ({ stages, trained }: ReportFile): Rows | undefined =>
  trained?.rows ?? stages.findLast(({ stage }) => stage === "split")?.parts;

export interface Outlook {
  /** Whether it trains already. */
  readonly trains: boolean;
  /** How far it is with what it does now; undefined where it does nothing. */
  readonly doing?: string | undefined;
  /** What is known of a kind of stage beforehand. */
  about?(kind: string): string | Html | undefined;
}

/** What a run has still to do after these stages. */
export function plannedSteps(stages: readonly StageEvent[], pipeline: Definition, { trains, doing, about }: Outlook): Step[] {
  const told = (name: string): number => stages.filter(({ stage }) => stage === name).length;
  const left = (name: "clean" | "normalize" | "augment"): Planned[] =>
    list(pipeline[name])
      .slice(name === "augment" ? 0 : told(name))
      .map((stage) => ({ stage: name, ...described(stage) }));
  const { optimizer = "rmsprop" } = (pipeline.train ?? {}) as Definition;
  const steps = [
    ...(told("source") === 0 ? [{ stage: "source", ...described(pipeline.source) }] : []),
    ...left("clean"),
    ...(told("split") === 0 ? [{ stage: "split", kind: "split", settings: settingsText((pipeline.split ?? {}) as Definition) }] : []),
    ...left("normalize"),
    ...left("augment"),
    { stage: "train", ...described(optimizer) },
    { stage: "evaluate", kind: "final rows", settings: "" },
  ];
  const current = doing === undefined ? -1 : trains ? steps.length - 2 : 0;
  return steps.map((step, i) => {
    const fact = i === current ? doing : step.stage === "train" ? layersText(pipeline) : about?.(step.kind);
    return { ...step, from: {}, to: {}, facts: fact === undefined ? [] : [fact], planned: i === current ? "working" : "planned" };
  });
}

const layersText = ({ model }: Definition): string =>
  list(model)
    .map((layer) => described(layer).kind)
    .join(" → ");

type Planned = Pick<Step, "stage" | "kind" | "settings">;

const augmentSettings = ({ augment }: Definition, kind: string): string =>
  described(list(augment).find((stage) => described(stage).kind === kind)).settings;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function divided({ stage, kind, rowsIn }: StageEvent, parts: Rows): Omit<Step, "settings"> {
  const facts = (["train", "validation", "test"] as const)
    .filter((lane) => (parts[lane] ?? 0) > 0)
    .map((lane) => html`<span class="key ${lane}"></span><b>${grouped(parts[lane] ?? 0)}</b> ${lane}`);
  return { stage, kind, from: { all: rowsIn }, to: parts, facts };
}

/** A stage before the rows are divided. */
function whole(
  { stage, kind, rowsIn, rowsOut, changed, removed, examples = [] }: StageEvent,
  notes: readonly string[],
): Omit<Step, "settings"> {
  const gone = rowsIn - rowsOut;
  const share = gone / rowsIn;
  const lost = gone > 0 && html`, <b class="bad">−${grouped(gone)}</b> removed (${percent(share, share < 0.001 ? 3 : 1)})`;
  const facts = [html`<b>${grouped(rowsOut)}</b> rows${lost}`, ...(changed > 0 ? [`${grouped(changed)} values changed`] : []), ...notes];
  return { stage, kind, from: stage === "source" ? {} : { all: rowsIn }, to: { all: rowsOut }, facts, removed, changed: examples };
}

/** Augmentation, training and evaluation. */
function training({ stages, verdict }: ReportFile, { rows, model }: NonNullable<ReportFile["trained"]>, pipeline: Definition): Step[] {
  const everyTime = ["training rows only, drawn anew each time"];
  const told = new Set(stages.filter(({ stage }) => stage === "augment").map(({ kind }) => kind));
  const augment = list(pipeline.augment)
    .map(described)
    .filter(({ kind }) => !told.has(kind))
    .map((stage): Step => ({ stage: "augment", ...stage, from: rows, to: rows, facts: everyTime, shaken: true }));
  const set = rows.test > 0 ? "test" : "validation";
  const left: Rows = rows[set] > 0 ? { [set]: rows[set] } : {};
  const layers = model.summary.layers.length;
  const { optimizer = "rmsprop", loss } = (pipeline.train ?? {}) as Definition;
  const { kind, settings } = described(optimizer);
  const fit: Step = {
    stage: "train",
    kind,
    settings: [settings, described(loss).kind].filter((text) => text !== "").join("; "),
    from: rows,
    to: left,
    facts: [`${layers} ${layers === 1 ? "layer" : "layers"}, ${grouped(model.summary.parameters)} parameters`],
  };
  if (rows[set] === 0) return [...augment, fit];
  const judged = verdict && html`<b>${grouped(verdict.rows)}</b> ${verdict.rows === rows[set] ? "rows" : "steps"} judged`;
  return [...augment, fit, { stage: "evaluate", kind: `${set} rows`, settings: "", from: left, to: {}, facts: [judged ?? "not reached"] }];
}
