// What a report says: a line, some tiles with the main numbers, and sections, each where there is something to say.
import type { Evaluation } from "../pipeline/events.ts";
import type { Example, FinalNumbers, RunRecord, Verdict } from "../pipeline/report/file.ts";
import { curves, historyTable, paceCharts } from "./curves.ts";
import { flow } from "./flow.ts";
import { foldsTable } from "./folds.ts";
import { dateText, duration, grouped, numberText, percent, spaced } from "./format.ts";
import { type Html, html } from "./html.ts";
import { importanceTable } from "./importance.ts";
import { classTable, confusion, metricsTable } from "./matrix.ts";
import { modelTable } from "./model.ts";
import { origins } from "./origins.ts";
import { plotsSection } from "./plots.ts";
import { exampleList, mistakeList } from "./rows.ts";

export interface Section {
  readonly id: string;
  readonly title: string;
  /** Draws it. */
  body(): Html;
}

const endings = { epochs: "", earlyStopping: ", stopped early", nan: ", stopped by a loss that is no longer a number" } as const;

export function subtitle({ report, history, metrics, pipeline }: RunRecord): Html {
  if (history.length === 0 && metrics?.crossValidation !== undefined)
    return html`<p class="soft">${report && `${dateText(report.started)} · `}cross-validated, no model kept</p>`;
  const planned = (pipeline.train as { epochs?: number } | undefined)?.epochs ?? 1;
  const epochs = `${grouped(history.length)} ${history.length === 1 ? "epoch" : "epochs"}`;
  const state = metrics === undefined ? `interrupted after ${epochs} of ${grouped(planned)}` : `${epochs}${endings[metrics.reason]}`;
  return html`<p class="soft">${report && `${dateText(report.started)} · `}${state}</p>`;
}

/** The part that the final numbers are of. */
function finalOf(metrics: FinalNumbers | undefined): { readonly set: Verdict["set"]; readonly evaluation: Evaluation } | undefined {
  for (const set of ["test", "validation"] as const) {
    const evaluation = metrics?.evaluation[set];
    if (evaluation !== undefined) return { set, evaluation };
  }
  return undefined;
}

const shownAsShares = new Set(["accuracy", "balancedAccuracy", "binaryAccuracy"]);
const textOf = (name: string, value: number | null): string =>
  shownAsShares.has(name) && value !== null ? percent(value, 2) : numberText(value);

export function tiles({ report, history, metrics }: RunRecord): Html {
  const final = finalOf(metrics);
  const tile = (what: string, value: string, ...small: string[]): Html =>
    html`<div class="tile"><dt>${what}</dt><dd>${value}</dd>${small.map((line) => html`<dd class="small">${line}</dd>`)}</div>`;
  const list: Html[] = [];
  const folds = metrics?.crossValidation;
  if (folds !== undefined) {
    const [name = "loss"] = Object.keys(folds.mean).filter((n) => n !== "loss");
    list.push(
      tile(
        `mean ${spaced(name)} of ${folds.folds} folds`,
        textOf(name, folds.mean[name] ?? null),
        `± ${textOf(name, folds.deviation[name] ?? null)}`,
      ),
    );
  }
  if (final !== undefined) {
    const { set, evaluation } = final;
    const names = Object.keys(evaluation.scalars);
    for (const name of [...names.filter((n) => n !== "loss").slice(0, 2), "loss"].filter((n) => names.includes(n))) {
      const text = (value: number): string => textOf(name, value);
      const interval = evaluation.intervals?.scalars[name];
      const baseline = evaluation.baseline?.scalars[name];
      const small = [
        ...(interval ? [`${text(interval[0])} to ${text(interval[1])}`] : []),
        ...(baseline === undefined ? [] : [`baseline ${text(baseline)}`]),
      ];
      list.push(tile(`${set} ${spaced(name)}`, text(evaluation.scalars[name] as number), ...small));
    }
  }
  const seconds = history.reduce((sum, epoch) => sum + epoch.seconds, 0);
  if (history.length > 0) {
    const rows = history.reduce((sum, epoch) => sum + epoch.samplesPerSecond * epoch.seconds, 0);
    const all = metrics === undefined ? [] : [`${duration(metrics.seconds)} with everything else`];
    list.push(tile("training", duration(seconds), `${grouped(rows / seconds)} rows/s`, ...all));
  }
  if (report?.trained !== undefined) {
    const { summary, build, threads } = report.trained.model;
    list.push(
      tile(
        "parameters",
        grouped(summary.parameters),
        build === "js" ? "plain JavaScript" : `${build} SIMD`,
        `${threads} ${threads === 1 ? "thread" : "threads"}`,
      ),
    );
  }
  return html`<dl class="tiles">${list}</dl>`;
}

