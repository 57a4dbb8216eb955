import type { FrameView, Keys } from "../../api/types";

/** Two ends that a person can move: a window of a spectrum, or a ring of a pattern. */
export interface Range { key: string; label: string; from: number; to: number; unit: "eV" | "px" | "mrad" }

export type Ring = FrameView["rings"][number];

export function rangesOf(view: FrameView): Range[] {
  return [
    ...view.windows.map(({ key, label, from, to }) => ({ key, label, from, to, unit: "eV" as const })),
    ...view.rings.map(({ key, label, inner, outer, unit }) => ({ key, label, from: inner, to: outer, unit })),
  ];
}

/** As a recipe writes it: no more digits than the axis resolves. */
export function recipeNumber(value: number, resolution: number): string {
  const decimals = Math.min(6, Math.max(0, Math.ceil(-Math.log10(resolution))));
  return String(Number(value.toFixed(decimals)));
}

/**
 * The keys of `used` with one range changed. A window is one key for both ends; a ring names two, "inner, outer"; a
 * disc one, that of its radius.
 */
export function withRange(used: Keys, range: Range, resolution: number): Keys {
  const number = (value: number) => `${recipeNumber(value, resolution)} ${range.unit}`;
  if (range.unit === "eV") return { ...used, [range.key]: `${number(range.from)} .. ${number(range.to)}` };
  const names = range.key.split(/,\s*/);
  const ends = names.length === 2 ? [range.from, range.to] : [range.to];
  return { ...used, ...Object.fromEntries(names.map((name, index) => [name, number(ends[index]!)])) };
}

/** Moves one end, or both, and keeps the range in `[low, high]` and at least one step wide. */
export function dragged(
  range: Range, part: "from" | "to" | "both", by: number, low: number, high: number, step: number): Range {
  const snap = (value: number) => Math.round(value / step) * step;
  if (part === "both") {
    const shift = Math.min(high - range.to, Math.max(low - range.from, snap(by)));
    return { ...range, from: range.from + shift, to: range.to + shift };
  }
  if (part === "from") {
    return { ...range, from: Math.min(range.to - step, Math.max(low, snap(range.from + by))) };
  }
  return { ...range, to: Math.max(range.from + step, Math.min(high, snap(range.to + by))) };
}

/** The curve at the places `x`, both rising, by straight lines; null outside it. */
export function resampled(
  curve: { x: readonly number[]; y: readonly number[] }, x: ArrayLike<number>): (number | null)[] {
  const out: (number | null)[] = [];
  let at = 0;
  const last = curve.x.length - 1;
  for (let index = 0; index < x.length; index++) {
    const here = x[index]!;
    if (last < 0 || here < curve.x[0]! - 1e-9 || here > curve.x[last]! + 1e-9) {
      out.push(null);
      continue;
    }
    while (at < last - 1 && curve.x[at + 1]! < here) at++;
    const [x0, x1] = [curve.x[at]!, curve.x[Math.min(at + 1, last)]!];
    const [y0, y1] = [curve.y[at]!, curve.y[Math.min(at + 1, last)]!];
    out.push(x1 > x0 ? y0 + (y1 - y0) * Math.min(1, Math.max(0, (here - x0) / (x1 - x0))) : y0);
  }
  return out;
}
