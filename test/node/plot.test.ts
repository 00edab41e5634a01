// The history as it is drawn: every value at its place, within the width, and told apart without colours.
import { describe, expect, it } from "vitest";
import { ansiColours, noColours } from "../../src/node/cli/colours.ts";
import { widthOf } from "../../src/node/cli/format.ts";
import { historyPlot, onlyAscii } from "../../src/node/cli/plot.ts";
import type { EpochEvent } from "../../src/pipeline/events.ts";

function history(train: readonly number[], validation: readonly number[] = [], name = "loss"): EpochEvent[] {
  return train.map((value, i) => ({
    type: "epoch",
    epoch: i + 1,
    epochs: train.length,
    seconds: 1,
    samplesPerSecond: 1,
    learningRate: 0.1,
    train: { [name]: value },
    ...(validation[i] !== undefined && { validation: { [name]: validation[i] } }),
  }));
}

describe("the plot of a history", () => {
  it("has its largest value at the top and its smallest at the bottom, first epoch left, last right", () => {
    expect(historyPlot(history([4, 2, 1, 1]), { width: 30, colours: noColours, ascii: true })).toEqual([
      "       loss  * training",
      "4.0000 +*",
      "       | **",
      "       |   *",
      "       |    *",
      "       |     **",
      "       |       **",
      "       |         ****",
      "1.0000 +             *********",
      "       +----------------------",
      "        1              epoch 4",
    ]);
  });

  it("draws validation over training, each with its mark", () => {
    const lines = historyPlot(history([1, 0], [0, 1]), { width: 30, colours: noColours, ascii: true });
    expect(lines[0]).toBe("       loss  * train  o val");
    expect(historyPlot(history([1, 0], [0, 1]), { width: 37, colours: noColours, ascii: true })[0]).toBe(
      "       loss  * training  o validation",
    );
    expect(lines[1]?.slice(8)).toBe("**                  oo");
    expect(lines[8]?.slice(8)).toBe("oo                  **");
  });

  it.each([24, 40, 80, 100, 200])("stays within %i columns, in colour or not", (width) => {
    const both = history([0.9, 0.5, 0.3], [0.8, 0.6, 0.7]).map((epoch) => ({
      ...epoch,
      train: { ...epoch.train, accuracy: 0.5 + epoch.epoch / 10 },
    }));
    for (const colours of [noColours, ansiColours]) {
      const lines = historyPlot(both, { width, colours, ascii: false });
      expect(lines.length).toBe(width >= 80 ? 11 : 23);
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
    }
  });

  it("leaves gaps where there is no number, and draws a line where all are equal", () => {
    const lines = historyPlot(history([1, Number.NaN, 3, 3]), { width: 30, colours: noColours, ascii: true });
    expect(lines[8]?.slice(8)).toBe("*");
    expect(lines[1]?.slice(8)).toBe("              ********");
    expect(historyPlot(history([2, 2]), { width: 30, colours: noColours, ascii: true })[1]).toBe(`2.0000 +${"*".repeat(22)}`);
  });

  it("is nothing for one epoch, a narrow screen, or no number at all", () => {
    const view = { width: 80, colours: noColours, ascii: false };
    expect(historyPlot(history([1]), view)).toEqual([]);
    expect(historyPlot(history([1, 2]), { ...view, width: 23 })).toEqual([]);
    expect(historyPlot(history([Number.NaN, Number.NaN]), view)).toEqual([]);
  });

  it("is in plain characters where the terminal says that it has no others", () => {
    expect([{ LANG: "C" }, { LC_ALL: "POSIX", LANG: "en_US.UTF-8" }, { TERM: "linux" }].map((env) => onlyAscii(env))).toEqual([
      true,
      true,
      true,
    ]);
    expect([{ LANG: "de_DE.utf8" }, { LC_ALL: "C.UTF-8" }, {}].map((env) => onlyAscii(env))).toEqual([false, false, false]);
  });
});
