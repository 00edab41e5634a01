// Forms are made of rules: every setting of every kind can be filled in, and what a form starts with is allowed.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { type Descriptor, describe as describeSettings, type Family, type Form, type Rules } from "../../src/check.ts";
import { checkPipeline, type Pipeline, pipelineRules, setPath } from "../../src/pipeline/define.ts";
import { jsonOf, setOptions, typescriptOf } from "../../src/studio/forms/code.ts";
import { families } from "../../src/studio/forms/families.ts";
import { docOf, fieldAt, formOf, innerFields, settingsOf, variantOf } from "../../src/studio/forms/fields.ts";
import { changedAt, moved, pathText, placeOf, valueAt } from "../../src/studio/forms/path.ts";
import { problemOf } from "../../src/studio/forms/problem.ts";
import { startOf, startOfKind } from "../../src/studio/forms/starters.ts";
import { settingDocs } from "../../src/studio/generated/settingDocs.ts";

const kinds = Object.entries(families).flatMap(([family, members]) =>
  Object.entries(members).map(([kind, { rules }]) => [family as Family, kind, rules] as const),
);

/** A form and those inside it. */
function everyForm(form: Form): Form[] {
  const inner: Form[] =
    form.type === "either"
      ? [...form.of]
      : form.type === "list" || form.type === "record"
        ? [form.of]
        : form.type === "settings"
          ? Object.values(form.rules).map((rule) => rule.form)
          : [];
  return [form, ...inner.flatMap(everyForm)];
}

const types = ["number", "boolean", "string", "oneOf", "either", "list", "record", "settings", "descriptor", "rows"];
const root = join(import.meta.dirname, "../..");
const definitions = await Promise.all(
  readdirSync(join(root, "pipelines"))
    .filter((name) => name.endsWith(".ts"))
    .map(
      async (name) => [name, ((await import(pathToFileURL(join(root, "pipelines", name)).href)) as { default: Pipeline }).default] as const,
    ),
);

describe("forms", () => {
  it("know every family", () => {
    expect(kinds.length).toBeGreaterThan(100);
    for (const members of Object.values(families)) expect(Object.keys(members).length).toBeGreaterThan(0);
  });

  it.each(kinds)("%s %s: every rule has a form, down to its leaves", (family, kind, rules: Rules) => {
    for (const [name, rule] of Object.entries(rules)) {
      for (const form of everyForm(rule.form)) {
        expect(types, `${kind}.${name}`).toContain(form.type);
        if (form.type === "descriptor") expect(families).toHaveProperty([form.family]);
        if (form.type === "oneOf") expect(form.values.length).toBeGreaterThan(0);
      }
    }
    expect(settingsOf(kind, family).map(({ name }) => name)).toEqual(Object.keys(rules));
  });

  it("cover all of a pipeline", () => {
    for (const rule of Object.values(pipelineRules)) for (const form of everyForm(rule.form)) expect(types).toContain(form.type);
    expect(new Set(Object.values(pipelineRules).flatMap(({ form }) => everyForm(form).map(({ type }) => type)))).toContain("settings");
  });

  it.each(kinds)("%s %s: what it starts with is allowed", (_, kind, rules: Rules) => {
    const family = _ as Family;
    const start = startOfKind(family, kind) as Descriptor;
    expect(() => describeSettings(kind, start, rules, kind)).not.toThrow();
  });

  it("start settings that may be left out with something that the rule takes, but for text that is to be written", () => {
    const refused = kinds.flatMap(([family, kind, rules]) =>
      Object.entries(rules).flatMap(([name, rule]) => {
        try {
          rule(startOf(rule.form, name), name);
          return [];
        } catch {
          return everyForm(rule.form).some(({ type }) => type === "string" || type === "rows" || type === "descriptor")
            ? []
            : [`${family} ${kind}.${name}`];
        }
      }),
    );
    expect(refused).toEqual([]);
  });

  it("finds what a value is among several forms", () => {
    const either: Form = { type: "either", of: [{ type: "number" }, { type: "descriptor", family: "schedule" }] };
    expect(variantOf(either, 0.1)?.type).toBe("number");
    expect(variantOf(either, { kind: "cosineDecay" })?.type).toBe("descriptor");
    expect(variantOf(either, "fast")).toBeUndefined();
  });
});

