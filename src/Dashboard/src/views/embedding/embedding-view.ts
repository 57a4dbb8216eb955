import "../plot/plot.css";
import "./embedding.css";
import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { Grid } from "../../api/arrays";
import { h, region } from "../../ui/element";
import { emptyState, errorState, loadingState } from "../../ui/states";
import { computed, currentScope, effect, onDispose, signal, type Readable, type Signal } from "../../ui/signal";
import type { Store } from "../../store/store";
import { compact } from "../format/numbers";
import { fitCanvas, palette, sizeOf } from "../plot/palette";
import type { View } from "../view";
import { around, cloud, fit, fromPx, lassoed, nearest, placeKey, toPx, type Cloud, type Px, type Viewport }
  from "./cloud";
import { drawOverlay, drawScene, placed, scaleOf, type ColourBy } from "./draw";
import { listenToPointers } from "./gestures";
import { sidePanel } from "./side";

/** Where the network puts the places: those that it holds for alike lie together. */
const view: View = {
  mount(host, store) {
    const fetched = embeddingOf(store);
    const state = computed(() => (fetched.cloud() !== null ? "there" : fetched.error() !== null ? "failed"
      : fetched.none() ? "none" : "loading"));
    region(host, () => {
      switch (state()) {
        case "there": return content(store, fetched.cloud as Readable<Cloud>);
        case "failed": return errorState(fetched.error.peek()!, fetched.again);
        case "none": return emptyState("No embedding yet",
          "It comes with the first model, which is trained when the seeds are measured.");
        default: return loadingState("Fetching where the network puts the places.");
      }
    });
  },
};

export default view;

export interface Shared {
  by: Signal<ColourBy>;
  pans: Signal<boolean>;
  /** Chosen places, by number in the cloud. */
  chosen: Readable<ReadonlySet<number>>;
  /** Line below the picture. */
  text: Readable<string>;
  clear: () => void;
  whole: () => void;
}

function content(store: Store, places: Readable<Cloud>): HTMLElement {
  const by = signal<ColourBy>("scalar");
  const pans = signal(false);
  // Kept by place: numbers change when the cloud is fetched anew.
  const keys = signal<ReadonlySet<string>>(new Set());
  const view = signal<Viewport | null>(null);
  const lasso = signal<readonly Px[]>([]);
  const aim = signal<{ x: number; y: number; radius: number } | null>(null);
  const hovered = signal<number | null>(null);
  const points = computed(() => placed(places(), store.shown()?.points ?? [], by()));
  const scale = computed(() => scaleOf(points(), by()));
  const chosen = computed<ReadonlySet<number>>(() => {
    const c = places();
    const numbers = [...keys()].map((k) => c.at.get(k)).filter((i): i is number => i !== undefined);
    // Points chosen in another view are marked here as well.
    for (const p of points()) if (store.selection().has(p.point.id)) numbers.push(p.index);
    return new Set(numbers);
  });
  const canvas = h("canvas.cloud-canvas", { tabindex: 0, role: "application", "aria-label":
    "Embedding. Arrow keys move the crosshair, Enter chooses the places in its circle, plus and minus zoom, "
    + "brackets change the circle, O opens the nearest measured point, Escape clears." });
  const picture = h("canvas.cloud-canvas.under", { "aria-hidden": "true" });
  const area = h("div.cloud-area", {}, picture, canvas);
  const size = sizeOf(area);
  const shownView = computed(() => view() ?? fit(places(), size().width, size().height));

  const choose = (numbers: readonly number[], add: boolean): void => {
    const c = places.peek();
    const found = numbers.map((i) => placeKey(c.rows[i]!, c.columns[i]!));
    keys.set(new Set(add ? [...keys.peek(), ...found] : found));
    const inside = new Set(numbers);
    const ids = points.peek().filter((p) => inside.has(p.index)).map((p) => p.point.id);
    store.selection.set(new Set(add ? [...store.selection.peek(), ...ids] : ids));
  };
  const under = (p: Px, reach: number, measuredOnly: boolean): number | null => {
    const { width, height } = size.peek();
    const among = measuredOnly ? points.peek().map((q) => q.index) : undefined;
    return nearest(places.peek(), shownView.peek(), width, height, p.x, p.y, reach, among);
  };
  const open = (p: Px, reach: number, add: boolean): void => {
    const index = under(p, reach, true);
    const id = points.peek().find((q) => q.index === index)?.point.id;
    if (id === undefined) {
      if (!add) choose([], false);
      return;
    }
    store.selected.set(id);
    choose([index!], add);
  };
  listenToPointers(canvas, {
    size: () => size.peek(), view: () => shownView.peek(), setView: (v) => view.set(v), pans: () => pans.peek(),
    drawing: (line) => lasso.set(line),
    drawn: (line, add) => {
      const { width, height } = size.peek();
      choose(lassoed(places.peek(), shownView.peek(), width, height, line), add);
    },
    hover: (p) => {
      if (p !== null) aim.set(null);
      const i = p === null ? null : under(p, 12, true) ?? under(p, 8, false);
      hovered.set(i);
      const c = places.peek();
      store.cursor.set(i === null ? null : { row: c.rows[i]!, column: c.columns[i]! });
    },
    click: (p, add) => open(p, 12, add),
  });
  onDispose(() => store.cursor.set(null));
  keyboard(canvas, { aim, size: () => size.peek(), view: () => shownView.peek(), setView: (v) => view.set(v),
    choose: (p, radius, add) => {
      const { width, height } = size.peek();
      const v = shownView.peek();
      const centre = fromPx(v, width, height, p.x, p.y);
      choose(around(places.peek(), centre.x, centre.y, radius * v.unitsPerPx), add);
    },
    open: (p) => open(p, 60, false),
    clear: () => choose([], false) });

  effect(() => {
    const { width, height } = size();
    const colours = palette();
    const c = fitCanvas(picture, width, height);
    if (c === null) return;
    drawScene(c, { cloud: places(), points: points(), scale: scale(), view: shownView(), width, height,
      chosen: chosen(), selected: store.selected() }, colours);
  });
  effect(() => {
    const { width, height } = size();
    const colours = palette();
    const i = hovered();
    const all = places();
    const c = fitCanvas(canvas, width, height);
    if (c === null) return;
    const at = i === null || i >= all.count ? null : toPx(shownView(), width, height, all.x[i]!, all.y[i]!);
    drawOverlay(c, { lasso: lasso(), aim: aim(), hovered: at }, { width, height }, colours);
  });

  const text = computed(() => {
    const i = hovered();
    const c = places();
    if (i === null || i >= c.count) return `${c.count} places, ${points().length} of them measured.`;
    const p = points().find((q) => q.index === i)?.point;
    const place = `Row ${c.rows[i]}, column ${c.columns[i]}`;
    return p === undefined ? `${place}: not measured.`
      : `${place}: point ${p.id}, ${compact(p.value)} ${store.status()?.choices.scalarUnit ?? ""}`;
  });
  const shared: Shared = { by, pans, chosen, text, clear: () => choose([], false), whole: () => view.set(null) };
  return h("div.embedding", {}, area, sidePanel(store, places, scale, shared));
}

