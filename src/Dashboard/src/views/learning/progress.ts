import type { Keys, Model, Point } from "../../api/types";

/** What counts as better: the planner's goal, as a recipe writes it. */
export interface Goal { kind: "maximise" | "minimise" | "hit"; low: number; high: number }

export function goalOf(planner: Keys): Goal {
  const kind = planner.goal === "minimise" || planner.goal === "hit" ? planner.goal : "maximise";
  const numbers = (planner.target ?? "").split("..").map((s) => Number.parseFloat(s));
  const low = numbers[0] ?? NaN;
  return { kind, low, high: numbers[1] ?? low };
}

/** How far a value is from the goal; less is better, in the scalar's unit. */
export function distance(goal: Goal, value: number): number {
  if (goal.kind === "maximise") return -value;
  if (goal.kind === "minimise") return value;
  return value < goal.low ? goal.low - value : value > goal.high ? value - goal.high : 0;
}

export interface Step { point: number; value: number; best: number; bestPoint: number; improved: boolean }

/** Usable scalars in the order of their points, and the best up to each. */
export function bestSoFar(points: readonly Point[], goal: Goal): Step[] {
  const steps: Step[] = [];
  let best: { value: number; point: number } | null = null;
  for (const p of usable(points)) {
    const improved = best === null || distance(goal, p.value) < distance(goal, best.value);
    if (improved) best = { value: p.value, point: p.id };
    steps.push({ point: p.id, value: p.value, best: best!.value, bestPoint: best!.point, improved });
  }
  return steps;
}

function usable(points: readonly Point[]): (Point & { value: number })[] {
  return points
    .filter((p): p is Point & { value: number } => p.value !== null && p.quality !== "bad" && p.centre === null)
    .sort((a, b) => a.id - b.id);
}

export interface Pace { measured: number; perHour: number }

/**
 * Points an hour over the last few, at each of them. The end of a pause is no pace: gaps above ten times the median are
 * left out, as what they are, interruptions.
 */
export function pace(points: readonly Point[], over = 10): Pace[] {
  const times = points
    .filter((p) => p.value !== null && p.centre === null)
    .map((p) => Date.parse(p.time) / 1000)
    .filter((t) => Number.isFinite(t))
    .sort((a, b) => a - b);
  const gaps = times.slice(1).map((t, i) => t - times[i]!);
  const middle = median(gaps);
  const result: Pace[] = [];
  let window: number[] = [];
  gaps.forEach((gap, i) => {
    if (middle > 0 && gap > 10 * middle) return;
    window = [...window, gap].slice(-over);
    const sum = window.reduce((s, g) => s + g, 0);
    if (sum > 0) result.push({ measured: i + 2, perHour: (3600 * window.length) / sum });
  });
  return result;
}

export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Training time of each model in the order of versions. */
export const trainingTimes = (models: readonly Model[]): Model[] =>
  [...models].sort((a, b) => a.version - b.version);
