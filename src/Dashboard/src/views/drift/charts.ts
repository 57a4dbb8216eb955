import type { Drift, Look, Shift } from "../../api/types";
import { percent } from "../../ui/format";
import { compact } from "../format/numbers";
import { extent } from "../plot/ticks";
import type { Chart, Layer, Mark } from "../plot/spec";
import { length, words } from "./shift";

/** Charts out of the looks at the drift; null while there is none. */

const trusted = (looks: readonly Look[]): Look[] => looks.filter((look) => look.rejected === null);
const doubtful = (looks: readonly Look[]): Look[] => looks.filter((look) => look.rejected !== null);

const notTrusted = { label: "not trusted", ink: "bad", shape: "hollow" } as const;

/** One look in a line: where, how sure, how fast, and why not where it is not trusted. */
export function told(look: Look): string {
  const rate = look.ratePerMinute === null ? "" : `, ${compact(length(look.ratePerMinute), 3)} px/min`;
  return `After ${look.frames} frames: ${words(look.shift)} px, quality ${compact(look.quality, 3)}${rate}`
    + (look.rejected === null ? "" : `. Not trusted: ${look.rejected}`);
}

const marked = (looks: readonly Look[], place: (look: Look) => [number, number]): Mark[] =>
  looks.map((look) => {
    const [x, y] = place(look);
    return { x, y, text: told(look), point: null };
  });

/** A limit in sight: one far beyond the data would squeeze them to a line. */
const near = (limit: number, reach: number): boolean => limit <= 2 * reach;

/** Where the first image has gone, as it lies in the scan: rows downwards. */
export function path(looks: readonly Look[], drift: Drift, correction: Shift | null): Chart | null {
  if (looks.length === 0) return null;
  const good = trusted(looks);
  const bad = doubtful(looks);
  const furthest = Math.max(0.5, ...looks.map((look) => length(look.shift)));
  const shown = near(drift.largestShiftPx, furthest);
  const xs = [0, ...good.map((look) => look.shift.columns)];
  const ys = [0, ...good.map((look) => -look.shift.rows)];
  const around = shown ? drift.largestShiftPx : 0;
  const layers: Layer[] = [
    ...(shown ? [circle(drift.largestShiftPx)] : []),
    { kind: "line", x: xs, y: ys, ink: "series" },
    { kind: "dots", x: [0], y: [0], ink: "muted", radius: 4 },
    { kind: "dots", x: xs.slice(1), y: ys.slice(1), ink: "series", radius: 4 },
    { kind: "dots", x: bad.map((look) => look.shift.columns), y: bad.map((look) => -look.shift.rows), ink: "bad",
      radius: 4, hollow: true },
    ...(correction === null ? [] : [{ kind: "dots", x: [correction.columns], y: [-correction.rows], ink: "second",
      radius: 5, hollow: true } as const]),
  ];
  return {
    x: { label: "Columns (px)",
      range: extent([...xs, ...looks.map((look) => look.shift.columns), correction?.columns ?? 0, -around, around]) },
    y: { label: "Rows (px)", format: (y) => compact(y === 0 ? 0 : -y),
      range: extent([...ys, ...looks.map((look) => -look.shift.rows), -(correction?.rows ?? 0), -around, around]) },
    sameScale: true,
    layers,
    marks: marked(looks, (look) => [look.shift.columns, -look.shift.rows]),
    caption: good.length === 0 ? "No look is trusted yet."
      : `Moved by ${words(good.at(-1)!.shift)} px in rows and columns since the first image; `
        + `${compact(drift.largestShiftPx)} px are allowed.`,
    legend: [{ label: "sample", ink: "series", shape: "line" },
      ...(correction === null ? [] : [{ label: "probe sent after it", ink: "second", shape: "hollow" } as const]),
      ...(bad.length > 0 ? [notTrusted] : []),
      ...(shown ? [{ label: "limit", ink: "bad", shape: "dashed" } as const] : [])],
  };
}

function circle(radius: number): Layer {
  const turns = Array.from({ length: 97 }, (_, i) => (2 * Math.PI * i) / 96);
  return { kind: "line", x: turns.map((t) => radius * Math.cos(t)), y: turns.map((t) => radius * Math.sin(t)),
    ink: "bad", width: 1, dashed: true };
}

/** With room for the last dot. */
const over = (frames: number): [number, number] => [0, 1.02 * Math.max(1, frames)];

