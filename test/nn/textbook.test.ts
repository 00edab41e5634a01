// Two networks that are small enough to be worked out by hand.
import { describe, expect, it } from "vitest";
import relu from "../../pipelines/textbook-relu.ts";
import sigmoid from "../../pipelines/textbook-sigmoid.ts";
import { dense } from "../../src/nn/layers/dense.ts";
import { sgd } from "../../src/nn/optimizers/sgd.ts";
import { run } from "../../src/node/index.ts";
import { builds } from "../support/graph.ts";
import { openRows } from "../support/session.ts";

type Weights = Readonly<Record<string, readonly number[]>>;

/** One step from these weights; the gradients are what a rate of 1 takes away, the update what `learningRate` leaves. */
async function step(
  x: number[][],
  y: number[],
  units: number,
  activation: "relu" | "sigmoid",
  weights: Weights,
  learningRate: number,
  build: (typeof builds)[number],
) {
  const session = await openRows(
    { shape: [x.length, (x[0] as number[]).length], data: x.flat() },
    { shape: [y.length, 1], data: y },
    { model: [dense(units, { activation }), dense(1, { activation })], train: { loss: "meanSquaredError", optimizer: sgd() } },
    build,
  );
  const place = (): void =>
    session.network.write(session.network.read().map((t) => ({ ...t, data: Float32Array.from(weights[t.name] as number[]) })));
  const rows = Uint32Array.from(x.keys());
  const after = (rate: number): Weights => {
    place();
    session.feed.point(rows, 1);
    session.network.train(x.length, rate, 1);
    return Object.fromEntries(session.network.read().map((t) => [t.name, [...t.data]]));
  };
  place();
  const { outputs } = await session.predict(0, x.length, async () => {});
  session.feed.point(rows, 1);
  const { loss } = session.network.train(x.length, 0, 1);
  const moved = after(1);
  const gradients = Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [name, values.map((w, i) => w - ((moved[name] as number[])[i] as number))]),
  );
  return { outputs: [...outputs], loss, gradients, updated: after(learningRate) };
}

function expectClose(actual: readonly number[] | undefined, expected: readonly number[]): void {
  expect(actual?.length).toBe(expected.length);
  expected.forEach((e, i) => {
    expect((actual as number[])[i], `value ${i}`).toBeCloseTo(e, 6);
  });
}

describe.each(builds)("the 2-2-1 network of rectified units, all weights and biases 0.1 (%s)", (build) => {
  // Rows          1,0     1,1     0,1     0,0
  // hidden h      0.2     0.3     0.2     0.1        0.1·x1 + 0.1·x2 + 0.1, both units alike
  // output y      0.14    0.16    0.14    0.12       0.1·h + 0.1·h + 0.1
  // target t      0       1       1       0
  // (y − t)²      0.0196  0.7056  0.7396  0.0144     mean = 1.4792 / 4 = 0.3698
  // dy            0.07   −0.42   −0.43    0.06       2 (y − t) / 4
  // dw2 = Σ dy·h = 0.014 − 0.126 − 0.086 + 0.006 = −0.192 for both units; db2 = Σ dy = −0.72
  // dh = 0.1·dy   0.007  −0.042  −0.043   0.006      every unit is active
  // dW1: x1 is on in rows 1, 2: 0.007 − 0.042 = −0.035; x2 in rows 2, 3: −0.042 − 0.043 = −0.085; db1 = Σ dh = −0.072
  // One step of gradient descent at rate 0.1: w2 = 0.1192, b2 = 0.172, W1 = 0.1035 and 0.1085, b1 = 0.1072
  it("agrees with the numbers worked out by hand", async () => {
    const weights = { "dense.kernel": [0.1, 0.1, 0.1, 0.1], "dense.bias": [0.1, 0.1], "dense_1.kernel": [0.1, 0.1], "dense_1.bias": [0.1] };
    const table = [
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ];
    const { outputs, loss, gradients, updated } = await step(table, [0, 1, 1, 0], 2, "relu", weights, 0.1, build);
    expectClose(outputs, [0.14, 0.16, 0.14, 0.12]);
    expect(loss).toBeCloseTo(0.3698, 6);
    expectClose(gradients["dense_1.kernel"], [-0.192, -0.192]);
    expectClose(gradients["dense_1.bias"], [-0.72]);
    expectClose(gradients["dense.kernel"], [-0.035, -0.035, -0.085, -0.085]);
    expectClose(gradients["dense.bias"], [-0.072, -0.072]);
    expectClose(updated["dense_1.kernel"], [0.1192, 0.1192]);
    expectClose(updated["dense_1.bias"], [0.172]);
    expectClose(updated["dense.kernel"], [0.1035, 0.1035, 0.1085, 0.1085]);
    expectClose(updated["dense.bias"], [0.1072, 0.1072]);
  });
});

