import type { Point } from "../../api/types";
import { binomialBand, centralHalfWidth, normalCdf, normalQuantile } from "./normal";

/** A prediction that was made before the measurement, and what came. */
export interface Judged {
  point: number;
  predicted: number;
  /** Predicted, with noise. */
  deviation: number;
  value: number;
  /** (value − predicted) / deviation: of standard normal size where the model is honest. */
  z: number;
}

/**
 * The points that a model predicted before they were measured, in the order of their numbers. A bad frame's scalar says
 * nothing about the model, and is left out; a neighbour of a stencil has none.
 */
export function judged(points: readonly Point[]): Judged[] {
  const pairs: Judged[] = [];
  for (const p of points) {
    if (p.value === null || p.predicted === null || p.deviation === null || p.deviation <= 0) continue;
    if (p.quality === "bad" || p.centre !== null) continue;
    const z = (p.value - p.predicted) / p.deviation;
    pairs.push({ point: p.id, predicted: p.predicted, deviation: p.deviation, value: p.value, z });
  }
  return pairs.sort((a, b) => a.point - b.point);
}

export interface Coverage {
  nominal: number;
  empirical: number;
  inside: number;
  /** Where the share lies in 95 of 100 runs if the model is honest. */
  band: [number, number];
}

export const levels = [0.5, 0.68, 0.9, 0.95] as const;

/** Which share of the measurements fell into the central intervals that were predicted for them. */
export function coverage(pairs: readonly Judged[], shares: readonly number[] = levels): Coverage[] {
  return shares.map((nominal) => {
    const reach = centralHalfWidth(nominal);
    const inside = pairs.filter((p) => Math.abs(p.z) <= reach).length;
    const empirical = pairs.length === 0 ? NaN : inside / pairs.length;
    return { nominal, empirical, inside, band: binomialBand(pairs.length, nominal) };
  });
}

export interface Bin { from: number; to: number; count: number; expected: number }

/** Residuals in bins of half a deviation, beside what a standard normal would put there; the outermost are open. */
export function histogram(pairs: readonly Judged[], reach = 4, width = 0.5): Bin[] {
  const bins: Bin[] = [];
  const count = Math.round((2 * reach) / width);
  for (let i = 0; i < count; i++) {
    const from = -reach + i * width;
    const low = i === 0 ? 0 : normalCdf(from);
    const high = i === count - 1 ? 1 : normalCdf(from + width);
    bins.push({ from, to: from + width, count: 0, expected: (high - low) * pairs.length });
  }
  for (const p of pairs) {
    const index = Math.min(count - 1, Math.max(0, Math.floor((p.z + reach) / width)));
    bins[index]!.count++;
  }
  return bins;
}

/** Ordered residuals against those that a standard normal variable would have (Blom's plotting positions). */
export function quantiles(pairs: readonly Judged[]): { expected: number; z: number; point: number }[] {
  const sorted = [...pairs].sort((a, b) => a.z - b.z);
  return sorted.map((p, i) => ({
    expected: normalQuantile((i + 1 - 0.375) / (sorted.length + 0.25)), z: p.z, point: p.point,
  }));
}

export interface Verdict {
  count: number;
  /** Root mean square of value − predicted, in the scalar's unit. */
  rmse: number;
  meanZ: number;
  /** Root mean square of z: above 1 the model is too sure of itself, below too unsure. */
  spread: number;
  /** Mean negative log predictive density, nats a point. */
  nlpd: number;
  /** In words; null while there is too little to say. */
  words: string | null;
}

/** What the pairs say of the model in a few numbers, and in words once there are enough of them. */
export function verdict(pairs: readonly Judged[]): Verdict {
  const n = pairs.length;
  const mean = (of: (p: Judged) => number): number => (n === 0 ? NaN : pairs.reduce((s, p) => s + of(p), 0) / n);
  const spread = Math.sqrt(mean((p) => p.z * p.z));
  const meanZ = mean((p) => p.z);
  const result = {
    count: n,
    rmse: Math.sqrt(mean((p) => (p.value - p.predicted) ** 2)),
    meanZ,
    spread,
    nlpd: mean((p) => 0.5 * Math.log(2 * Math.PI * p.deviation ** 2) + (p.z * p.z) / 2),
  };
  return { ...result, words: n < 10 ? null : words(n, spread, meanZ) };
}

/** Only deviations that chance does not explain (two standard errors under a standard normal) are called so. */
function words(n: number, spread: number, meanZ: number): string {
  const slack = 2 / Math.sqrt(2 * n);
  const parts: string[] = [];
  if (spread > 1 + slack) parts.push(`too sure of itself: surprises are ${spread.toFixed(1)} times as large as said`);
  else if (spread < 1 - slack) {
    parts.push(`too cautious: surprises are only ${spread.toFixed(1)} times as large as said`);
  }
  if (Math.abs(meanZ) > 2 / Math.sqrt(n)) {
    parts.push(meanZ > 0 ? "measurements tend to come out above it" : "measurements tend to come out below it");
  }
  return parts.length === 0 ? "as uncertain as it says, within chance" : parts.join("; ");
}
