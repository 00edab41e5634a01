// The activations whose gradient needs the output only, by their codes: 0 none, 1 relu, 2 leaky relu, 3 elu, 4 sigmoid, 5 tanh, 6 hard
// sigmoid.

export function activate(x: number, code: number, parameter: number): number {
  switch (code) {
    case 1:
      return Math.max(x, 0);
    case 2:
      return x > 0 ? x : parameter * x;
    case 3:
      return x > 0 ? x : parameter * Math.expm1(x);
    case 4:
      return 1 / (1 + Math.exp(-x));
    case 5:
      return Math.tanh(x);
    case 6:
      return Math.min(Math.max(x / 6 + 0.5, 0), 1);
    default:
      return x;
  }
}

/** The derivative where the output is y. */
export function slopeAt(y: number, code: number, parameter: number): number {
  switch (code) {
    case 1:
      return y > 0 ? 1 : 0;
    case 2:
      return y > 0 ? 1 : parameter;
    case 3:
      return y > 0 ? 1 : y + parameter;
    case 4:
      return y * (1 - y);
    case 5:
      return 1 - y * y;
    case 6:
      return y > 0 && y < 1 ? 1 / 6 : 0;
    default:
      return 1;
  }
}
