// The page that a report is: whole in itself, whatever the run was like.
import { describe, expect, it } from "vitest";
import type { RunRecord } from "../../src/pipeline/report/file.ts";
import { reportHtml } from "../../src/report/reportHtml.ts";
import { epochsOf, record, report } from "./record.ts";

const text = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .replace(/&amp;/g, "&");

describe("a report", () => {
  it("asks for nothing beside itself, and runs nothing", () => {
    const html = reportHtml(record);
    expect(html).not.toMatch(/<script|<link|<iframe|https?:|@import|url\(|\son\w+=/i);
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
  });

  it("tells how many rows each stage left, and which it removed why", () => {
    const said = text(reportHtml(record));
    expect(said).toContain("977 rows, −23 removed (2.3 %)");
    expect(said).toContain("row 12: equals row 3 and 22 more");
    expect(said).toMatch(/700 train .*77 validation .*200 test/);
  });

  it("names seed, versions, machine and checksums", () => {
    const said = text(reportHtml(record));
    for (const fact of [
      "seed 5",
      "lanewise 0.1.0",
      "runtime Node 26.10.0",
      "machine linux x64, 2 cores",
      "rows.csv 1.2 kB",
      "ab".repeat(32),
    ])
      expect(said).toContain(fact);
  });

  it("says so where the run did not come to its end, or never left a report.json", () => {
    expect(text(reportHtml({ ...record, history: epochsOf(2) }))).toContain("interrupted after 2 epochs of 3");
    const { report: _, ...old } = record;
    const html = reportHtml(old);
    expect(html).toContain('<svg class="chart"');
    expect(html).not.toContain('id="pipeline"');
    expect(text(reportHtml({ ...old, history: [] }))).toContain("interrupted after 0 epochs of 3");
  });

  it("shows names and texts of any kind as they are", () => {
    const nasty = `<img src=x onerror=alert(1)> & "'`;
    const shown: RunRecord = {
      ...record,
      pipeline: { ...record.pipeline, name: nasty },
      report: {
        ...report,
        trained: { ...report.trained, examples: [{ id: 1, label: nasty, source: { kind: "text", text: nasty }, augmented: [] }] },
        verdict: {
          set: "test",
          rows: 2,
          wrong: 1,
          mistakes: [{ id: 2, actual: nasty, predicted: nasty, view: { kind: "values", values: [{ name: nasty, value: 1 }], more: 3 } }],
          classes: [nasty, "b"],
          confusionMatrix: [
            [1, 0],
            [1, 0],
          ],
        },
      },
    };
    const html = reportHtml(shown);
    expect(html).not.toContain("<img src=x");
    expect(html.split("&lt;img src=x onerror=alert(1)&gt; &amp; &quot;&#39;").length).toBeGreaterThan(7);
  });

  it("tells the folds of a cross-validation, of one that keeps no model, too", () => {
    const crossValidation = {
      folds: 3,
      repeats: 1,
      mean: { accuracy: 0.8 },
      deviation: { accuracy: 0.05 },
      values: { accuracy: [0.75, 0.8, 0.85] },
      baseline: { accuracy: 0.5 },
      confusionMatrix: [
        [11, 2],
        [3, 1234],
      ],
      classes: ["no", "yes"],
    };
    const { trained: _, ...before } = report;
    const metrics = { seconds: 1, epochs: 3, reason: "epochs", evaluation: {}, crossValidation } as const;
    const html = reportHtml({ ...record, report: before, history: [], metrics });
    expect(text(html)).toContain("accuracy 0.8000 0.0500 0.7500, 0.8000, 0.8500 0.5000");
    expect(text(html)).toContain("test rows of all folds; down: true, across: predicted no yes no 11 2 yes 3 1,234");
    expect(text(html)).toContain("cross-validated, no model kept");
    expect(html).not.toContain('id="model"');
  });

  it("draws what thresholds would give, how far probabilities can be believed, and amounts", () => {
    const roc = [[0, 0] as const, [0.1, 0.8] as const, [1, 1] as const];
    const calibration = [{ rows: 3, predicted: 0.25, observed: 0.5 }];
    const plots = { rows: 20, positive: "<yes>", positives: 5, roc, precisionRecall: [[1, 0.25] as const], calibration };
    const two = reportHtml({ ...record, report: { ...report, plots } });
    for (const id of ["roc", "precision", "calibration"]) expect(two).toContain(`aria-labelledby="plot-${id}-title plot-${id}-text"`);
    expect(text(two)).toContain("Where 10.0 % of the others are taken for it, 80.0 % is found.");
    expect(text(two)).toContain("25.0 % said, 50.0 % true of 3 rows");
    expect(two).toContain("&lt;yes&gt;");
    const values = [[1, 2] as const, [3, 2.5] as const];
    const amounts = reportHtml({ ...record, report: { ...report, plots: { rows: 200, folds: 5, values } } });
    expect(text(amounts)).toContain("200 rows, each predicted by the model of the fold that had set it aside, of which 2 are shown");
    for (const id of ["values", "residuals"]) expect(amounts).toContain(`id="plot-${id}-title"`);
    expect(amounts).toContain("<title>predicted 3.0000, true 2.5000</title>");
    const constant = { rows: 2, values: [[1, 1] as const, [1, 1] as const] };
    expect(reportHtml({ ...record, report: { ...report, plots: constant } })).not.toMatch(/NaN|Infinity/);
  });

  it("tells which columns matter, of a run and of folds", () => {
    const columns = [
      { column: "age & sex", mean: 0.25, deviation: 0.01 },
      { column: "noise", mean: -0.004, deviation: 0.002 },
    ];
    const importance = { metric: "accuracy", score: 0.9, rows: 1234, repeats: 5, columns };
    const evaluation = { test: { rows: 1234, scalars: { accuracy: 0.9 }, importance } };
    const metrics = { seconds: 1, epochs: 3, reason: "epochs", evaluation } as const;
    const html = reportHtml({ ...record, metrics });
    expect(text(html)).toContain(
      "What accuracy (0.900) loses on 1,234 rows when the values of one column are shuffled among them, 5 times;",
    );
    expect(text(html)).toContain("age & sex 0.250 0.010 noise -0.004 0.002");
    expect(html.match(/<rect class="(more|less)"/g)).toEqual(['<rect class="more"', '<rect class="less"']);
    const crossValidation = { folds: 3, repeats: 1, mean: {}, deviation: {}, values: {}, importance: { ...importance, folds: 3 } };
    const folded = reportHtml({ ...record, metrics: { ...metrics, evaluation: {}, crossValidation } });
    expect(text(folded)).toContain("5 times in each of 3 folds");
    expect(reportHtml(record)).not.toContain('id="importance"');
  });

  it("stays under 400 kB, however long and wide the run was", () => {
    const classes = Array.from({ length: 40 }, (_, i) => `class ${i}`);
    const many: RunRecord = {
      ...record,
      history: epochsOf(20_000),
      report: {
        ...report,
        verdict: {
          set: "test",
          rows: 200,
          wrong: 10,
          mistakes: [],
          classes,
          confusionMatrix: classes.map((_, a) => classes.map((_, p) => a * p)),
          perClass: classes.map((name) => ({ class: name, precision: 0.5, recall: 0.5, f1: 0.5, support: 5 })),
        },
      },
    };
    expect(Buffer.byteLength(reportHtml(many))).toBeLessThan(400_000);
    expect(Buffer.byteLength(reportHtml(record))).toBeLessThan(40_000);
  });

  it("lists confusions where there are too many classes for a matrix", () => {
    const classes = Array.from({ length: 50 }, (_, i) => `c${i}`);
    const confusionMatrix = classes.map((_, a) => classes.map((_, p) => (a === 7 && p === 9 ? 4 : 0)));
    const verdict = { set: "test", rows: 4, wrong: 4, mistakes: [], classes, confusionMatrix } as const;
    expect(text(reportHtml({ ...record, report: { ...report, verdict } }))).toContain("c7 c9 4");
  });

  it("draws losses that are no numbers as gaps", () => {
    const history = epochsOf(4).map((epoch, i) => (i === 2 ? { ...epoch, train: { loss: null as unknown as number } } : epoch));
    const html = reportHtml({ ...record, history });
    expect(html).not.toMatch(/NaN|Infinity|undefined|null/);
    expect(html).toContain("training, epoch 2:");
    expect(html).not.toContain("training, epoch 3:");
    expect(html).toContain("validation, epoch 3:");
  });
});
