// Elementary functions made of + − × ÷ and sqrt alone, which every engine rounds alike. `Math.exp`, `Math.sin` and the like may
// differ in the last bit from engine to engine, and so may not touch anything that reaches the weights.
// Relative error < 5e-16 (log, exp), absolute error < 3e-16 (sin, cos for |x| <= 1e5).

const LN2_HIGH = 0.69314718036912381649; // 33 bits, so k·LN2_HIGH is exact
const LN2_LOW = 1.90821492927058770002e-10;
const bits = new DataView(new ArrayBuffer(8));

/** Natural logarithm of a positive number: x = 2^k m with m in [√½, √2], then ln m = 2 atanh((m−1)/(m+1)). */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  if (x < 2 ** -1022) {
    x *= 2 ** 54;
    k = -54;
  }
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  k += (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > Math.SQRT2) {
    m /= 2;
    k++;
  }
  const s = (m - 1) / (m + 1);
  const z = s * s;
  let sum = 0;
  for (let n = 23; n >= 3; n -= 2) sum = z * (sum + 1 / n);
  return k * LN2_HIGH + (2 * s + (2 * s * sum + k * LN2_LOW));
}

/** ln(1 + x), as precise for small x: 1 + x is rounded, and the ratio of x to what was added takes that back (Kahan). */
export function log1p(x: number): number {
  const sum = 1 + x;
  if (sum === 1) return x;
  return sum === Number.POSITIVE_INFINITY ? sum : log(sum) * (x / (sum - 1));
}

/** e^x: x = k ln 2 + r with |r| <= ln(2)/2, then 2^k times the Taylor sum of r. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.78) return Number.POSITIVE_INFINITY;
  if (x < -745.2) return 0;
  const k = Math.round(x * Math.LOG2E);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 16; n >= 1; n--) sum = 1 + (r * sum) / n;
  const half = Math.trunc(k / 2);
  return sum * powerOfTwo(half) * powerOfTwo(k - half);
}

function powerOfTwo(k: number): number {
  bits.setFloat64(0, 1);
  bits.setUint32(0, (k + 1023) << 20);
  return bits.getFloat64(0);
}

/** x^y for x >= 0. An integer y takes repeated multiplication, exact where the result is. */
export function pow(x: number, y: number): number {
  if (Number.isInteger(y) && Math.abs(y) <= 2 ** 31) {
    let result = 1;
    let base = y < 0 ? 1 / x : x;
    for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result *= base;
      base *= base;
    }
    return result;
  }
  return x === 0 ? 0 : exp(y * log(x));
}

const PIO2_HIGH = 1.57079632673412561417; // 33 bits
const PIO2_LOW = 6.07710050650619224932e-11;

export function sin(x: number): number {
  return circular(x, 0);
}

export function cos(x: number): number {
  return circular(x, 1);
}

function circular(x: number, shift: number): number {
  const k = Math.round((x * 2) / Math.PI);
  const r = x - k * PIO2_HIGH - k * PIO2_LOW;
  const z = r * r;
  const quadrant = (((k + shift) % 4) + 4) % 4;
  let sum = 1;
  if (quadrant % 2 === 1) {
    for (let n = 20; n >= 2; n -= 2) sum = 1 - (z * sum) / (n * (n - 1));
  } else {
    for (let n = 21; n >= 3; n -= 2) sum = 1 - (z * sum) / (n * (n - 1));
    sum *= r;
  }
  return quadrant >= 2 ? -sum : sum;
}
