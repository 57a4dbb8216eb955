import uPlot from "uplot";
import type { Frame } from "../../api/arrays";
import { liveChart } from "../../charts/chart";
import { h, style } from "../../ui/element";
import { computed, effect, type Readable } from "../../ui/signal";
import type { FrameView } from "../../api/types";
import { dragged, rangesOf, resampled, type Range } from "./windows";

export type Spectrum = Extract<Frame, { kind: "spectrum" }>;
export type Scale = "linear" | "log" | "sqrt";

export interface Compared { point: number; frame: Spectrum; colour: string }

export interface SpectrumPlot {
  frame: Readable<Spectrum | null>;
  view: Readable<FrameView | null>;
  compared: Readable<readonly Compared[]>;
  scale: Readable<Scale>;
  /** A window was moved, and is held or let go. */
  moved(range: Range): void;
}

const energies = new WeakMap<Spectrum, number[]>();

function energiesOf(frame: Spectrum): number[] {
  let x = energies.get(frame);
  if (x === undefined) {
    x = Array.from(frame.values, (_, channel) => frame.originEv + channel * frame.dispersionEv);
    energies.set(frame, x);
  }
  return x;
}

/** A spectrum in counts over eV, others to compare it with, the curves and the windows of the scalarizer. */
export function spectrumPlot(host: HTMLElement, given: SpectrumPlot): void {
  const windows = h("div.windows");
  const compared = computed(() => given.compared().map(({ point, colour }) => `${point} ${colour}`).join());
  const curves = computed(() => given.view()?.curves.map(({ label }) => label).join("\n") ?? "");
  const plotted = liveChart(host, () => {
    compared();
    curves();
    const scale = given.scale();
    const others = given.compared.peek();
    return {
      xLabel: "Energy loss / eV",
      yLabel: "Counts",
      series: [
        { label: "frame", stroke: "--series-1", width: 1.5, points: { show: false } },
        ...others.map(({ point, colour }) =>
          ({ label: `#${point}`, stroke: colour, width: 1.2, points: { show: false } })),
        ...(given.view.peek()?.curves ?? []).map(({ label }) =>
          ({ label, stroke: "--series-2", width: 2, dash: [6, 3], points: { show: false } })),
      ],
      scales: { y: scale === "log" ? { distr: 3, range: logRange } : scale === "sqrt"
        ? { distr: 100, fwd: (value: number) => Math.sqrt(Math.max(0, value)), inv: (value: number) => value * value,
            range: (_: uPlot, low: number, high: number) => [Math.max(0, low), high * 1.05] } : {} },
      hooks: {
        ready: [(plot) => plot.over.append(windows)],
        draw: [(plot) => place(plot, windows)],
      },
    };
  }, () => {
    const frame = given.frame();
    if (frame === null) return [[]];
    const x = energiesOf(frame);
    const log = given.scale.peek() === "log";
    const counts = (values: ArrayLike<number>) =>
      Array.from(values, (value) => Number.isFinite(value) && (!log || value > 0) ? value : null);
    return [x, counts(frame.values),
      ...given.compared().map((other) => counts(onAxis(other.frame, frame))),
      ...(given.view()?.curves ?? []).map((curve) => resampled(curve, x))] as uPlot.AlignedData;
  });

  effect(() => {
    const ranges = given.view() === null ? [] : rangesOf(given.view()!).filter(({ unit }) => unit === "eV");
    adapt(windows, ranges, given, plotted.plot);
    const plot = plotted.plot();
    if (plot !== null) place(plot, windows);
  });
}

/** Another spectrum at the energies of this one. */
function onAxis(other: Spectrum, { values, originEv, dispersionEv }: Spectrum): ArrayLike<number> {
  if (other.originEv === originEv && other.dispersionEv === dispersionEv) return other.values;
  return Float32Array.from(values, (_, channel) => {
    const at = Math.round((originEv + channel * dispersionEv - other.originEv) / other.dispersionEv);
    return other.values[at] ?? NaN;
  });
}

function logRange(_: uPlot, low: number | null, high: number | null): [number, number] {
  const top = high !== null && high > 0 ? high : 10;
  const bottom = low !== null && low > 0 ? low : top / 1e4;
  return [Math.max(bottom, top / 1e7) * 0.8, top * 1.5];
}

type Box = HTMLElement & { range?: Range };

/** As many boxes as there are windows; the same elements while there are as many, for one may be held. */
function adapt(host: HTMLElement, ranges: Range[], given: SpectrumPlot, plot: () => uPlot | null): void {
  while (host.childElementCount > ranges.length) host.lastElementChild!.remove();
  ranges.forEach((range, index) => {
    const box = (host.children[index] ?? host.appendChild(makeBox(given, plot))) as Box;
    if (box.dataset["held"] !== undefined) return;
    box.range = range;
    box.querySelector(".window-label")!.textContent = range.label;
    box.title = `${range.label}: ${range.from} eV .. ${range.to} eV. Drag it, or its ends.`;
  });
}

function makeBox(given: SpectrumPlot, plot: () => uPlot | null): Box {
  const part = (name: "from" | "to" | "both") => h(`div.window-${name}` as "div.x", { "data-part": name });
  const box: Box = h("div.window", {}, part("both"), part("from"), part("to"), h("span.window-label"));
  let start: { x: number; range: Range; part: "from" | "to" | "both" } | null = null;
  box.addEventListener("mousedown", (event) => event.stopPropagation());
  box.addEventListener("pointerdown", (event) => {
    const held = (event.target as HTMLElement).dataset["part"] as "from" | "to" | "both" | undefined;
    if (held === undefined || box.range === undefined || event.button !== 0) return;
    event.stopPropagation();
    box.setPointerCapture(event.pointerId);
    box.dataset["held"] = held;
    start = { x: event.clientX, range: box.range, part: held };
  });
  box.addEventListener("pointermove", (event) => {
    const shown = plot();
    const frame = given.frame.peek();
    if (start === null || shown === null || frame === null) return;
    const by = shown.posToVal(event.clientX, "x") - shown.posToVal(start.x, "x");
    const last = frame.originEv + frame.values.length * frame.dispersionEv;
    box.range = dragged(start.range, start.part, by, frame.originEv, last, frame.dispersionEv);
    placeBox(shown, box);
    given.moved(box.range);
  });
  const drop = () => {
    start = null;
    delete box.dataset["held"];
  };
  box.addEventListener("pointerup", drop);
  box.addEventListener("pointercancel", drop);
  return box;
}

function place(plot: uPlot, host: HTMLElement): void {
  if (host.parentElement !== plot.over) plot.over.append(host);
  for (const box of host.children) placeBox(plot, box as Box);
}

function placeBox(plot: uPlot, box: Box): void {
  if (box.range === undefined || plot.scales["x"]?.min === undefined) return;
  const [left, right] = [plot.valToPos(box.range.from, "x"), plot.valToPos(box.range.to, "x")];
  style(box, { left: `${left}px`, width: `${Math.max(2, right - left)}px` });
}
