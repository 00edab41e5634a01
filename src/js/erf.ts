// The error function, which JavaScript lacks: x·P(x²) / Q(x²), a rational minimax fit of degree 6 over 6 on |x| ≤ 4.3, relative
// error < 3e-9; ±1 beyond.

export function erf(x: number): number {
  if (x > 4.3) return 1;
  if (x < -4.3) return -1;
  const z = x * x;
  const p =
    1.1283791692975342 +
    z *
      (0.1819258460067143 +
        z *
          (0.05374778931593892 +
            z * (0.003694195107927813 + z * (0.0003679284939423327 + z * (3.830862272478292e-6 - z * 1.9141206380052674e-8)))));
  const q =
    1 +
    z *
      (0.4945609941141291 +
        z *
          (0.11248589686189552 +
            z * (0.015123916370469524 + z * (0.0012626576045148266 + z * (5.953286067583604e-5 - z * 1.1190636390881854e-7)))));
  return (x * p) / q;
}
