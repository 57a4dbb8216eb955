import type { Frame, Grid } from "../../api/arrays";
import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { FrameView, Keys, Point } from "../../api/types";
import type { Store } from "../../store/store";
import { computed, effect, onDispose, signal, type Readable, type Signal } from "../../ui/signal";

/** A frame never changes once it is recorded. */
const frames = new Map<string, Promise<Frame>>();
const mostFrames = 48;
const pauseMs = 50;
const structures = new Map<string, Promise<Grid | null>>();

export function frameOf(id: string, point: number): Promise<Frame> {
  const key = `${id}/${point}`;
  let frame = frames.get(key);
  if (frame === undefined) {
    frame = daemon.frame(id, point);
    frame.catch(() => frames.delete(key));
  } else {
    frames.delete(key);
  }
  frames.set(key, frame);
  for (const oldest of frames.keys()) {
    if (frames.size <= mostFrames) break;
    frames.delete(oldest);
  }
  return frame;
}

export function structureOf(id: string, hash: string): Promise<Grid | null> {
  const key = `${id}/${hash}`;
  let grid = structures.get(key);
  if (grid === undefined) {
    structures.clear();
    grid = daemon.map(id, "structure");
    grid.catch(() => structures.delete(key));
    structures.set(key, grid);
  }
  return grid;
}

export function hasFrame({ stage }: Point): boolean {
  return stage === "recorded" || stage === "scalarized";
}

export interface Shown {
  /** The chosen point, or the last measured one while none is chosen. */
  point: Readable<Point | null>;
  follows: Readable<boolean>;
  frame: Readable<Frame | null>;
  /** Whether `frame` is still that of the point before. */
  pending: Readable<boolean>;
  error: Readable<ApiError | null>;
  /** What the scalarizer sees in it: the run's own, or the one that is tried. */
  view: Readable<FrameView | null>;
  /** Keys that are tried, or null for the run's own. */
  trial: Signal<Keys | null>;
  /** Measured points in the order in which they were planned. */
  measured: Readable<readonly Point[]>;
}

export function shownFrame(store: Store): Shown {
  const measured = computed(() => store.shown()?.points.filter(hasFrame) ?? []);
  const follows = computed(() => store.selected() === null);
  const point = computed(() => {
    const chosen = store.selected();
    return chosen === null ? measured().at(-1) ?? null
      : store.shown()?.points.find(({ id }) => id === chosen) ?? null;
  });
  const loaded = signal<{ point: number; frame: Frame } | null>(null);
  const frame = computed(() => loaded()?.frame ?? null);
  const error = signal<ApiError | null>(null);
  const view = signal<FrameView | null>(null);
  const trial = signal<Keys | null>(null);
  const place = computed(() => {
    const now = point();
    const id = store.run()?.id;
    return now === null || id === undefined || !hasFrame(now) ? null : { id, point: now.id };
  }, (a, b) => a?.id === b?.id && a?.point === b?.point);

  effect(() => {
    const now = place();
    error.set(null);
    if (now === null) {
      loaded.set(null);
      return;
    }
    let over = false;
    frameOf(now.id, now.point).then(
      (found) => { if (!over) loaded.set({ point: now.point, frame: found }); },
      (failed: ApiError) => { if (!over) { loaded.set(null); error.set(failed); } });
    return () => { over = true; };
  });
  followView(store, place, trial, view);
  const pending = computed(() => loaded() !== null && loaded()?.point !== place()?.point);
  return { point, follows, frame, pending, error, view, trial, measured };
}

/** One request at a time; while one drags, the keys in between are skipped and the last ones always shown. */
function followView(
  store: Store, place: Readable<{ id: string; point: number } | null>, trial: Signal<Keys | null>,
  view: Signal<FrameView | null>): void {
  let busy = false;
  let over = false;
  let next: (() => Promise<void>) | null = null;
  const go = async () => {
    if (busy) return;
    busy = true;
    while (next !== null && !over) {
      const work: () => Promise<void> = next;
      next = null;
      await work();
      // While one drags, so many a second are enough to follow the hand.
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    busy = false;
  };
  let before: string | null = null;
  const identity = computed(() => store.shown()?.choices.scalarizerIdentity ?? "");
  effect(() => {
    const now = place();
    const keys = trial();
    identity();
    const key = now && `${now.id}/${now.point}`;
    // The windows of another frame of the same run are where they were, but not its value; of another run nothing is.
    if (now === null || before?.split("/")[0] !== now.id) view.set(null);
    else if (before !== key) {
      view.update((last) => last && { ...last, value: null, error: null, quality: "good", remark: null, curves: [] });
    }
    before = key;
    if (now === null) return;
    next = async () => {
      try {
        const seen = await daemon.view(now.id, now.point, keys);
        if (!over && place.peek()?.point === now.point) view.set(seen);
      } catch (failed) {
        if (over || !(failed instanceof ApiError)) return;
        // What is tried may be out of its bounds: said beside the plot, which keeps the last good windows.
        view.update((last) => ({
          windows: [], rings: [], ...last, curves: [], value: null, error: null, quality: "bad", remark: failed.message,
        }));
      }
    };
    void go();
  });
  onDispose(() => { over = true; });
}