describe("formOf", () => {
  it.each(definitions)("%s: has a field with its value for everything that the pipeline says", (_, pipeline) => {
    const fields = new Map(formOf(pipeline).map((field) => [pathText(field.path), field]));
    const look = (value: unknown, path: readonly (string | number)[]): void => {
      const key = path.at(-1);
      if (key === "kind") return;
      if (path.length > 0) expect(fields.get(pathText(path))?.value, pathText(path)).toBe(value);
      const field = fields.get(pathText(path));
      if (field?.form.type === "rows") return;
      if (typeof value !== "object" || value === null) return;
      for (const [name, item] of Object.entries(value)) look(item, [...path, Array.isArray(value) ? Number(name) : name]);
    };
    look(pipeline, []);
  });

  it("tells what may be left out, and the default where it is known", () => {
    const fields = formOf(pipeline);
    const of = (place: string) => fields.find(({ path }) => pathText(path) === place);
    expect(of("model[0].units")).toMatchObject({ optional: false, value: 16, form: { type: "number", min: 1, integer: true } });
    expect(of("model[0].useBias")).toMatchObject({ optional: true, value: undefined, doc: { default: true } });
    expect(of("train.batchSize")).toMatchObject({ optional: true, doc: { default: 32 } });
    expect(of("train.optimizer.learningRate")).toMatchObject({ value: 0.01 });
  });
});

const pipeline: Pipeline = checkPipeline({
  source: { kind: "strokes", rows: 200 },
  normalize: [{ kind: "minMax" }],
  augment: [{ kind: "rotate", degrees: 10 }],
  model: [
    { kind: "dense", units: 16, activation: "relu" },
    { kind: "dropout", rate: 0.1 },
    { kind: "dense", units: 10, activation: "softmax" },
  ],
  train: { loss: "sparseCategoricalCrossentropy", optimizer: { kind: "adam", learningRate: 0.01 }, epochs: 2 },
});

describe("editing", () => {
  it("changes one place, and shares the rest", () => {
    const next = changedAt(pipeline, ["model", 0, "units"], 64);
    expect(valueAt(next, ["model", 0, "units"])).toBe(64);
    expect(next.model[1]).toBe(pipeline.model[1]);
    expect(Object.keys(next)).toEqual(Object.keys(pipeline));
    expect(valueAt(pipeline, ["model", 0, "units"])).toBe(16);
  });

  it("takes settings and items away, and moves items", () => {
    expect(changedAt(pipeline, ["train", "epochs"], undefined).train).not.toHaveProperty("epochs");
    expect(changedAt(pipeline, ["model", 1], undefined).model.map(({ kind }) => kind)).toEqual(["dense", "dense"]);
    expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });

  it.each([
    [["model", 0, "units"], 0, "model[0].units", "expected an integer >= 1, got 0"],
    [["model", 0, "activation"], "rely", "model[0].activation", 'unknown activation "rely"; did you mean "relu"?'],
    [["train", "optimizer", "learningRate"], -1, "train.optimizer.learningRate", "expected a number > 0, got -1"],
    [["augment", 0, "degrees"], [10, 5], "augment[0].degrees", "expected [low, high] with low < high, got [10,5]"],
    [["augment", 0, "degrees"], [10, 500], "augment[0].degrees[1]", "expected a number >= -360 and <= 360, got 500"],
    [["source", "rows"], 1.5, "source.rows", "expected an integer >= 1, got 1.5"],
    [["model"], [], "model", "expected a list of layers, got []"],
    [["split"], { folds: 3, orderBy: "day", shuffle: true }, "split.orderBy", "it does not go with shuffle: true; leave one of them out"],
  ] as const)("%j = %j is refused beside its field", (path, value, place, message) => {
    expect(problemOf(changedAt(pipeline, path, value))).toEqual({ place, message });
  });

  it("finds nothing wrong with what is right", () => {
    expect(problemOf(pipeline)).toBeUndefined();
  });

  it("finds the innermost field of a place in words", () => {
    const fields = formOf(pipeline);
    expect(placeOf("model[0] dense.units")).toBe("model[0].units");
    expect(pathText(fieldAt(fields, "model[0] dense.units.more")?.path ?? [])).toBe("model[0].units");
    expect(fieldAt(fields, "pipeline")).toBeUndefined();
    expect(innerFields({ type: "rows" }, [1], [])).toEqual([]);
  });
});

