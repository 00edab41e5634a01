// Values beyond the limits that training rows set become those limits.
import { type Descriptor, describe } from "../../check.ts";
import { numericColumn } from "../../data/table.ts";
import type { CleanStage } from "../stage.ts";
import { type ChangedColumn, changeColumns } from "./changeColumns.ts";
import { checkMethod, fitLimits, type Limits, limitsText, type OutlierSettings, outlierRules } from "./outlierLimits.ts";

export interface ClipOutliers extends Descriptor, OutlierSettings {
  readonly kind: "clipOutliers";
}

/**
 * Puts every number that lies beyond the limits onto them. The limits are those of the training rows, feature by feature, by the `method` "iqr"
 * (default), "zScore" or "quantiles"; all rows are clipped, and rows that are predicted are, too. Missing values stay so.
 */
export function clipOutliers(settings: Omit<ClipOutliers, "kind"> = {}): ClipOutliers {
  const stage = describe<ClipOutliers>("clipOutliers", settings, outlierRules);
  checkMethod(stage, "clipOutliers");
  return stage;
}

export const clipOutliersStage: CleanStage<ClipOutliers, Limits> = {
  kind: "clipOutliers",
  rules: outlierRules,
  rowwise: true,
  fit: fitLimits,
  *apply(_, table, limits) {
    const result = yield* changeColumns(table, Object.keys(limits), (_, name): ChangedColumn => {
      const c = numericColumn(table, name);
      const { low, high } = limits[name] as Limits[string];
      let changed = 0;
      const data = c.data.map((value, i) => {
        const [least, most] = [low[i % low.length] as number, high[i % low.length] as number];
        if (value >= least && value <= most) return value;
        if (Number.isNaN(value)) return value;
        changed++;
        return value < least ? least : most;
      });
      return { column: { ...c, data }, changed };
    });
    return { ...result, note: limitsText(limits) };
  },
};
