import "./frames.css";
import type { Frame } from "../../api/arrays";
import type { FrameView, Keys } from "../../api/types";
import { go } from "../../store/address";
import type { Store } from "../../store/store";
import { h, region, style } from "../../ui/element";
import { withError } from "../../ui/format";
import { computed, effect, signal, type Readable } from "../../ui/signal";
import { emptyState, errorState, loadingState } from "../../ui/states";
import { details } from "./details";
import { frameOf, hasFrame, shownFrame, type Shown } from "./frame-source";
import { patchPicture } from "./patch";
import { patternPlot, type Pattern } from "./pattern-plot";
import { spectrumPlot, type Compared, type Scale, type Spectrum } from "./spectrum-plot";
import { rangesOf, withRange, type Range } from "./windows";

/** Colours of pinned spectra, in the order of pinning. */
const pinColours = ["--series-3", "--series-4", "--series-5", "--series-2"];
const mostPins = pinColours.length;

/** What a person chose; until then, what shows the most of the frame. */
const scaleOfKind = { spectrum: signal<Scale | null>(null), pattern: signal<Scale | null>(null) };

/** A spectrum whose highest channel dwarfs the typical one, such as by a zero-loss peak, is read by its logarithm. */
export function fittingScale(frame: Frame | null): Scale {
  if (frame === null) return "linear";
  const sorted = Float32Array.from(frame.values).sort();
  const typical = sorted[sorted.length >> 1]!;
  return sorted.at(-1)! > 60 * Math.max(1, typical) ? "log" : "linear";
}

/** The frame of a point: its spectrum or pattern, what the scalarizer sees in it, its patch and its facts. */
export function viewer(store: Store, { compact }: { compact: boolean }): HTMLElement {
  const shown = shownFrame(store);
  const kind = computed(() => shown.frame()?.kind ?? null);
  const scale = computed(() => scaleOfKind[kind() ?? "spectrum"]() ?? fittingScale(shown.frame()));
  const used = computed<Keys>(() => shown.trial() ?? store.shown()?.choices.scalarizer ?? {});

  const moved = (range: Range) => {
    const frame = shown.frame.peek();
    shown.trial.set(withRange(used.peek(), range, resolution(frame)));
  };
  const plot = h("div.frame-plot", { "data-pending": computed(() => shown.pending() ? "true" : null) });
  const body = region(h("div.frame-body"), () => {
    const error = shown.error();
    if (error !== null) return errorState(error);
    const now = kind();
    if (now === "spectrum") {
      const host = h("div.spectrum");
      spectrumPlot(host, {
        frame: shown.frame as Readable<Spectrum | null>, view: shown.view, scale, moved,
        compared: comparedSpectra(store, shown),
      });
      return host;
    }
    if (now === "pattern") return patterns(store, shown, scale, moved);
    return waiting(store, shown);
  });
  plot.append(body);

  return h(compact ? "aside.viewer.panel.compact" : "section.viewer.panel", { "aria-label": "Frame of a point" },
    head(store, shown, compact), tools(store, shown, kind, scale), plot, ranges(store, shown, used, moved),
    h("div.viewer-foot", {}, patchPicture(store, shown.point), details(store, shown.point)));
}

function waiting(store: Store, shown: Shown): HTMLElement {
  return region(h("div.fill"), () => {
    const point = shown.point();
    if (point === null) return emptyState("No frame yet.", "The first appears with the first measured point.");
    if (!hasFrame(point)) {
      return emptyState(`Point ${point.id} has no frame.`, point.remark ?? "It is not measured yet.");
    }
    return store.run() === null ? "" : loadingState("Loading the frame…");
  });
}

function resolution(frame: Frame | null): number {
  return frame?.kind === "spectrum" ? frame.dispersionEv : 0.1;
}

function head(store: Store, shown: Shown, compact: boolean): HTMLElement {
  const step = (by: number) => {
    const all = shown.measured.peek();
    const at = all.findIndex(({ id }) => id === shown.point.peek()?.id);
    const to = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (to !== undefined) store.selected.set(to.id);
  };
  const button = (label: string, text: string, by: number) => h("button.quiet", {
    type: "button", "aria-label": label, title: label, on: { click: () => step(by) },
  }, text);
  const pinned = computed(() => store.pinned().includes(shown.point()?.id ?? -1));
  const remark = computed(() => shown.point()?.remark);
  return h("header.panel-head", {},
    h("h2.viewer-title", {}, computed(() => shown.point() === null ? "Frame" : `Point ${shown.point()!.id}`)),
    h("span.chip", { hidden: computed(() => !shown.follows()), title: "It follows the last measured point" }, "latest"),
    h("span.chip.bad", { hidden: computed(() => shown.point()?.quality !== "bad"), title: remark }, "bad"),
    h("span.chip.warn", { hidden: computed(() => shown.point()?.quality !== "suspect"), title: remark }, "suspect"),
    h("span.spacer"),
    button("Previous point", "‹", -1), button("Next point", "›", 1),
    h("button.quiet", {
      type: "button", "aria-pressed": computed(() => String(shown.follows())), title: "Follow the last measured point",
      on: { click: () => store.selected.set(shown.follows.peek() ? shown.point.peek()?.id ?? null : null) },
    }, "Follow"),
    h("button.quiet", {
      type: "button", "aria-pressed": computed(() => String(pinned())), title: "Keep it to compare others with",
      on: { click: () => pin(store, shown.point.peek()?.id ?? null) },
    }, "Pin"),
    compact && h("button.quiet", {
      type: "button", "aria-label": "Larger", title: "Larger",
      on: { click: () => go({ id: store.run.peek()?.id ?? null, view: "frames" }) },
    }, "⤢"));
}

