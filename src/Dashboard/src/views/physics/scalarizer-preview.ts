import type { ScalarizerPreview } from "../../api/types";
import { h } from "../../ui/element";

import type { Store } from "../../store/store";
import { lut } from "../../charts/colours";
import { axisLabel, compact } from "../format/numbers";
import { chart } from "../plot/chart";
import type { Chart } from "../plot/spec";
import { agreement, compared, standardDifference } from "./changes";
import { sampleMap } from "./sample-map";

/** Lines of the table: beyond these nobody reads on, and the map and the scatter have all. */
const most = 100;

/** What another scalarizer makes of the frames so far, beside what the one of now did. */
export function scalarizerPreview(store: Store, preview: ScalarizerPreview): HTMLElement {
  const pairs = compared(preview);
  const away = standardDifference(pairs);
  const a = agreement(preview);
  const choices = store.status.peek()!.choices;
  const open = (point: number): void => {
    store.selected.set(point);
    store.selection.set(new Set([point]));
  };
  return h("div.preview", {},
    h("p.preview-verdict", { role: "status" }, verdict(a, preview.points.length)),
    h("div.preview-pair", {},
      chart({ title: "Then against now", size: "tall", empty: "No point has both numbers.", open,
        chart: () => scatter(preview, axisLabel(choices.scalarLabel, choices.scalarUnit), store.selection()) }),
      sampleMap(store, { title: "Where it tells another story", table: lut("balance"), domain: { low: -2, high: 2 },
        image: null, dots: pairs.map((p, i) => ({ ...p, amount: away[i]! })), next: null,
        legend: "standing among the points: then − now (σ)", open })),
    table(preview, pairs.map((p) => p.point), away, open));
}

function verdict(a: ReturnType<typeof agreement>, all: number): string {
  const story = Number.isNaN(a.correlation) ? ""
    : Math.abs(a.correlation) > 0.95 ? ` It tells nearly the same story (r = ${compact(a.correlation, 2)}).`
    : Math.abs(a.correlation) > 0.6 ? ` It tells a related story (r = ${compact(a.correlation, 2)}).`
    : ` It tells another story (r = ${compact(a.correlation, 2)}).`;
  const lost = a.lost === 0 ? "" : ` ${a.lost} would have no good number any more.`;
  const gained = a.gained === 0 ? "" : ` ${a.gained} would gain one.`;
  return `Tried on ${all} frames.${story}${lost}${gained}`;
}

function scatter(preview: ScalarizerPreview, label: string, selected: ReadonlySet<number>): Chart | null {
  const pairs = preview.points.filter((p) => p.now !== null && p.then !== null);
  if (pairs.length === 0) return null;
  const of = (quality: "good" | "other") => pairs.filter((p) => (p.quality === "good") === (quality === "good"));
  const dots = (quality: "good" | "other") => ({
    kind: "dots" as const, x: of(quality).map((p) => p.now!), y: of(quality).map((p) => p.then!),
    errors: of(quality).map((p) => p.error ?? 0) });
  return {
    x: { label: `Now: ${label}` },
    y: { label: `Then: ${axisLabel(preview.scalarLabel, preview.scalarUnit)}` },
    layers: [{ ...dots("good"), ink: "series" }, { ...dots("other"), ink: "second", hollow: true }],
    marks: pairs.map((p) => ({ x: p.now!, y: p.then!, point: p.point,
      text: `Point ${p.point}: ${compact(p.now)} now, ${compact(p.then)} ± ${compact(p.error, 2)} then`
        + (p.remark === null ? "" : `; ${p.remark}`) })),
    caption: "Each point with its number of now and the one that it would have.",
    legend: [{ label: "good", ink: "series", shape: "dot" },
      { label: "suspect or bad", ink: "second", shape: "hollow" }],
    selected,
  };
}

function table(preview: ScalarizerPreview, order: readonly number[], away: readonly number[],
  open: (point: number) => void): HTMLElement {
  const byPoint = new Map(order.map((point, i) => [point, away[i]!]));
  const rows = [...preview.points]
    // First what would be lost, then what moves most among the others.
    .sort((a, b) => (Math.abs(byPoint.get(b.point) ?? Infinity) - Math.abs(byPoint.get(a.point) ?? Infinity)) || 0)
    .slice(0, most);
  const left = preview.points.length - rows.length;
  return h("div.preview-table", { tabindex: 0, role: "region", "aria-label": "Points, those that change most first" },
    h("table", {},
      h("thead", {}, h("tr", {}, ["Point", "Row", "Column", "Now", "Then", "±", "Shift (σ)"].map((c) =>
        h("th.number", { scope: "col" }, c)), h("th", { scope: "col" }, "Quality"))),
      h("tbody", {}, rows.map((p) => h("tr", {},
        h("td.number", {}, h("button.quiet.point-link", { type: "button", on: { click: () => open(p.point) } },
          String(p.point))),
        [String(p.row), String(p.column), compact(p.now), compact(p.then), compact(p.error, 2),
          byPoint.has(p.point) ? compact(byPoint.get(p.point), 2) : "–"].map((t) => h("td.number", {}, t)),
        h("td", {}, h(`span.chip.${p.quality === "good" ? "good" : p.quality === "bad" ? "bad" : "warn"}`, {},
          p.quality), p.remark === null ? "" : ` ${p.remark}`))))),
    left > 0 && h("p.muted", {}, `${left} more points change less.`));
}

