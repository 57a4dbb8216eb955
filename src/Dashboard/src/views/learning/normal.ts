/** The normal and the binomial distribution, as far as judging predictions needs them. */

/**
 * Probability that a standard normal variable is at most z. Complementary error function by its rational Chebyshev
 * fit (Numerical Recipes, erfcc), relative error below 1.2e-7: far finer than a pixel of a chart.
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const series = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277];
  let sum = 0;
  for (let i = series.length - 1; i >= 0; i--) sum = sum * t + series[i]!;
  const tail = 0.5 * t * Math.exp(-x * x + sum);
  return z > 0 ? 1 - tail : tail;
}

/** The z below which the share p of a standard normal variable lies, 0 < p < 1; by bisection of the above. */
export function normalQuantile(p: number): number {
  let low = -9;
  let high = 9;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Half width, in deviations, of the central interval that holds this share of a normal variable. */
export const centralHalfWidth = (share: number): number => normalQuantile(0.5 + share / 2);

/**
 * Shares of n between which a binomial count with probability p lies in 95 of 100 cases, from its exact distribution:
 * with a few dozen points the normal approximation says too little near 0 and 1.
 */
export function binomialBand(n: number, p: number, mass = 0.95): [number, number] {
  if (n <= 0) return [0, 1];
  const tail = (1 - mass) / 2;
  // Logarithms, for p^n underflows at a few hundred points.
  let logTerm = n * Math.log1p(-p);
  let sum = 0;
  let low = 0;
  for (let k = 0; k <= n; k++) {
    const before = sum;
    sum += Math.exp(logTerm);
    if (before <= tail && sum > tail) low = k;
    if (sum >= 1 - tail) return [low / n, k / n];
    logTerm += Math.log((n - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return [low / n, 1];
}