/** Rows and columns over the frames. */
export function moved(looks: readonly Look[], drift: Drift, frames: number): Chart | null {
  if (looks.length === 0) return null;
  const good = trusted(looks);
  const bad = doubtful(looks);
  const x = [0, ...good.map((look) => look.frames)];
  const along = (axis: keyof Shift): number[] => [0, ...good.map((look) => look.shift[axis])];
  const [rows, columns] = [along("rows"), along("columns")];
  const furthest = Math.max(0.5, ...[...rows, ...columns].map(Math.abs));
  const limits: Layer[] = near(drift.largestShiftPx, furthest)
    ? [drift.largestShiftPx, -drift.largestShiftPx].map((y) => ({ kind: "rule", y, ink: "bad", dashed: true })) : [];
  const last = good.at(-1);
  return {
    x: { label: "Frames recorded", whole: true, range: over(frames) },
    y: { label: "Moved (px)" },
    layers: [
      { kind: "rule", y: 0, ink: "muted" },
      ...limits,
      ...([["rows", rows, "series"], ["columns", columns, "second"]] as const).flatMap(([axis, y, ink]): Layer[] => [
        { kind: "line", x, y, ink },
        { kind: "dots", x: x.slice(1), y: y.slice(1), ink },
        { kind: "dots", x: bad.map((look) => look.frames), y: bad.map((look) => look.shift[axis]), ink: "bad",
          hollow: true },
      ]),
    ],
    marks: [...marked(looks, (look) => [look.frames, look.shift.rows]),
      ...marked(looks, (look) => [look.frames, look.shift.columns])],
    caption: last === undefined ? "No look is trusted yet: nothing is corrected."
      : `${good.length} of ${looks.length} looks are trusted; the last of them after ${last.frames} frames.`,
    legend: [{ label: "rows", ink: "series", shape: "line" }, { label: "columns", ink: "second", shape: "line" },
      ...(bad.length > 0 ? [notTrusted] : [])],
  };
}

/** How well each look matched the first image. */
export function quality(looks: readonly Look[], drift: Drift, frames: number): Chart | null {
  const known = looks.filter((look) => look.quality !== null);
  if (known.length === 0) return null;
  const least = Math.min(drift.leastQuality, ...known.map((look) => look.quality!));
  const x = (of: readonly Look[]): number[] => of.map((look) => look.frames);
  const y = (of: readonly Look[]): number[] => of.map((look) => look.quality!);
  const dots = (of: readonly Look[], ink: "series" | "bad"): Layer =>
    ({ kind: "dots", x: x(of), y: y(of), ink, hollow: ink === "bad" });
  const bad = doubtful(known);
  return {
    x: { label: "Frames recorded", whole: true, range: over(frames) },
    y: { label: "Quality of the match", range: [Math.max(0, least - 0.15 * (1.02 - least)), 1.02] },
    layers: [
      { kind: "rule", y: drift.leastQuality, ink: "bad", dashed: true },
      { kind: "line", x: x(known), y: y(known), ink: "faint", width: 1 },
      dots(trusted(known), "series"), dots(bad, "bad"),
    ],
    marks: marked(known, (look) => [look.frames, look.quality!]),
    caption: `The last look matches by ${percent(known.at(-1)!.quality, 1)}; below ${percent(drift.leastQuality)} none `
      + "is trusted.",
    legend: [{ label: "least that is trusted", ink: "bad", shape: "dashed" }, ...(bad.length > 0 ? [notTrusted] : [])],
  };
}

/** How fast it moved from one look that is trusted to the next. */
export function rate(looks: readonly Look[], drift: Drift, frames: number): Chart | null {
  const known = looks.filter((look) => look.ratePerMinute !== null);
  const last = known.at(-1);
  if (last === undefined) return null;
  const y = known.map((look) => length(look.ratePerMinute!));
  const limit = drift.largestRatePxPerMinute;
  const shown = limit !== null && near(limit, Math.max(...y));
  return {
    x: { label: "Frames recorded", whole: true, range: over(frames) },
    y: { label: "Rate (px/min)", range: [0, 1.08 * Math.max(...y, shown ? limit : 0, 1e-6)] },
    layers: [
      ...(shown ? [{ kind: "rule", y: limit, ink: "bad", dashed: true } as const] : []),
      { kind: "line", x: known.map((look) => look.frames), y, ink: "series", width: 1 },
      { kind: "dots", x: known.map((look) => look.frames), y, ink: "series" },
    ],
    marks: marked(known, (look) => [look.frames, length(look.ratePerMinute!)]),
    caption: `${compact(y.at(-1), 3)} px a minute between the last two looks; `
      + (limit === null ? "any rate is allowed." : `${compact(limit)} are allowed.`),
    ...(shown ? { legend: [{ label: "limit", ink: "bad", shape: "dashed" } as const] } : {}),
  };
}
