import { daemon } from "../../api/daemon";
import type { Grid } from "../../api/arrays";
import { cssColour, lut, paint, percentileDomain, type Domain } from "../../charts/colours";
import { h } from "../../ui/element";
import { computed, effect, signal } from "../../ui/signal";
import type { Store } from "../../store/store";
import { compact } from "../format/numbers";
import { fitCanvas, palette, sizeOf } from "../plot/palette";

export interface Dot { point: number; row: number; column: number; amount: number }

export interface SampleMap {
  title: string;
  legend: string;
  table: Uint32Array;
  domain: Domain;
  /** A map to paint over the sample, or null for the structural image alone. */
  image: Grid | null;
  dots: readonly Dot[];
  next: { row: number; column: number } | null;
  open: (point: number) => void;
}

/** Dots, or a map, over the structural image: small, to compare, not to work on. */
export function sampleMap(store: Store, map: SampleMap): HTMLElement {
  const canvas = h("canvas.plot-canvas", { role: "img", "aria-label": map.title });
  const area = h("div.plot-area", {}, canvas);
  const size = sizeOf(area);
  const structure = signal<Grid | null>(map.image);
  const hovered = signal<Dot | null>(null);
  const id = store.run.peek()?.id;
  // Without the image the dots still tell where.
  if (map.image === null && id !== undefined) {
    daemon.map(id, "structure").then((g) => structure.set(g), () => undefined);
  }
  const picture = computed(() => {
    const g = structure();
    const domain = g === null ? null : map.image === null ? percentileDomain(g.values) : map.domain;
    return g === null || domain === null ? null
      : paint(g.values, g.rows, g.columns, map.image === null ? lut("grey") : map.table, domain);
  });
  const layout = computed(() => {
    const shape = structure() ?? store.status()?.structure ?? null;
    const { width, height } = size();
    if (shape === null || width === 0) return null;
    const scale = Math.min(width / shape.columns, height / shape.rows);
    return { scale, left: (width - scale * shape.columns) / 2, top: (height - scale * shape.rows) / 2,
      rows: shape.rows, columns: shape.columns };
  });
  effect(() => {
    const { width, height } = size();
    const colours = palette();
    const c = fitCanvas(canvas, width, height);
    const l = layout();
    const image = picture();
    if (c === null || l === null) return;
    c.clearRect(0, 0, width, height);
    c.imageSmoothingEnabled = false;
    if (image !== null) c.drawImage(image, l.left, l.top, l.scale * l.columns, l.scale * l.rows);
    const circle = (row: number, column: number, radius: number): void => {
      c.beginPath();
      c.arc(l.left + (column + 0.5) * l.scale, l.top + (row + 0.5) * l.scale, radius, 0, 2 * Math.PI);
    };
    c.lineWidth = 1.5;
    for (const d of map.dots) {
      circle(d.row, d.column, map.image === null ? 5 : 2.5);
      c.fillStyle = map.image === null ? cssColour(map.table, map.domain, d.amount) : colours.paper;
      c.fill();
      c.strokeStyle = hovered() === d || store.selection().has(d.point) ? colours.selected : colours.ink;
      c.stroke();
    }
    if (map.next === null) return;
    circle(map.next.row, map.next.column, 8);
    c.lineWidth = 3;
    c.strokeStyle = colours.selected;
    c.stroke();
  });
  const under = (e: MouseEvent): Dot | null => {
    const l = layout.peek();
    if (l === null) return null;
    let best: Dot | null = null;
    let least = 144;
    for (const d of map.dots) {
      const away = (l.left + (d.column + 0.5) * l.scale - e.offsetX) ** 2
        + (l.top + (d.row + 0.5) * l.scale - e.offsetY) ** 2;
      if (away < least) [best, least] = [d, away];
    }
    return best;
  };
  canvas.addEventListener("pointermove", (e) => hovered.set(under(e)));
  canvas.addEventListener("pointerleave", () => hovered.set(null));
  canvas.addEventListener("click", (e) => {
    const d = under(e);
    if (d !== null) map.open(d.point);
  });
  return h("figure.plot.tall", {}, h("figcaption", {}, h("span.plot-title", {}, map.title), ramp(map)), area,
    h("p.plot-readout", {}, computed(() => {
      const d = hovered();
      return d === null ? map.legend : `Point ${d.point}, row ${d.row}, column ${d.column}: ${compact(d.amount, 3)}`;
    })));
}

function ramp(map: SampleMap): HTMLElement {
  const canvas = h("canvas.ramp", { width: 64, height: 1, "aria-hidden": "true" });
  const c = canvas.getContext("2d")!;
  for (let i = 0; i < 64; i++) {
    c.fillStyle = cssColour(map.table, { low: 0, high: 63 }, i);
    c.fillRect(i, 0, 1, 1);
  }
  return h("span.plot-legend", {}, compact(map.domain.low, 3), canvas, compact(map.domain.high, 3));
}
