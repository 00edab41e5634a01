// Row by row, and step by step in a row.
import type { Twin } from "../wasm/abi.ts";
import { cellOf, functionsOf } from "./recurrentCells.ts";
import { biasesOf, drawMasks, loadStep, maskSets, pad, rangeOf, storeStep } from "./recurrentRows.ts";

export const recurrent_f32: Twin<"recurrent_f32"> = (
  { f32, u32 },
  y,
  saved,
  x,
  kernel,
  recurrent,
  bias,
  mask,
  rng,
  _scratch,
  rows,
  steps,
  inputs,
  units,
  code,
  block,
  sequences,
  backwards,
  activation,
  slope,
  recurrentActivation,
  recurrentSlope,
  rate,
  recurrentRate,
  stream,
  firstRow,
) => {
  const cell = cellOf(code);
  const { gates, products, saves } = cell;
  const f = functionsOf(units, activation, slope, recurrentActivation, recurrentSlope);
  const drop = { rate, recurrentRate, stream, rng };
  const layout = { rows, steps, units, block, saves };
  const [depth, width] = [inputs + units, gates * units];
  const sets = maskSets(drop, gates);
  const biases = biasesOf(f32, bias, units, gates, products);
  const [xh, z] = [new Float64Array(depth), new Float64Array(products * units)];
  let [now, before] = [new Float64Array(saves * units), new Float64Array(saves * units)];
  const h = (saves - 1) * units;
  for (let row = 0; row < rows; row++) {
    const keep = drawMasks(u32, drop, sets, firstRow + row, inputs, units);
    now.fill(0);
    for (let step = 0; step < steps; step++) {
      [now, before] = [before, now];
      const t = row * steps + (backwards ? steps - 1 - step : step);
      const real = mask === 0 || f32[(mask >>> 2) + t] !== 0;
      if (real) {
        for (let k = 0; k < inputs; k++) xh[k] = f32[(x >>> 2) + t * inputs + k] as number;
        xh.set(before.subarray(h, h + units), inputs);
        z.set(biases);
        for (let p = 0; p < products; p++) {
          const g = Math.min(p, gates - 1);
          if (p === 2 && cell.reset !== undefined) {
            cell.reset(z, now, before, f);
            xh.set(now.subarray(3 * units, 4 * units), inputs);
          }
          const [from, to] = rangeOf(cell, p, inputs, depth);
          for (let k = from; k < to; k++) {
            const weights = (k < inputs ? (kernel >>> 2) + k * width : (recurrent >>> 2) + (k - inputs) * width) + g * units;
            const v = (xh[k] as number) * (keep[(sets === 1 ? 0 : g * depth) + k] as number);
            for (let j = 0; j < units; j++) z[p * units + j] = (z[p * units + j] as number) + v * (f32[weights + j] as number);
          }
        }
        cell.forward(z, now, before, f);
      } else {
        now.set(before.subarray(cell.carried * units), cell.carried * units);
      }
      // As the next step reads it from memory.
      for (let i = 0; i < now.length; i++) now[i] = Math.fround(now[i] as number);
      if (saved !== 0) storeStep(f32, saved, row, step, layout, now);
      if (sequences === 0) continue;
      const to = (y >>> 2) + (row * steps + step) * units;
      if (sequences === 2 && !real) f32.fill(0, to, to + units);
      else f32.set(now.subarray(h), to);
    }
    if (sequences === 0) f32.set(now.subarray(h), (y >>> 2) + row * units);
  }
};

