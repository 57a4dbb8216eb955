import { h } from "../../ui/element";
import { computed, effect, signal, type Readable } from "../../ui/signal";
import { frame, type Frame } from "./frame";
import { fitCanvas, palette, sizeOf } from "./palette";
import { paint, ring } from "./paint";
import type { Chart, Mark } from "./spec";

export interface ChartOptions {
  title: string;
  /** Null while there is nothing to show: then `empty` stands in its place, of the same size. */
  chart: () => Chart | null;
  empty: string;
  /** Class that gives the height. */
  size?: "short" | "tall";
  /** Of the row; a third where left out. */
  width?: "half";
  open?: (point: number) => void;
}

/** How near the pointer has to be, px. */
const reachPx = 14;

/**
 * A chart: canvas, legend, and below it one line that tells the whole chart, or what is pointed at. Arrow keys step
 * through its marks, Enter opens one.
 */
export function chart(options: ChartOptions): HTMLElement {
  const data = computed(options.chart);
  const hovered = signal<Mark | null>(null);
  const text = computed(() => hovered()?.text ?? data()?.caption ?? "");
  const canvas = h("canvas.plot-canvas", {
    tabindex: 0, role: "img", "aria-label": computed(() => `${options.title}. ${data()?.caption ?? options.empty}`),
  });
  const readout = h("p.plot-readout", {}, text);
  const live = h("p.visually-hidden", { "aria-live": "polite" }, computed(() => hovered()?.text ?? ""));
  const root = h(`figure.plot.${options.size ?? "short"}.${options.width ?? "third"}`, {},
    h("figcaption", {}, h("span.plot-title", {}, options.title), legend(data)),
    h("div.plot-area", {}, canvas, h("p.plot-empty", { hidden: computed(() => data() !== null) }, options.empty)),
    readout, live);

  const size = sizeOf(canvas.parentElement!);
  let last: Frame | null = null;
  effect(() => {
    const { width, height } = size();
    const colours = palette();
    const now = data();
    const c = fitCanvas(canvas, width, height);
    if (c === null) return;
    c.clearRect(0, 0, width, height);
    last = null;
    if (now === null) return;
    last = frame(now, width, height);
    paint(c, now, last, colours);
    for (const m of now.marks ?? []) {
      if (m.point !== null && now.selected?.has(m.point)) ring(c, last, m.x, m.y, colours.selected, 6);
    }
    const mark = hovered();
    if (mark !== null) ring(c, last, mark.x, mark.y, colours.ink);
  });
  listen(canvas, data, hovered, () => last, options.open);
  return root;
}

function legend(data: Readable<Chart | null>): HTMLElement {
  const host = h("span.plot-legend");
  // Rebuilt only when its words change, not with every point.
  const key = computed(() => JSON.stringify(data()?.legend ?? []));
  effect(() => {
    key();
    host.replaceChildren(...(data.peek()?.legend ?? []).map((item) =>
      h("span.plot-key", {}, h(`i.shape-${item.shape}.ink-${item.ink}`, { "aria-hidden": "true" }), item.label)));
  });
  return host;
}

interface Hovered { set(value: Mark | null): void; peek(): Mark | null }

function listen(canvas: HTMLCanvasElement, data: Readable<Chart | null>, hovered: Hovered, last: () => Frame | null,
  open: ((point: number) => void) | undefined): void {
  const under = (event: MouseEvent): Mark | null => {
    const f = last();
    if (f === null) return null;
    let best: Mark | null = null;
    let least = reachPx * reachPx;
    for (const m of data.peek()?.marks ?? []) {
      const d = (f.toX(m.x) - event.offsetX) ** 2 + (f.toY(m.y) - event.offsetY) ** 2;
      if (d < least) [best, least] = [m, d];
    }
    return best;
  };
  const show = (mark: Mark | null): void => {
    hovered.set(mark);
    canvas.classList.toggle("can-open", open !== undefined && mark !== null && mark.point !== null);
  };
  canvas.addEventListener("pointermove", (event) => show(under(event)));
  canvas.addEventListener("pointerleave", () => show(null));
  canvas.addEventListener("blur", () => show(null));
  canvas.addEventListener("click", (event) => {
    const point = under(event)?.point;
    if (point !== null && point !== undefined) open?.(point);
  });
  canvas.addEventListener("keydown", (event) => {
    const marks = data.peek()?.marks ?? [];
    const now = hovered.peek();
    const at = now === null ? -1 : marks.findIndex((m) => m.x === now.x && m.y === now.y);
    const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 10, PageUp: -10 }[event.key];
    if (step !== undefined && marks.length > 0) {
      show(marks[Math.max(0, Math.min(marks.length - 1, at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step))]!);
    } else if (event.key === "Home" || event.key === "End") {
      show((event.key === "Home" ? marks[0] : marks[marks.length - 1]) ?? null);
    } else if (event.key === "Enter" && now !== null && now.point !== null) {
      open?.(now.point);
    } else if (event.key === "Escape" && now !== null) {
      show(null);
    } else {
      return;
    }
    event.preventDefault();
    // Esc would ask whether to abort the run, and space would pause it.
    event.stopPropagation();
  });
}
