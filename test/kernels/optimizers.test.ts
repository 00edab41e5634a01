import { describe, expect, test } from "vitest";
import type { Executor } from "../../src/wasm/abi.ts";
import { golden, noGolden } from "../support/golden.ts";
import { error, executors, sheet, sizes, uniform } from "../support/memory.ts";

/** Kernel, hyper-parameters of step t (from 1) and number of state arrays. */
interface Rule {
  readonly kernel: "sgd_f32" | "rmsprop_f32" | "adam_f32";
  readonly slots: number;
  hyper(t: number): readonly number[];
}

const sgd = (rate: number, momentum = 0, nesterov = false, decay = 0): Rule => ({
  kernel: "sgd_f32",
  slots: momentum === 0 ? 0 : 1,
  hyper: () => [rate, momentum, nesterov ? 1 : 0, decay],
});

const rmsprop = (rate: number, rho: number, epsilon: number, momentum = 0, decay = 0): Rule => ({
  kernel: "rmsprop_f32",
  slots: momentum === 0 ? 1 : 2,
  hyper: () => [rate, rho, epsilon, momentum, decay],
});

const adam = (rate: number, beta1: number, beta2: number, epsilon: number, decay = 0): Rule => ({
  kernel: "adam_f32",
  slots: 2,
  hyper: (t) => [(rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t), 1 - beta1, 1 - beta2, epsilon, rate * decay],
});

/** The weights after each step; `clip` may change the gradients first. */
function train(
  executor: Executor,
  rule: Rule,
  init: ArrayLike<number>,
  grads: readonly ArrayLike<number>[],
  clip?: (g: number, n: number) => void,
): Float32Array[] {
  const n = init.length;
  const page = sheet(executor);
  const [w, g, hyper] = [page.f32(init), page.room(n), page.room(5)];
  const [first, second] = [0, 1].map((slot) => (slot < rule.slots ? page.f32(new Float32Array(n)) : 0)) as [number, number];
  const path = grads.map((gradient, i) => {
    executor.views.f32.set(gradient, g / 4);
    executor.views.f32.set(rule.hyper(i + 1), hyper / 4);
    clip?.(g, n);
    if (rule.kernel === "sgd_f32") executor.call("sgd_f32", w, g, first, n, hyper);
    else executor.call(rule.kernel, w, g, first, second, n, hyper);
    return page.readF32(w, n);
  });
  expect(page.guardsHold()).toBe(true);
  return path;
}

/** The same in float64, from the papers as Keras writes them. */
function reference(rule: Rule, init: ArrayLike<number>, grads: readonly ArrayLike<number>[]): number[][] {
  const [w, m, v] = [Array.from(init), new Array<number>(init.length).fill(0), new Array<number>(init.length).fill(0)];
  return grads.map((gradient, step) => {
    const [a, b, c, d, e] = rule.hyper(step + 1) as [number, number, number, number, number];
    for (let i = 0; i < w.length; i++) {
      const [x, g] = [w[i] as number, gradient[i] as number];
      const [m0, v0] = [m[i] as number, v[i] as number];
      if (rule.kernel === "sgd_f32") {
        m[i] = b * m0 - a * g;
        w[i] = x - a * d * x + (c === 1 ? b * (m[i] as number) - a * g : (m[i] as number));
      } else if (rule.kernel === "rmsprop_f32") {
        v[i] = b * v0 + (1 - b) * g * g;
        m[i] = d * m0 + (a * g) / Math.sqrt((v[i] as number) + c);
        w[i] = x - a * e * x - (m[i] as number);
      } else {
        m[i] = m0 + b * (g - m0);
        v[i] = v0 + c * (g * g - v0);
        w[i] = x - e * x - (a * (m[i] as number)) / (Math.sqrt(v[i] as number) + d);
      }
    }
    return [...w];
  });
}

const rules: Readonly<Record<string, Rule>> = {
  sgd: sgd(0.1),
  "sgd with weight decay": sgd(0.1, 0, false, 0.01),
  momentum: sgd(0.05, 0.9),
  "nesterov with weight decay": sgd(0.05, 0.9, true, 0.1),
  rmsprop: rmsprop(0.01, 0.9, 1e-7),
  "rmsprop with momentum and weight decay": rmsprop(0.01, 0.95, 1e-3, 0.8, 0.1),
  adam: adam(0.01, 0.9, 0.999, 1e-7),
  adamW: adam(0.02, 0.8, 0.95, 1e-3, 0.1),
};

interface Case {
  readonly id: string;
  readonly optimizer: string;
  readonly config: Readonly<Record<string, number | boolean | object>>;
  readonly params: { readonly lr: number; readonly momentum?: number; readonly nesterov?: boolean };
  readonly init: readonly { readonly data: readonly number[] }[];
  readonly grads: readonly (readonly (readonly number[])[])[];
  readonly trajectory: readonly (readonly (readonly number[])[])[];
  readonly noise: number;
}

function kerasRule({ optimizer, config }: Case): Rule | undefined {
  const get = (key: string): number => Number(config[key] ?? 0);
  if (typeof config.learning_rate !== "number" || config.use_ema || config.amsgrad || config.centered || config.gradient_accumulation_steps)
    return undefined;
  const [rate, decay] = [get("learning_rate"), get("weight_decay")];
  if (optimizer === "SGD") return sgd(rate, get("momentum"), config.nesterov === true, decay);
  if (optimizer === "RMSprop") return rmsprop(rate, get("rho"), get("epsilon"), get("momentum"), decay);
  return optimizer.startsWith("Adam") && optimizer !== "Adamax"
    ? adam(rate, get("beta_1"), get("beta_2"), get("epsilon"), decay)
    : undefined;
}

