import type { ExperimentStatus, Learning, Model, Point } from "../../api/types";
import { percent } from "../../ui/format";
import { axisLabel, compact } from "../format/numbers";
import { brief } from "../pipeline/durations";
import { extent } from "../plot/ticks";
import type { Chart } from "../plot/spec";
import { coverage, histogram, quantiles, verdict, type Judged } from "./calibration";
import { bestSoFar, pace, trainingTimes, type Goal } from "./progress";

/** Charts out of what is known of a run; null where there is nothing to show yet. */

export interface Names { label: string; unit: string }

export const namesOf = (status: ExperimentStatus): Names =>
  ({ label: status.choices.scalarLabel, unit: status.choices.scalarUnit });

const signed = (z: number): string => (z >= 0 ? "+" : "−") + Math.abs(z).toFixed(2);
const unitAfter = (unit: string): string => (unit === "" ? "" : ` ${unit}`);

const told = (p: Judged, unit: string): string =>
  `Point ${p.point}: expected ${compact(p.predicted)} ± ${compact(p.deviation, 3)}, `
  + `came ${compact(p.value)}${unitAfter(unit)} (${signed(p.z)} deviations)`;

/** Prediction against measurement. Both axes have one range, so that the diagonal is the diagonal. */
export function parity(pairs: readonly Judged[], names: Names, selected: ReadonlySet<number>): Chart | null {
  if (pairs.length === 0) return null;
  const range = extent(pairs.flatMap((p) => [p.value, p.predicted - p.deviation, p.predicted + p.deviation]));
  return {
    x: { label: axisLabel(`Measured: ${names.label}`, names.unit), range },
    y: { label: axisLabel("Expected before", names.unit), range },
    layers: [
      { kind: "line", x: range, y: range, ink: "muted", width: 1, dashed: true },
      { kind: "dots", x: pairs.map((p) => p.value), y: pairs.map((p) => p.predicted), ink: "series",
        errors: pairs.map((p) => p.deviation) },
    ],
    marks: pairs.map((p) => ({ x: p.value, y: p.predicted, text: told(p, names.unit), point: p.point })),
    caption: `${pairs.length} predictions, each made before its point was measured, with one deviation either side.`,
    legend: [{ label: "expected ± 1σ", ink: "series", shape: "dot" }, { label: "as expected", ink: "muted",
      shape: "dashed" }],
    selected,
  };
}

/** Surprises in units of what was said, point by point. */
export function residuals(pairs: readonly Judged[], names: Names, selected: ReadonlySet<number>): Chart | null {
  if (pairs.length === 0) return null;
  const reach = Math.max(3, ...pairs.map((p) => Math.abs(p.z))) * 1.08;
  const x = pairs.map((p) => p.point);
  const ends = extent(x, 0.03);
  const outside = pairs.filter((p) => Math.abs(p.z) > 2).length;
  return {
    x: { label: "Point", whole: true, range: ends },
    y: { label: "Surprise (σ)", range: [-reach, reach] },
    layers: [
      { kind: "band", x: ends, low: [-2, -2], high: [2, 2], ink: "muted" },
      { kind: "band", x: ends, low: [-1, -1], high: [1, 1], ink: "muted" },
      { kind: "rule", y: 0, ink: "muted" },
      { kind: "dots", x, y: pairs.map((p) => p.z), ink: "series" },
    ],
    marks: pairs.map((p) => ({ x: p.point, y: p.z, text: told(p, names.unit), point: p.point })),
    caption: `${outside} of ${pairs.length} beyond two deviations; about ${compact(0.0455 * pairs.length, 2)} would be `
      + "by chance.",
    legend: [{ label: "±1σ, ±2σ", ink: "muted", shape: "band" }],
    selected,
  };
}

export function residualHistogram(pairs: readonly Judged[]): Chart | null {
  if (pairs.length === 0) return null;
  const bins = histogram(pairs);
  const v = verdict(pairs);
  const middle = bins.map((b) => (b.from + b.to) / 2);
  return {
    x: { label: "Surprise (σ)", range: [-4, 4], at: [-4, -3, -2, -1, 0, 1, 2, 3, 4] },
    y: { label: "Points", whole: true,
      range: [0, 1.08 * Math.max(...bins.map((b) => Math.max(b.count, b.expected)))] },
    layers: [
      { kind: "bars", from: bins.map((b) => b.from), to: bins.map((b) => b.to), y: bins.map((b) => b.count),
        ink: "series" },
      { kind: "line", x: middle, y: bins.map((b) => b.expected), ink: "ink" },
    ],
    marks: bins.map((b, i) => ({ x: middle[i]!, y: b.count, point: null,
      text: `${signed(b.from)} to ${signed(b.to)} σ: ${b.count} points, ${compact(b.expected, 2)} expected` })),
    caption: `Mean ${signed(v.meanZ)}, size ${v.spread.toFixed(2)}; 0 and 1 where it knows what it does not know.`,
    legend: [{ label: "came", ink: "series", shape: "band" }, { label: "standard normal", ink: "ink", shape: "line" }],
  };
}

