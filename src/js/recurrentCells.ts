// A step of one row in each cell, and the way back. `z` are its products with their biases, and then dz their gradients; `now` and `before` what is saved of
// the step and of the one before it, the state h last; all in planes of `units` values.
import { activate, slopeAt } from "./activate.ts";

export interface Functions {
  readonly units: number;
  readonly act: (x: number) => number;
  readonly gate: (x: number) => number;
  /** The slopes where the outputs are y. */
  readonly actSlope: (y: number) => number;
  readonly gateSlope: (y: number) => number;
}

type Step = (z: Float64Array, now: Float64Array, before: Float64Array, f: Functions) => void;
type Back = (dz: Float64Array, now: Float64Array, before: Float64Array, dh: Float64Array, dc: Float64Array, f: Functions) => void;

export interface Cell {
  readonly gates: number;
  readonly products: number;
  readonly saves: number;
  /** The first plane that a masked step takes over from the one before. */
  readonly carried: number;
  readonly forward: Step;
  /** dh becomes what reaches the state before by itself, dc that of the step before. */
  readonly backward: Back;
  /** Only where the state is reset before the last product: makes z, r and q = r h'; and takes dq back into dr and dh. */
  readonly reset?: Step;
  readonly resetBackward?: (
    dz: Float64Array,
    dq: Float64Array,
    now: Float64Array,
    before: Float64Array,
    dh: Float64Array,
    f: Functions,
  ) => void;
}

export function functionsOf(units: number, code: number, parameter: number, gateCode: number, gateParameter: number): Functions {
  return {
    units,
    act: (x) => activate(x, code, parameter),
    gate: (x) => activate(x, gateCode, gateParameter),
    actSlope: (y) => slopeAt(y, code, parameter),
    gateSlope: (y) => slopeAt(y, gateCode, gateParameter),
  };
}

const at = (planes: Float64Array, i: number): number => planes[i] as number;

const simple: Cell = {
  gates: 1,
  products: 1,
  saves: 1,
  carried: 0,
  forward(z, now, _before, { units, act }) {
    for (let j = 0; j < units; j++) now[j] = act(at(z, j));
  },
  backward(dz, now, _before, dh, _dc, { units, actSlope }) {
    for (let j = 0; j < units; j++) {
      dz[j] = at(dh, j) * actSlope(at(now, j));
      dh[j] = 0;
    }
  },
};

/** Planes: i, f, g, o, c, h. */
const lstm: Cell = {
  gates: 4,
  products: 4,
  saves: 6,
  carried: 4,
  forward(z, now, before, { units: n, act, gate }) {
    for (let j = 0; j < n; j++) {
      const [i, f, g, o] = [gate(at(z, j)), gate(at(z, n + j)), act(at(z, 2 * n + j)), gate(at(z, 3 * n + j))];
      const c = f * at(before, 4 * n + j) + i * g;
      now[j] = i;
      now[n + j] = f;
      now[2 * n + j] = g;
      now[3 * n + j] = o;
      now[4 * n + j] = c;
      now[5 * n + j] = o * act(c);
    }
  },
  backward(dz, now, before, dh, dc, { units: n, act, actSlope, gateSlope }) {
    for (let j = 0; j < n; j++) {
      const [i, f, g, o] = [at(now, j), at(now, n + j), at(now, 2 * n + j), at(now, 3 * n + j)];
      const y = act(at(now, 4 * n + j));
      const d = at(dc, j) + at(dh, j) * o * actSlope(y);
      dz[j] = d * g * gateSlope(i);
      dz[n + j] = d * at(before, 4 * n + j) * gateSlope(f);
      dz[2 * n + j] = d * i * actSlope(g);
      dz[3 * n + j] = at(dh, j) * y * gateSlope(o);
      dc[j] = d * f;
      dh[j] = 0;
    }
  },
};

/** Planes: z, r, n, q, h; products z, r and the inputs' of n, and after it the state's, q. */
const gru: Cell = {
  gates: 3,
  products: 4,
  saves: 5,
  carried: 4,
  forward(z, now, before, { units: m, act, gate }) {
    for (let j = 0; j < m; j++) {
      const [u, r, q] = [gate(at(z, j)), gate(at(z, m + j)), at(z, 3 * m + j)];
      const n = act(at(z, 2 * m + j) + r * q);
      now[j] = u;
      now[m + j] = r;
      now[2 * m + j] = n;
      now[3 * m + j] = q;
      now[4 * m + j] = u * at(before, 4 * m + j) + (1 - u) * n;
    }
  },
  backward(dz, now, before, dh, _dc, { units: m, actSlope, gateSlope }) {
    for (let j = 0; j < m; j++) {
      const [u, r, n, q] = [at(now, j), at(now, m + j), at(now, 2 * m + j), at(now, 3 * m + j)];
      const dn = at(dh, j) * (1 - u) * actSlope(n);
      dz[j] = at(dh, j) * (at(before, 4 * m + j) - n) * gateSlope(u);
      dz[m + j] = dn * q * gateSlope(r);
      dz[2 * m + j] = dn;
      dz[3 * m + j] = dn * r;
      dh[j] = at(dh, j) * u;
    }
  },
};

const gruBefore: Cell = {
  gates: 3,
  products: 3,
  saves: 5,
  carried: 4,
  reset(z, now, before, { units: m, gate }) {
    for (let j = 0; j < m; j++) {
      now[j] = gate(at(z, j));
      now[m + j] = gate(at(z, m + j));
      now[3 * m + j] = at(now, m + j) * at(before, 4 * m + j);
    }
  },
  forward(z, now, before, { units: m, act }) {
    for (let j = 0; j < m; j++) {
      const [u, n] = [at(now, j), act(at(z, 2 * m + j))];
      now[2 * m + j] = n;
      now[4 * m + j] = u * at(before, 4 * m + j) + (1 - u) * n;
    }
  },
  backward(dz, now, before, dh, _dc, { units: m, actSlope, gateSlope }) {
    for (let j = 0; j < m; j++) {
      const [u, n] = [at(now, j), at(now, 2 * m + j)];
      dz[j] = at(dh, j) * (at(before, 4 * m + j) - n) * gateSlope(u);
      dz[2 * m + j] = at(dh, j) * (1 - u) * actSlope(n);
      dh[j] = at(dh, j) * u;
    }
  },
  resetBackward(dz, dq, now, before, dh, { units: m, gateSlope }) {
    for (let j = 0; j < m; j++) {
      const r = at(now, m + j);
      dz[m + j] = at(dq, j) * at(before, 4 * m + j) * gateSlope(r);
      dh[j] = at(dh, j) + at(dq, j) * r;
    }
  },
};

export const cellOf = (code: number): Cell => [simple, lstm, gru, gruBefore][code] ?? simple;