function expectPath(executor: Executor, c: Case, rule: Rule): void {
  const { clipvalue, clipnorm, global_clipnorm: globalNorm } = (c.config ?? {}) as Readonly<Record<string, number | undefined>>;
  const norm = clipnorm ?? globalNorm;
  const clip = (g: number, n: number): void => {
    if (clipvalue !== undefined) executor.call("clip_value_f32", g, n, clipvalue);
    if (norm !== undefined) executor.call("clip_norm_f32", g, n, norm);
  };
  const init = c.init.map((t) => t.data);
  const joined = globalNorm !== undefined;
  for (let i = 0; i < (joined ? 1 : init.length); i++) {
    const tensor = (parts: readonly (readonly number[])[]): readonly number[] => (joined ? parts.flat() : (parts[i] as readonly number[]));
    train(executor, rule, tensor(init), c.grads.map(tensor), clip).forEach((w, step) => {
      const expected = tensor(c.trajectory[step] as readonly (readonly number[])[]);
      expect(error(w, expected), `${c.id}, step ${step + 1}`).toBeLessThan(Math.max(1e-6, 8 * c.noise));
    });
  }
}

describe.each(executors)("$build optimizers", (executor) => {
  test.each(Object.keys(rules))("%s follows its formula for every length", (name) => {
    const rule = rules[name] as Rule;
    for (const n of sizes) {
      const init = uniform(n, n);
      const grads = [1, 2, 3, 4, 5].map((t) => uniform(n, n + 1000 * t));
      const path = train(executor, rule, init, grads);
      reference(rule, init, grads).forEach((expected, t) => {
        expect(error(path[t] as Float32Array, expected), `${n}, step ${t + 1}`).toBeLessThan(2e-6);
      });
    }
  });

  test("means that decay towards zero become zero before they are denormal", () => {
    const page = sheet(executor);
    const [w, g, hyper] = [page.f32([1, 1, 1, 1, 1]), page.f32([0, 0, 0, 0, 0]), page.room(5)];
    const m = page.f32([1e-29, -1e-29, 1e-31, 0, 1]);
    const v = page.f32([1e-35, 1e-36, 1e-38, 0, 1]);
    executor.views.f32.set(adam(0.001, 0.9, 0.9, 1e-7).hyper(1000), hyper / 4);
    for (let step = 0; step < 200; step++) executor.call("adam_f32", w, g, m, v, 5, hyper);
    expect([...page.readF32(m, 4), ...page.readF32(v, 4)]).toEqual(new Array(8).fill(0));
    expect(page.readF32(m, 5)[4]).toBeGreaterThan(1e-10);
    const velocity = page.f32([1e-30, -1e-30, 1]);
    executor.views.f32.set([0.1, 0.5, 0, 0], hyper / 4);
    executor.call("sgd_f32", w, g, velocity, 3, hyper);
    expect(Math.abs(page.readF32(velocity, 3)[0] as number)).toBe(0);
    const [mean, momentum] = [page.f32([1e-36]), page.f32([1e-30])];
    executor.views.f32.set([0.1, 0.5, 1e-7, 0.5, 0], hyper / 4);
    executor.call("rmsprop_f32", w, g, mean, momentum, 1, hyper);
    expect([page.readF32(mean, 1)[0], page.readF32(momentum, 1)[0]]).toEqual([0, 0]);
  });

  test.each(["adam", "rmsprop"] as const)("%s takes a gradient for zero whose square would be denormal", (name) => {
    const tiny = [9e-18, -9e-18, 1e-22, 1e-38, 1e-45];
    const [none, some] = [[0, 0, 0, 0, 0], tiny].map((g) => train(executor, rules[name] as Rule, [0, 0, 0, 0, 0], [g, g]));
    expect(some).toEqual(none);
    const page = sheet(executor);
    const [w, g, hyper, m, v] = [page.f32([0, 0]), page.f32([2e-17, -2e-17]), page.room(5), page.f32([0, 0]), page.f32([0, 0])];
    executor.views.f32.set((rules[name] as Rule).hyper(1), hyper / 4);
    executor.call(`${name}_f32`, w, g, m, v, 2, hyper);
    expect([...page.readF32(w, 2)].map(Math.sign)).toEqual([-1, 1]);
  });

  test.each(Object.keys(rules))("%s lets a NaN through", (name) => {
    const path = train(
      executor,
      rules[name] as Rule,
      [1, 1, 1, 1, 1],
      [
        [0, Number.NaN, 0, 0, 0],
        [0, 0, 0, 0, Number.NaN],
      ],
    );
    expect(Array.from(path[1] as Float32Array, Number.isNaN)).toEqual([false, true, false, false, true]);
  });

  test.skipIf(noGolden)("trajectories are those of Keras", () => {
    let count = 0;
    for (const c of golden<Case>("keras/optimizers") ?? []) {
      const rule = kerasRule(c);
      if (rule === undefined) continue;
      expectPath(executor, c, rule);
      count++;
    }
    expect(count).toBeGreaterThanOrEqual(14);
  });

  test.skipIf(noGolden)("trajectories are PyTorch's where the conventions agree", () => {
    const cases = (golden<Case>("optimizers") ?? []).filter((c) => ["sgd", "sgd_momentum0.9", "sgd_nesterov0.9"].includes(c.id));
    expect(cases.length).toBe(3);
    for (const c of cases) expectPath(executor, c, sgd(c.params.lr, c.params.momentum, c.params.nesterov));
  });
});

test("both WebAssembly builds agree bit for bit", () => {
  for (const [name, rule] of Object.entries(rules)) {
    const grads = [1, 2, 3].map((t) => uniform(31, t));
    const [first, ...others] = executors.filter((e) => e.build !== "js").map((e) => train(e, rule, uniform(31, 9), grads));
    for (const other of others) expect(other, name).toEqual(first);
  }
});