interface Keyboard {
  aim: Signal<{ x: number; y: number; radius: number } | null>;
  size(): { width: number; height: number };
  view(): Viewport;
  setView(v: Viewport): void;
  choose(at: Px, radius: number, add: boolean): void;
  open(at: Px): void;
  clear(): void;
}

function keyboard(canvas: HTMLCanvasElement, k: Keyboard): void {
  canvas.addEventListener("blur", () => k.aim.set(null));
  canvas.addEventListener("keydown", (e) => {
    const { width, height } = k.size();
    const now = k.aim.peek() ?? { x: width / 2, y: height / 2, radius: 40 };
    const zoom = (factor: number): void => {
      const v = k.view();
      const held = fromPx(v, width, height, now.x, now.y);
      const next = { ...v, unitsPerPx: v.unitsPerPx / factor };
      const moved = toPx(next, width, height, held.x, held.y);
      k.setView({ ...next, centreX: next.centreX + (moved.x - now.x) * next.unitsPerPx,
        centreY: next.centreY - (moved.y - now.y) * next.unitsPerPx });
    };
    const step = e.shiftKey ? 4 : 16;
    const move = (dx: number, dy: number): void => k.aim.set({ ...now,
      x: Math.max(0, Math.min(width, now.x + dx * step)), y: Math.max(0, Math.min(height, now.y + dy * step)) });
    switch (e.key) {
      case "ArrowLeft": move(-1, 0); break;
      case "ArrowRight": move(1, 0); break;
      case "ArrowUp": move(0, -1); break;
      case "ArrowDown": move(0, 1); break;
      case "[": k.aim.set({ ...now, radius: Math.max(8, now.radius / 1.25) }); break;
      case "]": k.aim.set({ ...now, radius: Math.min(400, now.radius * 1.25) }); break;
      case "+": case "=": zoom(1.25); break;
      case "-": zoom(0.8); break;
      case "Enter": k.choose(now, now.radius, e.shiftKey); break;
      case "o": case "O": k.open(now); break;
      case "Escape": k.clear(); break;
      default: return;
    }
    e.preventDefault();
    e.stopPropagation();
  });
}

interface Fetched {
  cloud: Readable<Cloud | null>;
  none: Readable<boolean>;
  error: Readable<Error | null>;
  again: () => void;
}

/** Fetched anew when the belief has changed, at most every two seconds. */
function embeddingOf(store: Store): Fetched {
  const found = signal<Cloud | null>(null);
  const none = signal(false);
  const error = signal<Error | null>(null);
  const scope = currentScope();
  let busy = false;
  let stale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onDispose(() => clearTimeout(timer));
  async function ask(): Promise<void> {
    const id = store.run.peek()?.id;
    if (id === undefined || scope?.disposed === true) return;
    if (busy) {
      stale = true;
      return;
    }
    busy = true;
    stale = false;
    try {
      const grid: Grid | null = await daemon.embedding(id, store.at.peek());
      none.set(grid === null);
      found.set(grid === null ? null : cloud(grid.values));
      error.set(null);
    } catch (e) {
      if (!(e instanceof ApiError)) throw e;
      if (found.peek() === null) error.set(e);
    } finally {
      timer = setTimeout(() => {
        busy = false;
        if (stale) void ask();
      }, 2000);
    }
  }
  const moment = computed(() => `${store.run()?.id} ${store.status()?.belief} ${store.at()}`);
  effect(() => {
    moment();
    void ask();
  });
  return { cloud: found, none, error, again: () => void ask() };
}
