import type { Area, Point } from "../../api/types";
import { onDispose, type Signal } from "../../ui/signal";
import { exclude, force } from "./acts";
import type { MapState } from "./map-state";
import { moved, toMap, toPane, whole, zoomedAt, type Extent, type MapWindow, type Size } from "./transform";

/** What is being drawn as an exclusion. */
export type Band = Area;

interface Held { x: number; y: number }

/** How far the pointer may go between down and up for a click, CSS px. */
const clickSlack = 4;
/** How far from a point a click still means it, CSS px. */
const reach = 14;

/**
 * Pointer and keyboard on one pane. Wheel and pinch zoom, dragging pans, a click opens the point; with Shift, or in the
 * modes of the toolbar (for screens without a keyboard), a click measures there and a drag excludes.
 */
export function gestures(host: HTMLElement, state: MapState, band: Signal<Band | null>): void {
  const { store } = state;
  const held = new Map<number, Held>();
  let start: { x: number; y: number; row: number; column: number; draws: boolean } | null = null;
  let travelled = 0;

  const size = (): Size => ({ width: host.clientWidth, height: host.clientHeight });
  const extent = (): Extent => state.extent.peek() ?? { rows: 1, columns: 1 };
  const window = (): MapWindow => state.window.peek() ?? whole(extent());
  const place = (event: { clientX: number; clientY: number }) => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const pixel = (x: number, y: number) => {
    const { row, column } = toMap(x, y, window(), extent(), size());
    return { row: Math.floor(row), column: Math.floor(column) };
  };
  const inside = ({ row, column }: { row: number; column: number }) =>
    row >= 0 && column >= 0 && row < extent().rows && column < extent().columns;
  const hover = (x: number, y: number) => {
    const at = pixel(x, y);
    const now = store.cursor.peek();
    if (!inside(at)) store.cursor.set(null);
    else if (now === null || now.row !== at.row || now.column !== at.column) store.cursor.set(at);
  };
  const bandTo = (x: number, y: number): Band => {
    const end = pixel(x, y);
    const range = (a: number, b: number, most: number): [number, number] =>
      [Math.max(0, Math.min(a, b)), Math.min(most, Math.max(a, b) + 1)];
    const { rows, columns } = extent();
    return { rows: range(start!.row, end.row, rows), columns: range(start!.column, end.column, columns) };
  };

  const nearest = (x: number, y: number, within: number): Point | null => {
    let best: Point | null = null;
    let least = within * within;
    for (const point of store.shown.peek()?.points ?? []) {
      const at = toPane((point.patchRow ?? point.row) + 0.5, (point.patchColumn ?? point.column) + 0.5,
        window(), extent(), size());
      const distance = (at.x - x) ** 2 + (at.y - y) ** 2;
      if (distance <= least) [best, least] = [point, distance];
    }
    return best;
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0 || state.extent.peek() === null) return;
    const { x, y } = place(event);
    host.setPointerCapture(event.pointerId);
    held.set(event.pointerId, { x, y });
    travelled = held.size > 1 ? Infinity : 0;
    const draws = held.size === 1 && (event.shiftKey || state.mode.peek() !== "look");
    start = { x, y, ...pixel(x, y), draws };
    if (held.size > 1) band.set(null);
  };

  const move = (event: PointerEvent) => {
    const { x, y } = place(event);
    const before = held.get(event.pointerId);
    if (before === undefined || start === null) {
      hover(x, y);
      return;
    }
    travelled = Math.max(travelled, Math.hypot(x - start.x, y - start.y));
    if (held.size === 2) {
      pinch(event.pointerId, before, { x, y });
    } else if (start.draws) {
      hover(x, y);
      if (travelled > clickSlack && state.mode.peek() !== "force") band.set(bandTo(x, y));
    } else if (travelled > clickSlack) {
      state.setWindow(moved(window(), x - before.x, y - before.y, extent(), size()));
    }
    held.set(event.pointerId, { x, y });
  };

  const pinch = (id: number, before: Held, now: Held) => {
    const other = [...held].find(([each]) => each !== id)?.[1];
    if (other === undefined) return;
    const apart = (a: Held) => Math.max(10, Math.hypot(a.x - other.x, a.y - other.y));
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    const shifted = moved(window(), (now.x - before.x) / 2, (now.y - before.y) / 2, extent(), size());
    state.setWindow(zoomedAt(shifted, apart(now) / apart(before), middle.x, middle.y, extent(), size()));
  };

  const up = (event: PointerEvent) => {
    if (!held.delete(event.pointerId) || start === null) return;
    const { x, y } = place(event);
    const begun = start;
    const drawn = band.peek();
    const clicked = travelled <= clickSlack;
    if (held.size > 0) return;
    start = null;
    band.set(null);
    if (event.type === "pointercancel") return;
    if (clicked) click(x, y, begun.draws);
    else if (drawn !== null) void exclude(store, drawn);
  };

  const click = (x: number, y: number, asks: boolean) => {
    hover(x, y);
    const at = pixel(x, y);
    if (!asks || state.mode.peek() === "exclude") {
      const point = nearest(x, y, reach);
      if (point !== null) store.selected.set(point.id);
    } else if (inside(at)) {
      void force(store, at.row, at.column);
    }
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    if (state.extent.peek() === null) return;
    const { x, y } = place(event);
    const lines = event.deltaMode === 1 ? 16 : 1;
    state.setWindow(zoomedAt(window(), 2 ** (-event.deltaY * lines / 240), x, y, extent(), size()));
  };

  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || state.extent.peek() === null) return;
    const { rows, columns } = extent();
    const cursor = store.cursor.peek() ?? { row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
    const far = event.shiftKey ? 10 : 1;
    const steps: Record<string, [number, number]> = {
      ArrowUp: [-far, 0], ArrowDown: [far, 0], ArrowLeft: [0, -far], ArrowRight: [0, far],
    };
    const by = steps[event.key];
    if (by !== undefined) {
      const to = {
        row: Math.min(rows - 1, Math.max(0, cursor.row + by[0])),
        column: Math.min(columns - 1, Math.max(0, cursor.column + by[1])),
      };
      store.cursor.set(to);
      const at = toPane(to.row + 0.5, to.column + 0.5, window(), extent(), size());
      const out = (value: number, most: number) => value < 0 ? -value : value > most ? most - value : 0;
      const [dx, dy] = [out(at.x, size().width), out(at.y, size().height)];
      if (dx !== 0 || dy !== 0) state.setWindow(moved(window(), dx, dy, extent(), size()));
    } else if (event.key === "Enter") {
      if (event.shiftKey) {
        void force(store, cursor.row, cursor.column);
      } else {
        const at = toPane(cursor.row + 0.5, cursor.column + 0.5, window(), extent(), size());
        store.selected.set(nearest(at.x, at.y, Infinity)?.id ?? null);
      }
    } else if (event.key === "+" || event.key === "=" || event.key === "-") {
      const at = toPane(cursor.row + 0.5, cursor.column + 0.5, window(), extent(), size());
      state.setWindow(zoomedAt(window(), event.key === "-" ? 1 / 1.5 : 1.5, at.x, at.y, extent(), size()));
    } else if (event.key === "0") {
      state.setWindow(null);
    } else {
      return;
    }
    event.preventDefault();
  };

  host.addEventListener("pointerdown", down);
  host.addEventListener("pointermove", move);
  host.addEventListener("pointerup", up);
  host.addEventListener("pointercancel", up);
  host.addEventListener("pointerleave", () => { if (held.size === 0) store.cursor.set(null); });
  host.addEventListener("wheel", wheel, { passive: false });
  host.addEventListener("keydown", key);
  host.addEventListener("dblclick", () => state.setWindow(null));
  onDispose(() => store.cursor.set(null));
}
