import type { JournalEvent, Keys, ScalarizerPreview } from "../../api/types";

export interface KeyChange { key: string; before: string | null; after: string | null }

/** Keys that differ, in alphabetical order. */
export function changes(before: Keys, after: Keys): KeyChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys
    .map((key) => ({ key, before: before[key] ?? null, after: after[key] ?? null }))
    .filter((c) => c.before !== c.after);
}

export interface Compared { point: number; row: number; column: number; now: number; then: number; difference: number }

/** Points that both scalarizers give a number for. The difference is in standard units of each where units differ. */
export function compared(preview: ScalarizerPreview): Compared[] {
  return preview.points
    .filter((p): p is typeof p & { now: number; then: number } => p.now !== null && p.then !== null)
    .map((p) => ({ point: p.point, row: p.row, column: p.column, now: p.now, then: p.then,
      difference: p.then - p.now }));
}

export interface Agreement {
  count: number;
  /** Pearson's correlation, of size: does the new number tell another story? NaN where either is constant. */
  correlation: number;
  /** Points that have a number now and would have none, or a bad one. */
  lost: number;
  /** Points that would gain one. */
  gained: number;
}

export function agreement(preview: ScalarizerPreview): Agreement {
  const pairs = compared(preview);
  const lost = preview.points.filter((p) => p.now !== null && (p.then === null || p.quality === "bad")).length;
  const gained = preview.points.filter((p) => p.now === null && p.then !== null && p.quality !== "bad").length;
  return { count: pairs.length, correlation: correlation(pairs), lost, gained };
}

function correlation(pairs: readonly Compared[]): number {
  const n = pairs.length;
  if (n < 3) return NaN;
  const meanNow = pairs.reduce((s, p) => s + p.now, 0) / n;
  const meanThen = pairs.reduce((s, p) => s + p.then, 0) / n;
  let [both, now, then] = [0, 0, 0];
  for (const p of pairs) {
    both += (p.now - meanNow) * (p.then - meanThen);
    now += (p.now - meanNow) ** 2;
    then += (p.then - meanThen) ** 2;
  }
  return both / Math.sqrt(now * then);
}

/**
 * Difference of each point in deviations of its scalarizer over the points: (then − mean)/sd − (now − mean)/sd. Numbers
 * of different units cannot be subtracted; where a point stands among the others can.
 */
export function standardDifference(pairs: readonly Compared[]): number[] {
  const standard = (of: (p: Compared) => number): number[] => {
    const mean = pairs.reduce((s, p) => s + of(p), 0) / pairs.length;
    const sd = Math.sqrt(pairs.reduce((s, p) => s + (of(p) - mean) ** 2, 0) / pairs.length);
    return pairs.map((p) => (sd > 0 ? (of(p) - mean) / sd : 0));
  };
  const now = standard((p) => p.now);
  return standard((p) => p.then).map((t, i) => t - now[i]!);
}

const kinds: ReadonlySet<string> = new Set([
  "experiment-started", "scalarizer-changed", "acquisition-changed", "region-changed", "region-excluded"]);

/** What was chosen when, newest first. */
export const history = (events: readonly JournalEvent[]): JournalEvent[] =>
  events.filter((e) => kinds.has(e.kind)).reverse();