describe.each(builds)("the 3-2-1 network of sigmoid units on one row (%s)", (build) => {
  // x = (1, 0, 1), t = 1; W1 = (0.2, −0.3; 0.4, 0.1; −0.5, 0.2), b1 = (−0.4, 0.2), w2 = (−0.3, −0.2), b2 = 0.1
  // hidden   σ(0.2 − 0.5 − 0.4) = σ(−0.7) = 0.3318122     σ(−0.3 + 0.2 + 0.2) = σ(0.1) = 0.5249792
  // output   σ(−0.3·0.3318122 − 0.2·0.5249792 + 0.1) = σ(−0.1045395) = 0.4738889; loss (y − 1)² = 0.2767929
  // δ2 = 2 (y − t) y (1 − y) = −1.0522222 · 0.2493182 = −0.2623382
  // dw2 = δ2 · h = (−0.0870470, −0.1377221), db2 = δ2
  // δ1 = δ2 w2 h (1 − h): 0.0787015 · 0.2217129 = 0.0174491, 0.0524676 · 0.2493760 = 0.0130842
  // dW1 = x δ1: rows 1 and 3 are δ1, row 2 is 0; db1 = δ1
  // One step at rate 0.45: w2 = (−0.2608289, −0.1380250), b2 = 0.2180522, W1 row 1 = (0.1921479, −0.3058879), row 3 =
  // (−0.5078521, 0.1941121), b1 = (−0.4078521, 0.1941121)
  it("agrees with the numbers worked out by hand", async () => {
    const weights = {
      "dense.kernel": [0.2, -0.3, 0.4, 0.1, -0.5, 0.2],
      "dense.bias": [-0.4, 0.2],
      "dense_1.kernel": [-0.3, -0.2],
      "dense_1.bias": [0.1],
    };
    const { outputs, loss, gradients, updated } = await step([[1, 0, 1]], [1], 2, "sigmoid", weights, 0.45, build);
    expectClose(outputs, [0.4738889]);
    expect(loss).toBeCloseTo(0.2767929, 6);
    expectClose(gradients["dense_1.kernel"], [-0.087047, -0.1377221]);
    expectClose(gradients["dense_1.bias"], [-0.2623382]);
    expectClose(gradients["dense.kernel"], [0.0174491, 0.0130842, 0, 0, 0.0174491, 0.0130842]);
    expectClose(gradients["dense.bias"], [0.0174491, 0.0130842]);
    expectClose(updated["dense_1.kernel"], [-0.2608289, -0.138025]);
    expectClose(updated["dense_1.bias"], [0.2180522]);
    expectClose(updated["dense.kernel"], [0.1921479, -0.3058879, 0.4, 0.1, -0.5078521, 0.1941121]);
    expectClose(updated["dense.bias"], [-0.4078521, 0.1941121]);
  });
});

describe("the textbook pipelines", () => {
  it.each([
    ["2-2-1 rectified", relu, 4],
    ["3-2-1 sigmoid", sigmoid, 8],
  ])("train the %s network until every row is right", async (_, pipeline, rows) => {
    for await (const event of run(pipeline)) {
      if (event.type === "metrics" && event.set === "test") expect(event.evaluation).toMatchObject({ rows, scalars: { accuracy: 1 } });
      if (event.type === "done") expect(event.test?.accuracy).toBe(1);
    }
    expect.hasAssertions();
  });
});
