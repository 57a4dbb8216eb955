import type { JournalEvent } from "../../api/types";
import { h } from "../../ui/element";
import { computed, effect, onDispose, signal, type Readable, type Signal } from "../../ui/signal";
import type { Store } from "../../store/store";
import { fitCanvas, palette, sizeOf } from "../plot/palette";
import { brief } from "./durations";
import { drawStrip, labelWidth, laneAt, type Window } from "./strip-draw";
import { bars, overlapS, shares, type Bar } from "./strip";

/** Stretches that can be chosen, seconds. */
const spans = [10, 30, 120, 600, 3600] as const;
/** While following, only so many of the last events are looked at: a stretch that is shown has no more. */
const followed = 20_000;

export interface Strip {
  element: HTMLElement;
  /** Stretches in sight, and which part of the time. */
  seen: Readable<{ bars: readonly Bar[]; window: Window }>;
}

/** Who did what when: lanes over time, following the present or dragged back. */
export function strip(store: Store, events: Readable<readonly JournalEvent[]>): Strip {
  const span = signal<number>(30);
  const end = signal<number | null>(null);
  const now = present(store, events);
  const all = computed(() => bars(end() === null ? events().slice(-followed) : events()));
  const window = computed<Window>(() => {
    const to = end() ?? now();
    return { from: to - span(), to };
  });
  const hovered = signal<Bar | null>(null);
  const canvas = h("canvas.strip-canvas", { tabindex: 0, role: "img",
    "aria-label": "Who did what when. Left and right move in time, plus and minus zoom, End follows the present." });
  const area = h("div.strip-area", {}, canvas);
  const size = sizeOf(area);
  const seen = computed(() => ({ bars: all(), window: window() }));
  effect(() => {
    const { width, height } = size();
    const colours = palette();
    const c = fitCanvas(canvas, width, height);
    if (c === null) return;
    const w = window();
    drawStrip(c, { bars: all(), window: w, shares: shares(all(), w.from, w.to), width, height, hovered: hovered(),
      now: now() }, colours);
  });
  const move = (seconds: number): void => {
    const to = (end.peek() ?? now.peek()) + seconds;
    const first = events.peek()[0];
    const earliest = first === undefined ? to : Date.parse(first.time) / 1000 + span.peek() * 0.2;
    end.set(to >= now.peek() ? null : Math.max(earliest, to));
  };
  listen(canvas, { move, span, hovered, follow: () => end.set(null),
    perPx: () => span.peek() / Math.max(1, size.peek().width - labelWidth),
    under: (x, y) => under(all.peek(), window.peek(), size.peek(), x, y) });
  const text = computed(() => {
    const bar = hovered();
    if (bar === null) {
      const w = window();
      const saved = overlapS(all(), w.from, w.to);
      return `Planning and training went on beside exposing and reading out for ${brief(saved)} of the `
        + `${brief(w.to - w.from)} in sight. Training and planning are drawn when they are done.`;
    }
    const length = bar.to === null ? "goes on" : brief(bar.to - bar.from);
    return `${bar.label}: ${length}, event ${bar.sequence}`;
  });
  return { seen, element: h("section.panel.strip", { "aria-label": "Course of the pipeline" },
    h("header.panel-head", {}, h("h2", {}, "Course"), h("span.spacer", {}),
      h("label.row", {}, "Shows", h("select", { "aria-label": "Stretch of time",
        on: { change: (e) => span.set(Number((e.target as HTMLSelectElement).value)) } },
        spans.map((s) => h("option", { value: s, selected: s === span.peek() }, brief(s))))),
      h("button", { type: "button", "aria-label": "Earlier", on: { click: () => move(-span.peek() / 2) } }, "‹"),
      h("button", { type: "button", "aria-label": "Later", disabled: computed(() => end() === null),
        on: { click: () => move(span.peek() / 2) } }, "›"),
      h("button", { type: "button", "aria-pressed": computed(() => String(end() === null)),
        on: { click: () => end.set(null) } },
        computed(() => (store.status()?.phase === "live" ? "Follow" : "End")))),
    area, h("p.strip-text", {}, text)) };
}

/** The latest time of the run, in seconds: runs on between events while the run does. */
function present(store: Store, events: Readable<readonly JournalEvent[]>): Readable<number> {
  const now = signal(0);
  let last = 0;
  let heard = 0;
  effect(() => {
    const time = events().at(-1)?.time;
    const at = time === undefined ? 0 : Date.parse(time) / 1000;
    if (at <= last) return;
    last = at;
    heard = performance.now();
    now.set(last);
  });
  const timer = setInterval(() => {
    const status = store.status.peek();
    if (last === 0 || status?.phase !== "live") return;
    now.set(last + (performance.now() - heard) / 1000);
  }, 200);
  onDispose(() => clearInterval(timer));
  return now;
}

function under(all: readonly Bar[], w: Window, size: { width: number; height: number }, x: number, y: number)
  : Bar | null {
  const lane = laneAt(y, size.height);
  if (lane === null) return null;
  const perPx = (w.to - w.from) / Math.max(1, size.width - labelWidth);
  const at = w.from + (x - labelWidth) * perPx;
  let best: Bar | null = null;
  let least = 4 * perPx;
  for (const b of all) {
    if (b.lane !== lane) continue;
    const away = Math.max(b.from - at, at - (b.to ?? Infinity), 0);
    if (away < least) [best, least] = [b, away];
    if (away === 0) return b;
  }
  return best;
}

interface Hands {
  move(seconds: number): void;
  follow(): void;
  perPx(): number;
  span: Signal<number>;
  hovered: Signal<Bar | null>;
  under(x: number, y: number): Bar | null;
}

function listen(canvas: HTMLCanvasElement, g: Hands): void {
  let from: number | null = null;
  const zoom = (factor: number): void => g.span.set(Math.max(0.5, Math.min(86_400, g.span.peek() * factor)));
  canvas.addEventListener("pointerdown", (e) => {
    from = e.offsetX;
    canvas.setPointerCapture(e.pointerId);
  });
  canvas.addEventListener("pointermove", (e) => {
    if (from === null) g.hovered.set(g.under(e.offsetX, e.offsetY));
    else {
      g.move((from - e.offsetX) * g.perPx());
      from = e.offsetX;
    }
  });
  for (const name of ["pointerup", "pointercancel"] as const) canvas.addEventListener(name, () => { from = null; });
  canvas.addEventListener("pointerleave", () => g.hovered.set(null));
  canvas.addEventListener("wheel", (e) => {
    if (!e.ctrlKey && Math.abs(e.deltaX) <= Math.abs(e.deltaY) && !e.shiftKey) return;
    e.preventDefault();
    if (e.ctrlKey) zoom(Math.exp(e.deltaY / 300));
    else g.move((e.deltaX || e.deltaY) * g.perPx());
  }, { passive: false });
  canvas.addEventListener("keydown", (e) => {
    switch (e.key) {
      case "ArrowLeft": g.move(-g.span.peek() / 10); break;
      case "ArrowRight": g.move(g.span.peek() / 10); break;
      case "+": case "=": zoom(0.5); break;
      case "-": zoom(2); break;
      case "End": g.follow(); break;
      default: return;
    }
    e.preventDefault();
    e.stopPropagation();
  });
}