export const recurrent_grad_f32: Twin<"recurrent_grad_f32"> = (
  { f32, u32 },
  dx,
  partials,
  dy,
  saved,
  x,
  kernel,
  recurrent,
  mask,
  rng,
  _scratch,
  rows,
  steps,
  inputs,
  units,
  code,
  block,
  group,
  _chunk,
  sequences,
  backwards,
  activation,
  slope,
  recurrentActivation,
  recurrentSlope,
  rate,
  recurrentRate,
  stream,
  firstRow,
) => {
  const cell = cellOf(code);
  const { gates, products, saves } = cell;
  const f = functionsOf(units, activation, slope, recurrentActivation, recurrentSlope);
  const drop = { rate, recurrentRate, stream, rng };
  const layout = { rows, steps, units, block, saves };
  const [depth, width, wide] = [inputs + units, gates * units, pad(units)];
  const sets = maskSets(drop, gates);
  const [stateLine, biasLine, line] = [pad(inputs), pad(inputs) + wide, products * wide];
  const gradient = new Float64Array((biasLine + 1) * line);
  const [xh, dxh, dz] = [new Float64Array(depth), new Float64Array(depth), new Float64Array(products * units)];
  const [now, before] = [new Float64Array(saves * units), new Float64Array(saves * units)];
  const [dh, dc] = [new Float64Array(units), new Float64Array(units)];
  const h = (saves - 1) * units;
  let keep: Float64Array;

  /** Through product p of this step, into dxh and the weights' gradient. */
  const back = (p: number): void => {
    const g = Math.min(p, gates - 1);
    const [from, to] = rangeOf(cell, p, inputs, depth);
    for (let k = from; k < to; k++) {
      const weights = (k < inputs ? (kernel >>> 2) + k * width : (recurrent >>> 2) + (k - inputs) * width) + g * units;
      const into = (k < inputs ? k : stateLine + k - inputs) * line + p * wide;
      const factor = keep[(sets === 1 ? 0 : g * depth) + k] as number;
      const v = (xh[k] as number) * factor;
      let sum = 0;
      for (let j = 0; j < units; j++) {
        const d = dz[p * units + j] as number;
        sum += d * (f32[weights + j] as number);
        gradient[into + j] = (gradient[into + j] as number) + v * d;
      }
      dxh[k] = (dxh[k] as number) + sum * factor;
    }
    for (let j = 0; j < units; j++) {
      const into = biasLine * line + p * wide + j;
      gradient[into] = (gradient[into] as number) + (dz[p * units + j] as number);
    }
  };

  for (let row = 0; row < rows; row++) {
    keep = drawMasks(u32, drop, sets, firstRow + row, inputs, units);
    dh.fill(0);
    dc.fill(0);
    for (let step = steps - 1; step >= 0; step--) {
      const t = row * steps + (backwards ? steps - 1 - step : step);
      const real = mask === 0 || f32[(mask >>> 2) + t] !== 0;
      const given = (dy >>> 2) + (sequences === 0 ? row : row * steps + step) * units;
      if (sequences === 0 ? step === steps - 1 : sequences === 1 || real)
        for (let j = 0; j < units; j++) dh[j] = (dh[j] as number) + (f32[given + j] as number);
      dxh.fill(0);
      if (real) {
        loadStep(f32, saved, row, step, layout, now);
        loadStep(f32, saved, row, step - 1, layout, before);
        for (let k = 0; k < inputs; k++) xh[k] = f32[(x >>> 2) + t * inputs + k] as number;
        cell.backward(dz, now, before, dh, dc, f);
        if (cell.resetBackward !== undefined) {
          xh.set(now.subarray(3 * units, 4 * units), inputs);
          back(2);
          cell.resetBackward(dz, dxh.subarray(inputs), now, before, dh, f);
          dxh.fill(0, inputs);
        }
        xh.set(before.subarray(h), inputs);
        for (let p = 0; p < products; p++) if (p !== 2 || cell.resetBackward === undefined) back(p);
        for (let j = 0; j < units; j++) dh[j] = (dh[j] as number) + (dxh[inputs + j] as number);
      }
      if (dx !== 0) f32.set(dxh.subarray(0, inputs), (dx >>> 2) + t * inputs);
    }
    if (row % group === group - 1 || row === rows - 1) {
      if (partials !== 0) f32.set(gradient, (partials >>> 2) + Math.floor(row / group) * gradient.length);
      gradient.fill(0);
    }
  }
};
