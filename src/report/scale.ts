// Where ticks stand on an axis, and what they are called.

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  text(tick: number): string;
}

/**
 * An axis from `low` to `high` or a little beyond, with ticks at 1, 2 or 5 times a power of ten, about `count` of them; `whole` keeps
 * them integers.
 */
export function niceScale(low: number, high: number, count: number, { whole = false, snap = true } = {}): Scale {
  if (!(high > low)) {
    const room = Math.abs(low) * 0.1 || 1;
    [low, high] = [low - room, high + room];
  }
  const step = niceStep((high - low) / count, whole);
  // A bound that is a tick stays one, whatever the division makes of it.
  const [from, to] = [low / step, high / step];
  const [first, last] = snap
    ? [Math.floor(from + ROUNDING), Math.ceil(to - ROUNDING)]
    : [Math.ceil(from - ROUNDING), Math.floor(to + ROUNDING)];
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + ROUNDING));
  const ends = snap ? { low: Math.min(low, first * step), high: Math.max(high, last * step) } : { low, high };
  return { ...ends, ticks, text: (tick) => tickText(tick, digits) };
}

const ROUNDING = 1e-9;

function niceStep(rough: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - ROUNDING)) ?? 10;
  return whole ? Math.max(1, Math.round(factor * power)) : factor * power;
}

function tickText(tick: number, digits: number): string {
  if (Math.abs(tick) < 1e-12) return "0";
  const size = Math.abs(tick);
  if (size >= 1e6) return `${Number((tick / 1e6).toPrecision(3))} M`;
  if (size >= 1e4) return `${Number((tick / 1e3).toPrecision(3))} k`;
  return digits > 5
    ? tick.toExponential(0)
    : tick.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