export function sectionsOf(record: RunRecord): Section[] {
  const { report, history, metrics, pipeline } = record;
  const final = finalOf(metrics);
  const folds = metrics?.crossValidation;
  const importance = final?.evaluation.importance ?? folds?.importance;
  const model = report?.trained?.model;
  const sections: (Section | false | undefined)[] = [
    folds && { id: "folds", title: "Cross-validation", body: () => foldsTable(folds) },
    final !== undefined && { id: "results", title: "Results", body: () => results(final.evaluation, final.set, record) },
    history.length > 0 && { id: "curves", title: "Learning curves", body: () => html`${curves(history)}${historyTable(history)}` },
    importance && { id: "importance", title: "Which columns matter", body: () => importanceTable(importance) },
    report && {
      id: "pipeline",
      title: "Pipeline",
      body: () =>
        html`<p class="soft">Rows flow downwards; the ribbon is as wide as there are rows. What is fitted is fitted on training rows.</p>${flow(report, pipeline)}`,
    },
    confusionSection(record, final),
    report?.plots && { id: "plots", ...plotsSection(report.plots, report.verdict?.set, final?.evaluation.scalars ?? {}) },
    mistakesSection(report?.verdict),
    samplesSection(report?.trained?.examples ?? []),
    model && { id: "model", title: "Model", body: () => modelTable(model.summary) },
    history.length > 0 && { id: "pace", title: "Learning rate and throughput", body: () => paceCharts(history) },
    { id: "origins", title: "Where it comes from", body: () => origins(record) },
  ];
  return sections.filter((section): section is Section => section !== false && section !== undefined);
}

function samplesSection(examples: readonly Example[]): Section | undefined {
  if (examples.length === 0) return undefined;
  const augments = examples.some(({ augmented }) => augmented.length > 0);
  const lead = html`Training rows as the source gave them${augments && ", and what augmentation makes of them: three draws of many, for every epoch draws anew"}.`;
  return {
    id: "samples",
    title: "Samples",
    body: () => html`<p class="soft">${lead}</p><div class="examples">${exampleList(examples, augments)}</div>`,
  };
}

function results(evaluation: Evaluation, set: Verdict["set"], { report }: RunRecord): Html {
  const notes = [
    ...new Set([
      ...(evaluation.notes ?? []),
      ...(report?.warnings ?? []).filter(({ at }) => at !== "--resume").map(({ at, message }) => `${at}: ${message}`),
    ]),
  ];
  const unsaid = notes.filter((note) => !notes.some((other) => other !== note && other.endsWith(note)));
  return html`${metricsTable(evaluation, set)}${unsaid.map((note) => html`<p class="note">${note}</p>`)}`;
}

function confusionSection({ report }: RunRecord, final: ReturnType<typeof finalOf>): Section | undefined {
  const { confusionMatrix, classes = [], perClass } = { ...final?.evaluation, ...report?.verdict };
  const set = report?.verdict?.set ?? final?.set;
  if (set === undefined || (confusionMatrix === undefined && perClass === undefined)) return undefined;
  const body = (): Html =>
    html`<div class="abreast">${confusionMatrix && confusion(confusionMatrix, classes, `${set} rows`)}${perClass && classTable(perClass)}</div>`;
  return { id: "classes", title: "Classes", body };
}

function mistakesSection(verdict: Verdict | undefined): Section | undefined {
  if (verdict === undefined || (verdict.mistakes.length === 0 && verdict.wrong === undefined)) return undefined;
  const { wrong, rows, set, mistakes } = verdict;
  if (wrong === 0)
    return {
      id: "mistakes",
      title: "Mistakes",
      body: () => html`<p>None: all ${grouped(rows)} ${set} rows are of the class that the model says.</p>`,
    };
  const lead =
    wrong === undefined
      ? html`The ${set} rows whose loss is largest, of ${grouped(rows)}.`
      : html`${grouped(wrong)} of ${grouped(rows)} ${set} rows (${percent(wrong / rows, 2)}) are of another class than the model says.${mistakes.length > 0 && " These it is surest of:"}`;
  return {
    id: "mistakes",
    title: wrong === undefined ? "Largest errors" : "Most confident mistakes",
    body: () => html`<p>${lead}</p>${mistakeList(verdict)}`,
  };
}
