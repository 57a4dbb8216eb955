import { onDispose } from "../../ui/signal";
import { panned, zoomed, type Px, type Viewport } from "./cloud";

export interface Gestures {
  size(): { width: number; height: number };
  view(): Viewport;
  setView(view: Viewport): void;
  /** Whether a drag moves the picture instead of drawing a line around places. */
  pans(): boolean;
  drawing(line: readonly Px[]): void;
  /** A line was closed; with `add` to what is chosen already. */
  drawn(line: readonly Px[], add: boolean): void;
  hover(at: Px | null): void;
  click(at: Px, add: boolean): void;
}

/** Wheel and two fingers zoom and pan; one pointer draws, or pans with the middle button, Alt, or as told. */
export function listenToPointers(canvas: HTMLCanvasElement, g: Gestures): void {
  const down = new Map<number, Px>();
  let line: Px[] = [];
  let panning = false;
  const at = (e: PointerEvent | WheelEvent): Px => ({ x: e.offsetX, y: e.offsetY });

  const wheel = (e: WheelEvent): void => {
    e.preventDefault();
    const { width, height } = g.size();
    const factor = Math.exp(-Math.max(-200, Math.min(200, e.deltaY)) / 400);
    g.setView(zoomed(g.view(), width, height, e.offsetX, e.offsetY, factor));
  };
  canvas.addEventListener("wheel", wheel, { passive: false });
  onDispose(() => canvas.removeEventListener("wheel", wheel));

  canvas.addEventListener("pointerdown", (e) => {
    canvas.setPointerCapture(e.pointerId);
    down.set(e.pointerId, at(e));
    panning = g.pans() || e.button === 1 || e.altKey || down.size > 1;
    line = panning ? [] : [at(e)];
    g.drawing(line);
  });
  canvas.addEventListener("pointermove", (e) => {
    const before = down.get(e.pointerId);
    const now = at(e);
    if (before === undefined) {
      g.hover(now);
      return;
    }
    const other = [...down].find(([id]) => id !== e.pointerId)?.[1];
    down.set(e.pointerId, now);
    if (other !== undefined) {
      const { width, height } = g.size();
      const stretch = Math.hypot(now.x - other.x, now.y - other.y)
        / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      const moved = panned(g.view(), (now.x - before.x) / 2, (now.y - before.y) / 2);
      g.setView(zoomed(moved, width, height, (now.x + other.x) / 2, (now.y + other.y) / 2, stretch));
    } else if (panning) {
      g.setView(panned(g.view(), now.x - before.x, now.y - before.y));
    } else {
      // All moves since the last frame: a quick hand would cut corners else.
      for (const each of e.getCoalescedEvents().map(at).concat(now)) {
        const last = line[line.length - 1];
        if (last === undefined || Math.hypot(each.x - last.x, each.y - last.y) >= 3) line = [...line, each];
      }
      g.drawing(line);
    }
  });
  const up = (e: PointerEvent): void => {
    if (!down.delete(e.pointerId)) return;
    // What moved less than a few px was a click.
    if (line.length >= 4) g.drawn(line, e.shiftKey);
    else if (e.type === "pointerup" && (line.length > 0 || g.pans())) g.click(at(e), e.shiftKey);
    line = [];
    g.drawing(line);
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => g.hover(null));
}
