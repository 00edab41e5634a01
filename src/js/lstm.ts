// Row by row: a row's inputs, masks and states in a few small arrays, its steps one after the other.
import type { Twin } from "../wasm/abi.ts";
import { activate, slopeAt } from "./activate.ts";
import { drawMasks, maskSets, pad, savedAt } from "./recurrent.ts";

const GATES = 4;
const SAVES = 6;

export const lstm_f32: Twin<"lstm_f32"> = (
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
  const drop = { rate, recurrentRate, stream, rng };
  const layout = { rows, steps, units, block, saves: SAVES };
  const [depth, width] = [inputs + units, GATES * units];
  const sets = maskSets(drop, GATES);
  const [xh, z, c] = [new Float64Array(depth), new Float64Array(width), new Float64Array(units)];
  for (let row = 0; row < rows; row++) {
    const keep = drawMasks(u32, drop, sets, firstRow + row, inputs, units);
    xh.fill(0);
    c.fill(0);
    for (let step = 0; step < steps; step++) {
      const t = row * steps + (backwards ? steps - 1 - step : step);
      const real = mask === 0 || f32[(mask >>> 2) + t] !== 0;
      for (let k = 0; k < inputs; k++) xh[k] = f32[(x >>> 2) + t * inputs + k] as number;
      if (real) {
        for (let j = 0; j < width; j++) z[j] = bias === 0 ? 0 : (f32[(bias >>> 2) + j] as number);
        for (let k = 0; k < depth; k++) {
          const weights = k < inputs ? (kernel >>> 2) + k * width : (recurrent >>> 2) + (k - inputs) * width;
          for (let g = 0; g < GATES; g++) {
            const v = (xh[k] as number) * (keep[(sets === 1 ? 0 : g * depth) + k] as number);
            for (let j = g * units; j < (g + 1) * units; j++) z[j] = (z[j] as number) + v * (f32[weights + j] as number);
          }
        }
      }
      const { at, plane } = savedAt(saved, row, step, layout);
      for (let j = 0; j < units; j++) {
        if (real) {
          const i = activate(z[j] as number, recurrentActivation, recurrentSlope);
          const f = activate(z[units + j] as number, recurrentActivation, recurrentSlope);
          const g = activate(z[2 * units + j] as number, activation, slope);
          const o = activate(z[3 * units + j] as number, recurrentActivation, recurrentSlope);
          c[j] = Math.fround(f * (c[j] as number) + i * g);
          xh[inputs + j] = Math.fround(o * activate(c[j] as number, activation, slope));
          if (saved !== 0) for (const [p, v] of [i, f, g, o].entries()) f32[at + p * plane + j] = v;
        }
        if (saved !== 0) {
          f32[at + 4 * plane + j] = c[j] as number;
          f32[at + 5 * plane + j] = xh[inputs + j] as number;
        }
        if (sequences !== 0) f32[(y >>> 2) + (row * steps + step) * units + j] = sequences === 2 && !real ? 0 : (xh[inputs + j] as number);
      }
    }
    if (sequences === 0) for (let j = 0; j < units; j++) f32[(y >>> 2) + row * units + j] = xh[inputs + j] as number;
  }
};

export const lstm_grad_f32: Twin<"lstm_grad_f32"> = (
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
  const drop = { rate, recurrentRate, stream, rng };
  const layout = { rows, steps, units, block, saves: SAVES };
  const [depth, width, wide] = [inputs + units, GATES * units, pad(units)];
  const sets = maskSets(drop, GATES);
  const [stateLine, biasLine, line] = [pad(inputs), pad(inputs) + wide, GATES * wide];
  const gradient = new Float64Array((biasLine + 1) * line);
  const [xh, dxh, dz] = [new Float64Array(depth), new Float64Array(depth), new Float64Array(width)];
  const [dh, dc] = [new Float64Array(units), new Float64Array(units)];
  for (let row = 0; row < rows; row++) {
    const keep = drawMasks(u32, drop, sets, firstRow + row, inputs, units);
    dh.fill(0);
    dc.fill(0);
    for (let step = steps - 1; step >= 0; step--) {
      const t = row * steps + (backwards ? steps - 1 - step : step);
      const real = mask === 0 || f32[(mask >>> 2) + t] !== 0;
      const given = (dy >>> 2) + (sequences === 0 ? row : row * steps + step) * units;
      if (sequences === 0 ? step === steps - 1 : sequences === 1 || real)
        for (let j = 0; j < units; j++) dh[j] = (dh[j] as number) + (f32[given + j] as number);
      if (!real) {
        if (dx !== 0) f32.fill(0, (dx >>> 2) + t * inputs, (dx >>> 2) + (t + 1) * inputs);
        continue;
      }
      const { at, plane } = savedAt(saved, row, step, layout);
      const before = step === 0 ? undefined : savedAt(saved, row, step - 1, layout);
      for (let k = 0; k < inputs; k++) xh[k] = f32[(x >>> 2) + t * inputs + k] as number;
      for (let j = 0; j < units; j++) {
        const [i, f, g, o, c] = [0, 1, 2, 3, 4].map((p) => f32[at + p * plane + j]) as [number, number, number, number, number];
        const cBefore = before === undefined ? 0 : (f32[before.at + 4 * plane + j] as number);
        xh[inputs + j] = before === undefined ? 0 : (f32[before.at + 5 * plane + j] as number);
        const a = activate(c, activation, slope);
        const d = (dc[j] as number) + (dh[j] as number) * o * slopeAt(a, activation, slope);
        dz[j] = d * g * slopeAt(i, recurrentActivation, recurrentSlope);
        dz[units + j] = d * cBefore * slopeAt(f, recurrentActivation, recurrentSlope);
        dz[2 * units + j] = d * i * slopeAt(g, activation, slope);
        dz[3 * units + j] = (dh[j] as number) * a * slopeAt(o, recurrentActivation, recurrentSlope);
        dc[j] = d * f;
      }
      for (let k = 0; k < depth; k++) {
        const weights = k < inputs ? (kernel >>> 2) + k * width : (recurrent >>> 2) + (k - inputs) * width;
        const to = (k < inputs ? k : stateLine + k - inputs) * line;
        let sum = 0;
        for (let g = 0; g < GATES; g++) {
          const factor = keep[(sets === 1 ? 0 : g * depth) + k] as number;
          const v = (xh[k] as number) * factor;
          let part = 0;
          for (let j = 0; j < units; j++) {
            const d = dz[g * units + j] as number;
            part += d * (f32[weights + g * units + j] as number);
            gradient[to + g * wide + j] = (gradient[to + g * wide + j] as number) + v * d;
          }
          sum += part * factor;
        }
        dxh[k] = sum;
      }
      for (let g = 0; g < GATES; g++)
        for (let j = 0; j < units; j++) {
          const to = biasLine * line + g * wide + j;
          gradient[to] = (gradient[to] as number) + (dz[g * units + j] as number);
        }
      if (dx !== 0) for (let k = 0; k < inputs; k++) f32[(dx >>> 2) + t * inputs + k] = dxh[k] as number;
      for (let j = 0; j < units; j++) dh[j] = dxh[inputs + j] as number;
    }
    if (row % group === group - 1 || row === rows - 1) {
      if (partials !== 0) f32.set(gradient, (partials >>> 2) + Math.floor(row / group) * gradient.length);
      gradient.fill(0);
    }
  }
};