export function quantilePlot(pairs: readonly Judged[], selected: ReadonlySet<number>): Chart | null {
  if (pairs.length < 3) return null;
  const q = quantiles(pairs);
  const range = extent(q.flatMap((p) => [p.expected, p.z]));
  return {
    x: { label: "Standard normal (σ)", range },
    y: { label: "Surprise (σ)", range },
    layers: [
      { kind: "line", x: range, y: range, ink: "muted", width: 1, dashed: true },
      { kind: "dots", x: q.map((p) => p.expected), y: q.map((p) => p.z), ink: "series" },
    ],
    marks: q.map((p) => ({ x: p.expected, y: p.z, point: p.point,
      text: `Point ${p.point}: ${signed(p.z)}, normal ${signed(p.expected)}` })),
    caption: "Steeper than the line: too sure of itself. Ends that bend away: more outliers than it allows for.",
    selected,
  };
}

/** Share of measurements within the intervals predicted for them. */
export function coverageChart(pairs: readonly Judged[]): Chart | null {
  if (pairs.length === 0) return null;
  const shares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.68, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98];
  const fine = coverage(pairs, shares);
  const marked = coverage(pairs);
  const percentOf = (x: number): string => `${Math.round(100 * x)}`;
  return {
    x: { label: "Central interval (%)", range: [0, 1], at: [0, 0.25, 0.5, 0.68, 0.9, 1], format: percentOf },
    y: { label: "Measurements in it (%)", range: [0, 1], at: [0, 0.25, 0.5, 0.75, 1], format: percentOf },
    layers: [
      { kind: "band", x: shares, low: fine.map((c) => c.band[0]), high: fine.map((c) => c.band[1]), ink: "muted" },
      { kind: "line", x: [0, 1], y: [0, 1], ink: "muted", width: 1, dashed: true },
      { kind: "line", x: [0, ...shares, 1], y: [0, ...fine.map((c) => c.empirical), 1], ink: "series" },
      { kind: "dots", x: marked.map((c) => c.nominal), y: marked.map((c) => c.empirical), ink: "series", radius: 4 },
    ],
    marks: marked.map((c) => ({ x: c.nominal, y: c.empirical, point: null,
      text: `${percent(c.nominal)} intervals held ${c.inside} of ${pairs.length} (${percent(c.empirical)}); `
        + `honest: ${percent(c.band[0])} to ${percent(c.band[1])}` })),
    caption: marked.map((c) => `${percent(c.nominal)}: ${percent(c.empirical)}`).join(" · "),
    legend: [{ label: "95 % of honest models", ink: "muted", shape: "band" }],
  };
}

export function best(points: readonly Point[], goal: Goal, names: Names, selected: ReadonlySet<number>): Chart | null {
  const steps = bestSoFar(points, goal);
  const last = steps[steps.length - 1];
  if (last === undefined) return null;
  const x = steps.map((s) => s.point);
  return {
    x: { label: "Point", whole: true },
    y: { label: axisLabel(names.label, names.unit) },
    layers: [
      { kind: "dots", x, y: steps.map((s) => s.value), ink: "faint" },
      { kind: "line", x, y: steps.map((s) => s.best), ink: "series", stepped: true },
      { kind: "dots", x: x.filter((_, i) => steps[i]!.improved),
        y: steps.filter((s) => s.improved).map((s) => s.best), ink: "series", radius: 4 },
    ],
    marks: steps.map((s) => ({ x: s.point, y: s.value, point: s.point,
      text: `Point ${s.point}: ${compact(s.value)}${unitAfter(names.unit)}`
        + (s.improved ? ", the best so far" : `; best so far ${compact(s.best)}`) })),
    caption: `${goal.kind === "minimise" ? "Smallest" : goal.kind === "hit" ? "Nearest to the target" : "Largest"}: `
      + `${compact(last.best)}${unitAfter(names.unit)} at point ${last.bestPoint}.`,
    legend: [{ label: "measured", ink: "faint", shape: "dot" }, { label: "best so far", ink: "series", shape: "line" }],
    selected,
  };
}