describe("copies", () => {
  it.each(definitions)("%s is the same pipeline as TypeScript", async (_, definition) => {
    const lanewise = (await import("../../src/index.ts")) as unknown as Record<string, unknown>;
    const code = typescriptOf(definition);
    const [, names, body] = /^import \{ (.*) \} from "lanewise";\n\nexport default (pipeline\([\s\S]*\));\n$/.exec(code) ?? [];
    const list = (names ?? "").split(", ");
    const made = new Function(...list, `return ${body}`)(...list.map((name) => lanewise[name])) as Pipeline;
    expect(made).toEqual(definition);
    expect(JSON.parse(jsonOf(definition))).toEqual(JSON.parse(JSON.stringify(definition)));
  });

  it("names what was changed as --set options that make the same change", () => {
    const changed = changedAt(changedAt(pipeline, ["model", 0, "units"], 64), ["train", "batchSize"], 8);
    const options = setOptions(pipeline, changed);
    expect(options).toEqual(["--set 'model[0].units=64'", "--set train.batchSize=8"]);
    const again = options.reduce<Pipeline>((from, option) => {
      const [, path, value] = /^--set '?([^=]+)=(.*?)'?$/.exec(option) as unknown as [string, string, string];
      return setPath(from, path, JSON.parse(value));
    }, pipeline);
    expect(again).toEqual(changed);
    expect(setOptions(pipeline, changedAt(pipeline, ["model", 1], undefined))[0]).toMatch(/^--set 'model=\[\{"kind":"dense"/);
    expect(setOptions(pipeline, changedAt(pipeline, ["augment"], undefined))).toEqual(["--set 'augment=[]'"]);
    expect(setOptions(pipeline, pipeline)).toEqual([]);
  });
});

describe("what the sources say", () => {
  it("is known of most kinds, and of their settings", () => {
    const named = kinds.filter(([, kind]) => docOf(kind).about !== undefined);
    expect(named.length / kinds.length).toBeGreaterThan(0.6);
    expect(docOf("dense")).toMatchObject({ positional: ["units"], settings: { activation: { default: "linear" } } });
    expect(docOf("strokes").settings).toMatchObject({ rows: { default: 12000 }, test: { default: 2000 }, seed: { default: 1 } });
    expect(docOf("adam").settings).toMatchObject({ beta1: { default: 0.9 }, epsilon: { default: 1e-7 } });
    expect(docOf("adamW").settings).toMatchObject({ weightDecay: { default: 0.004 } });
    expect(docOf("train").settings).toMatchObject({ optimizer: { default: "rmsprop" }, epochs: { default: 1 } });
    expect(docOf("split").settings.folds?.help).toMatch(/^`folds` \(k\) trains and measures k times/);
  });

  it.each(kinds)("%s %s: every default is one that the rule allows", (_, kind, rules: Rules) => {
    for (const [name, doc] of Object.entries(docOf(kind).settings)) {
      // 0 and nothing may be what cannot be asked for.
      if (doc.default && rules[name] !== undefined) expect(() => rules[name]?.(doc.default, `${kind}.${name}`)).not.toThrow();
    }
  });

  it("speaks of settings that there are", () => {
    for (const [, kind, rules] of kinds) {
      const positional = docOf(kind).positional ?? [];
      expect(
        positional.filter((name) => !(name in rules)),
        kind,
      ).toEqual([]);
    }
    expect(Object.keys(settingDocs).length).toBeGreaterThan(90);
  });
});