function pin(store: Store, point: number | null): void {
  if (point === null) return;
  store.pinned.update((all) => all.includes(point) ? all.filter((each) => each !== point)
    : [...all, point].slice(-mostPins));
}

function tools(
  store: Store, shown: Shown, kind: Readable<Frame["kind"] | null>, scale: Readable<Scale>): HTMLElement {
  const unit = computed(() => store.shown()?.choices.scalarUnit ?? "");
  const value = computed(() => {
    // The run's own value stands in the journal; what is tried is the daemon's answer.
    const point = shown.point();
    if (shown.trial() === null && point !== null && point.value !== null) {
      return withError(point.value, point.error, unit());
    }
    const view = shown.view();
    return view === null ? "–" : withError(view.value, view.error, unit());
  });
  return h("div.viewer-tools", {},
    h("div.viewer-value", {},
      h("span.muted", { title: computed(() => store.shown()?.choices.scalarizerIdentity) },
        computed(() => shown.trial() === null ? store.shown()?.choices.scalarLabel ?? "" : "tried")),
      h("strong.number", {}, value)),
    h("span.viewer-remark", {}, computed(() => shown.view()?.remark ?? "")),
    h("span.spacer"),
    h("div.segmented", { role: "group", "aria-label": "Scale of the counts" },
      (["linear", "sqrt", "log"] as const).map((each) => h("button", {
        type: "button", "aria-pressed": computed(() => String(scale() === each)),
        on: { click: () => scaleOfKind[kind.peek() ?? "spectrum"].set(each) },
      }, each === "linear" ? "lin" : each))),
    pins(store));
}

function pins(store: Store): HTMLElement {
  return region(h("div.pins"), () => store.pinned().map((point, index) => {
    const swatch = style(h("span.swatch"), { background: `var(${pinColours[index]})` });
    return h("button.chip", {
      type: "button", title: `Point ${point}: show it; Shift: let go`,
      on: { click: (event) => event.shiftKey ? pin(store, point) : store.selected.set(point) },
    }, swatch, `#${point}`);
  }));
}

function comparedSpectra(store: Store, shown: Shown): Readable<readonly Compared[]> {
  const loaded = signal<readonly Compared[]>([]);
  effect(() => {
    const id = store.run()?.id;
    const wanted = store.pinned();
    let over = false;
    if (id === undefined) return;
    void Promise.all(wanted.map((point, index) => frameOf(id, point).then(
      (frame) => frame.kind === "spectrum" ? [{ point, frame, colour: pinColours[index]! }] : [], () => [])))
      .then((all) => { if (!over) loaded.set(all.flat()); });
    return () => { over = true; };
  });
  return computed(() => loaded().filter(({ point }) => point !== shown.point()?.id));
}

/** Patterns to compare stand side by side, with the rings in each. */
function patterns(
  store: Store, shown: Shown, scale: Readable<Scale>, moved: (range: Range) => void): HTMLElement {
  const others = computed(() => store.pinned().filter((point) => point !== shown.point()?.id).join());
  return region(h("div.patterns"), () => {
    const main = h("div.pattern-cell");
    patternPlot(main, { frame: shown.frame as Readable<Pattern | null>, view: shown.view, scale, moved });
    const id = store.run()?.id;
    const pinned = others() === "" || id === undefined ? [] : others().split(",").map((point) => {
      const frame = signal<Pattern | null>(null);
      frameOf(id, Number(point)).then((found) => { if (found.kind === "pattern") frame.set(found); }, () => undefined);
      const host = h("div.pattern-cell");
      patternPlot(host, { frame, view: shown.view, scale, moved });
      host.append(h("span.pattern-name", {}, `#${point}`));
      return host;
    });
    return [main, ...pinned];
  });
}

/** The ends of windows and rings as numbers, for the keyboard and to the last digit; what to do with what was tried. */
function ranges(
  store: Store, shown: Shown, used: Readable<Keys>, moved: (range: Range) => void): HTMLElement {
  const keys = computed(() => JSON.stringify((shown.view() === null ? [] : rangesOf(shown.view()!))
    .map(({ key, label, unit }) => ({ key, label, unit }))));
  const current = (key: string) => rangesOf(shown.view() ?? noView).find((range) => range.key === key) ?? null;
  const field = (key: string, end: "from" | "to", label: string) => h("input.range-end", {
    type: "number", step: computed(() => resolution(shown.frame())), "aria-label": `${label}, ${end}`,
    value: computed(() => String(Number((current(key)?.[end] ?? 0).toFixed(4)))),
    on: { change: (event) => {
      const range = current(key);
      const value = (event.target as HTMLInputElement).valueAsNumber;
      if (range !== null && Number.isFinite(value)) moved({ ...range, [end]: value });
    } },
  });
  const list = region(h("div.range-list"), () => (JSON.parse(keys()) as Range[]).map(({ key, label, unit }) =>
    h("div.range", {}, h("span.muted", {}, label), field(key, "from", label), "–", field(key, "to", label),
      h("span", {}, unit))));
  const untried = computed(() => shown.trial() === null);
  return h("div.ranges", {}, list, h("span.spacer"),
    h("button", { type: "button", disabled: untried, on: { click: () => shown.trial.set(null) } }, "Reset"),
    h("button", {
      type: "button", disabled: untried, "data-action": "use-in-physics",
      title: "Take these keys to the physics view, which tries them on all frames before they are applied",
      on: { click: () => usePhysics(store, used.peek()) },
    }, "Use in Physics"));
}

const noView: FrameView = {
  value: null, error: null, quality: "good", remark: null, windows: [], rings: [], curves: [],
};

function usePhysics(store: Store, keys: Keys): void {
  store.proposedScalarizer.set(keys);
  go({ id: store.run.peek()?.id ?? null, view: "physics" });
}
