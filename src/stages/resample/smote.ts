// New rows of rare classes, between two that are near each other (Chawla et al., "SMOTE: synthetic minority over-sampling technique", 2002).
import { type Descriptor, describe, optional, positiveInteger, type Rules } from "../../check.ts";
import { PipelineError } from "../../errors.ts";
import type { AugmentStage, Samples } from "../stage.ts";
import { largest, ratioRule } from "./strata.ts";

export interface Smote extends Descriptor {
  readonly kind: "smote";
  readonly neighbors?: number;
  readonly ratio?: number;
}

const rules: Rules = { neighbors: optional(positiveInteger), ratio: ratioRule };
const NEIGHBORS = 5;

/**
 * Makes training rows until each class has `ratio` (above 0, up to 1, the default) times the rows of the largest: a row is drawn, then one
 * of its `neighbors` (default 5) nearest of the same class by Euclidean distance after normalize, then a place on the line between them. Made
 * once, before training. It is for amounts: of one-hot columns it makes shares. Throws when a class that needs rows has no more than `neighbors`.
 */
export function smote(settings: Omit<Smote, "kind"> = {}): Smote {
  return describe<Smote>("smote", settings, rules);
}

export const smoteStage: AugmentStage<Smote> = {
  kind: "smote",
  rules,
  *blend({ neighbors = NEIGHBORS, ratio = 1 }, strata, train, source, className) {
    const least = Math.floor(ratio * largest(strata));
    const missing = strata.map(({ length }) => (length === 0 ? 0 : Math.max(0, least - length)));
    const total = missing.reduce((sum, n) => sum + n, 0);
    const made = { from: new Uint32Array(total), towards: new Uint32Array(total), share: new Float64Array(total) };
    let done = 0;
    for (const [label, rows] of strata.entries()) {
      const count = missing[label] as number;
      if (count === 0) continue;
      if (rows.length <= neighbors) {
        const problem = `class ${className(label)} has ${rows.length} training row(s), which is too few for ${neighbors} neighbors of each`;
        throw new PipelineError("data", "smote", `${problem}; lower neighbors, or use oversample()`);
      }
      const near = nearestOf(rows, train, neighbors);
      for (let i = 0; i < count; i++) {
        yield done;
        const at = source.integer(rows.length);
        made.from[done] = rows[at] as number;
        made.towards[done] = rows[near(at)[source.integer(neighbors)] as number] as number;
        made.share[done] = source.uniform();
        done++;
      }
    }
    return made;
  },
};

/** The places of the nearest of these rows to that at a place, itself left out; of equally near ones the first. Each is sought once. */
function nearestOf(rows: Uint32Array, train: Samples, count: number): (at: number) => readonly number[] {
  const width = train.shape.reduce((product, n) => product * n, 1);
  const values = new Float32Array(rows.length * width);
  const row = new Float64Array(width);
  rows.forEach((r, i) => {
    train.read(r, row);
    values.set(row, i * width);
  });
  const known = new Map<number, readonly number[]>();
  return (at) => {
    const found = known.get(at) ?? seek(values, width, at, count);
    known.set(at, found);
    return found;
  };
}

function seek(values: Float32Array, width: number, at: number, count: number): readonly number[] {
  const places: number[] = [];
  const distances: number[] = [];
  for (let other = 0; other * width < values.length; other++) {
    if (other === at) continue;
    const least = places.length < count ? Number.POSITIVE_INFINITY : (distances[count - 1] as number);
    const [a, b] = [at * width, other * width];
    let distance = 0;
    for (let j = 0; j < width && distance < least; j++) {
      const d = (values[a + j] as number) - (values[b + j] as number);
      distance += d * d;
    }
    if (distance >= least) continue;
    let place = Math.min(places.length, count - 1);
    for (; place > 0 && (distances[place - 1] as number) > distance; place--) {
      places[place] = places[place - 1] as number;
      distances[place] = distances[place - 1] as number;
    }
    places[place] = other;
    distances[place] = distance;
  }
  return places;
}
