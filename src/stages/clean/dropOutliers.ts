// Removes training rows with values beyond the limits that training rows set.
import { type Descriptor, describe } from "../../check.ts";
import { numericColumn } from "../../data/table.ts";
import { tag } from "../split/settings.ts";
import type { CleanStage } from "../stage.ts";
import { checkMethod, fitLimits, type Limits, limitsText, type OutlierSettings, outlierRules, short } from "./outlierLimits.ts";
import { removeRows, valueName } from "./rows.ts";

export interface DropOutliers extends Descriptor, OutlierSettings {
  readonly kind: "dropOutliers";
}

/**
 * Removes rows with a number beyond the limits, which are those of the training rows, feature by feature, by the `method` "iqr" (default),
 * "zScore" or "quantiles". Only training rows are removed: validation and test rows stay, since a measurement without the difficult rows would
 * flatter the model, and a row that is predicted is never refused. How many of them lie beyond is told. Missing values are no outliers.
 */
export function dropOutliers(settings: Omit<DropOutliers, "kind"> = {}): DropOutliers {
  const stage = describe<DropOutliers>("dropOutliers", settings, outlierRules);
  checkMethod(stage, "dropOutliers");
  return stage;
}

export const dropOutliersStage: CleanStage<DropOutliers, Limits> = {
  kind: "dropOutliers",
  rules: outlierRules,
  rowwise: false,
  fit: fitLimits,
  *apply(_, table, limits) {
    const looked = Object.entries(limits).map(([name, bounds]) => ({ name, column: numericColumn(table, name), ...bounds }));
    let kept = 0;
    const result = yield* removeRows(table, (row) => {
      for (const { name, column, low, high } of looked) {
        for (let place = 0; place < low.length; place++) {
          const value = column.data[row * low.length + place] as number;
          const [least, most] = [low[place] as number, high[place] as number];
          if (!(value < least || value > most)) continue;
          const part = table.tags?.[row] ?? tag.train;
          if (part !== tag.train) {
            if (part !== tag.unused) kept++;
            return undefined;
          }
          return `${valueName(name, column, place)} is ${value}, outside [${short(least)}, ${short(most)}]`;
        }
      }
      return undefined;
    });
    const stay = kept === 0 ? "" : `; ${kept} validation and test rows lie outside and stay`;
    return { ...result, note: `${limitsText(limits)}${stay}` };
  },
};