export function uncertainty(points: readonly Point[], learning: Learning | null, names: Names,
  selected: ReadonlySet<number>): Chart | null {
  const known = (learning?.steps ?? []).filter((s) => s.meanDeviation !== null);
  const chosen = points.filter((p) => p.deviation !== null && p.centre === null);
  if (known.length === 0 && chosen.length === 0) return null;
  const last = known[known.length - 1]?.meanDeviation;
  return {
    x: { label: "Point", whole: true },
    y: { label: axisLabel("Deviation", names.unit), range: [0, 1.06 * Math.max(
      ...known.map((s) => s.meanDeviation!), ...chosen.map((p) => p.deviation!))] },
    layers: [
      { kind: "dots", x: chosen.map((p) => p.id), y: chosen.map((p) => p.deviation!), ink: "second" },
      { kind: "line", x: known.map((s) => s.observations), y: known.map((s) => s.meanDeviation!), ink: "series" },
    ],
    marks: chosen.map((p) => ({ x: p.id, y: p.deviation!, point: p.id,
      text: `Point ${p.id} was chosen with a deviation of ${compact(p.deviation, 3)}${unitAfter(names.unit)}` })),
    caption: last === undefined || last === null ? "Deviation with which each point was chosen, noise included."
      : `The map is uncertain by ${compact(last, 3)}${unitAfter(names.unit)} on average.`,
    legend: [{ label: "mean of the map", ink: "series", shape: "line" },
      { label: "of each chosen point", ink: "second", shape: "dot" }],
    selected,
  };
}

/** One measure of error against the truth, over the scalars that the model knew. */
export function error(learning: Learning | null, of: "rmse" | "nlpd" | "rSquared", label: string): Chart | null {
  const known = (learning?.steps ?? []).filter((s) => s[of] !== null);
  const last = known[known.length - 1];
  if (last === undefined) return null;
  const x = known.map((s) => s.observations);
  const y = known.map((s) => s[of]!);
  return {
    x: { label: "Scalars known to the model", whole: true },
    y: { label },
    layers: [{ kind: "line", x, y, ink: "series" }],
    marks: known.map((s) => ({ x: s.observations, y: s[of]!, point: null,
      text: `After ${s.observations} scalars: ${compact(s[of])}` })),
    caption: `Now ${compact(last[of])}, over the whole map, against the known truth.`,
  };
}

/** Where it was trained, where that may be another machine. */
const by = (m: Model): string => (m.trainer !== null ? ` on ${m.trainer}` : m.fallback !== null ? " here" : "");

export function training(models: readonly Model[]): Chart | null {
  const all = trainingTimes(models);
  const last = all[all.length - 1];
  if (last === undefined) return null;
  return {
    x: { label: "Model", whole: true },
    y: { label: "Training time (s)", range: [0, 1.08 * Math.max(...all.map((m) => m.tookS))] },
    layers: [{ kind: "dots", x: all.map((m) => m.version), y: all.map((m) => m.tookS), ink: "series" },
      { kind: "line", x: all.map((m) => m.version), y: all.map((m) => m.tookS), ink: "series", width: 1 }],
    marks: all.map((m) => ({ x: m.version, y: m.tookS, point: null,
      text: `Model ${m.version}: ${brief(m.tookS)}${by(m)}, ${m.epochs} epochs on ${m.observations} scalars, loss `
        + compact(m.loss, 3) })),
    caption: `Model ${last.version} took ${brief(last.tookS)} on ${last.observations} scalars.`,
  };
}

export function paceChart(points: readonly Point[]): Chart | null {
  const all = pace(points);
  const last = all[all.length - 1];
  if (last === undefined) return null;
  return {
    x: { label: "Measured", whole: true },
    y: { label: "Points an hour", range: [0, 1.08 * Math.max(...all.map((p) => p.perHour))] },
    layers: [{ kind: "line", x: all.map((p) => p.measured), y: all.map((p) => p.perHour), ink: "series" }],
    marks: all.map((p) => ({ x: p.measured, y: p.perHour, point: null,
      text: `At ${p.measured} measured: ${compact(p.perHour, 3)} points an hour` })),
    caption: `${compact(last.perHour, 3)} points an hour over the last ten; pauses left out.`,
  };
}
