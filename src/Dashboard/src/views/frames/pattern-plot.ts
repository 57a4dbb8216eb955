import type { Frame } from "../../api/arrays";
import type { FrameView } from "../../api/types";
import { surface, themeColour } from "../../charts/canvas";
import { lut, paint, percentileDomain } from "../../charts/colours";
import { theme } from "../../shell/theme";
import { h } from "../../ui/element";
import { significant } from "../../ui/format";
import { effect, signal, type Readable } from "../../ui/signal";
import type { Scale } from "./spectrum-plot";
import { dragged, type Range, type Ring } from "./windows";

export type Pattern = Extract<Frame, { kind: "pattern" }>;

export interface PatternPlot {
  frame: Readable<Pattern | null>;
  view: Readable<FrameView | null>;
  scale: Readable<Scale>;
  moved(range: Range): void;
}

/** Counts as they are shown: the wide range of a pattern needs its root or logarithm. */
export function scaled(values: Float32Array, scale: Scale): Float32Array {
  if (scale === "linear") return values;
  const shown = scale === "sqrt" ? Math.sqrt : (value: number) => Math.log10(value + 1);
  return values.map((value) => shown(Math.max(0, value)));
}

/** A diffraction pattern with the rings of virtual detectors, whose radii can be dragged. */
export function patternPlot(host: HTMLElement, given: PatternPlot): void {
  host.classList.add("pattern");
  const readout = h("output.pattern-readout.number");
  const held = signal<{ ring: Ring; edge: "inner" | "outer" } | null>(null);
  let image: HTMLCanvasElement | null = null;
  let fit = { scale: 1, left: 0, top: 0 };

  const drawn = surface(host, ({ context, width, height }) => {
    context.clearRect(0, 0, width, height);
    const frame = given.frame.peek();
    if (frame === null || image === null) return;
    const scale = Math.min(width / frame.columns, height / frame.rows);
    fit = { scale, left: (width - frame.columns * scale) / 2, top: (height - frame.rows * scale) / 2 };
    context.imageSmoothingEnabled = scale < 1;
    context.drawImage(image, fit.left, fit.top, frame.columns * scale, frame.rows * scale);
    for (const ring of given.view.peek()?.rings ?? []) drawRing(context, ring, fit, held.peek()?.ring.key === ring.key);
  });
  host.append(readout);

  effect(() => {
    const frame = given.frame();
    if (frame === null) {
      image = null;
    } else {
      const values = scaled(frame.values, given.scale());
      image = paint(values, frame.rows, frame.columns, lut("viridis"),
        percentileDomain(values, 0.01, 0.999) ?? { low: 0, high: 1 });
    }
    drawn.request();
  });
  effect(() => { theme(); given.view(); held(); drawn.request(); });

  const at = (event: PointerEvent) => {
    const box = host.getBoundingClientRect();
    return {
      row: (event.clientY - box.top - fit.top) / fit.scale, column: (event.clientX - box.left - fit.left) / fit.scale,
    };
  };
  const radius = (ring: Ring, event: PointerEvent) => {
    const { row, column } = at(event);
    return Math.hypot(row - 0.5 - ring.centreRow, column - 0.5 - ring.centreColumn);
  };
  const hit = (event: PointerEvent): { ring: Ring; edge: "inner" | "outer" } | null => {
    for (const ring of given.view.peek()?.rings ?? []) {
      const here = radius(ring, event);
      if (Math.abs(here - ring.outerPx) * fit.scale < 7) return { ring, edge: "outer" };
      if (ring.innerPx > 0 && Math.abs(here - ring.innerPx) * fit.scale < 7) return { ring, edge: "inner" };
    }
    return null;
  };
  host.addEventListener("pointerdown", (event) => {
    const found = hit(event);
    if (found === null || event.button !== 0) return;
    host.setPointerCapture(event.pointerId);
    held.set(found);
  });
  host.addEventListener("pointermove", (event) => {
    const now = held.peek();
    const frame = given.frame.peek();
    const { row, column } = at(event);
    const inside = frame !== null && row >= 0 && column >= 0 && row < frame.rows && column < frame.columns;
    const [atRow, atColumn] = [Math.floor(row), Math.floor(column)];
    readout.textContent = inside
      ? `${atRow}, ${atColumn} px: ${significant(frame.values[atRow * frame.columns + atColumn])}` : "";
    host.classList.toggle("on-edge", now !== null || hit(event) !== null);
    if (now === null || frame === null) return;
    const { ring, edge } = now;
    const perPx = ring.outerPx > 0 ? ring.outer / ring.outerPx : 1;
    const range: Range = { key: ring.key, label: ring.label, unit: ring.unit, from: ring.inner, to: ring.outer };
    const was = edge === "inner" ? ring.inner : ring.outer;
    given.moved(dragged(range, edge === "inner" ? "from" : "to", radius(ring, event) * perPx - was, 0,
      Math.hypot(frame.rows, frame.columns) / 2 * perPx, perPx / 2));
  });
  const drop = () => held.set(null);
  host.addEventListener("pointerup", drop);
  host.addEventListener("pointercancel", drop);
  host.addEventListener("pointerleave", () => { readout.textContent = ""; });
}

function drawRing(
  context: CanvasRenderingContext2D, ring: Ring, fit: { scale: number; left: number; top: number },
  held: boolean): void {
  const x = fit.left + (ring.centreColumn + 0.5) * fit.scale;
  const y = fit.top + (ring.centreRow + 0.5) * fit.scale;
  const [inner, outer] = [ring.innerPx * fit.scale, ring.outerPx * fit.scale];
  context.beginPath();
  context.arc(x, y, outer, 0, 2 * Math.PI);
  if (inner > 0) context.arc(x, y, inner, 0, 2 * Math.PI, true);
  context.fillStyle = "rgb(255 255 255 / 14%)";
  context.fill("evenodd");
  for (const [colour, width] of [["rgb(0 0 0 / 70%)", 3.5], [held ? themeColour("--mark") : "#fff", 1.5]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    for (const radius of [inner, outer]) {
      if (radius <= 0) continue;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.stroke();
    }
  }
}
