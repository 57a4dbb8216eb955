import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { theme } from "../shell/theme";
import { effect, onDispose } from "../ui/signal";
import { themeColour } from "./canvas";

export interface ChartOptions {
  /** Series after the x axis, as of uPlot; `stroke` and `fill` may name theme variables ("--accent"). */
  series: uPlot.Series[];
  xLabel: string;
  yLabel: string;
  /** Numbers on x: seconds since 1970 when true. */
  xIsTime?: boolean;
  scales?: uPlot.Scales;
  hooks?: uPlot.Hooks.Arrays;
  cursor?: uPlot.Cursor;
  legend?: boolean;
  bands?: uPlot.Band[];
}

/**
 * A uPlot that fills `host`, follows its size and the theme, and redraws when `data` (which reads signals) changes.
 * `data` gives null where there is nothing yet.
 */
export function chart(
  host: HTMLElement, options: () => ChartOptions, data: () => uPlot.AlignedData | null): { plot(): uPlot | null } {
  host.classList.add("chart");
  let plot: uPlot | null = null;
  let built: ChartOptions | null = null;
  const size = () => ({ width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) });
  const observer = new ResizeObserver(() => plot?.setSize(fitting(host)));
  observer.observe(host);
  effect(() => {
    theme();
    built = options();
    const now = data();
    plot?.destroy();
    plot = null;
    if (now === null) return;
    plot = new uPlot(complete(built, size()), now, host);
    plot.setSize(fitting(host));
  });
  onDispose(() => {
    observer.disconnect();
    plot?.destroy();
  });
  return { plot: () => plot };
}

/**
 * The same for data that changes often: the plot is kept, only its numbers are replaced, and what was zoomed into
 * stays. `options` is read once, and again when the theme changes.
 */
export function liveChart(
  host: HTMLElement, options: () => ChartOptions, data: () => uPlot.AlignedData): { plot(): uPlot | null } {
  host.classList.add("chart");
  let plot: uPlot | null = null;
  const observer = new ResizeObserver(() => plot?.setSize(fitting(host)));
  observer.observe(host);
  effect(() => {
    const made = complete(options(), { width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight) });
    theme();
    const plotted = new uPlot(made, [[]], host);
    plot = plotted;
    plotted.setSize(fitting(host));
    effect(() => plotted.setData(data()));
    return () => {
      plotted.destroy();
      plot = null;
    };
  });
  onDispose(() => observer.disconnect());
  return { plot: () => plot };
}

function fitting(host: HTMLElement): { width: number; height: number } {
  const legend = host.querySelector<HTMLElement>(".u-legend");
  return {
    width: Math.max(1, host.clientWidth), height: Math.max(1, host.clientHeight - (legend?.offsetHeight ?? 0)),
  };
}

function colour(given: unknown): string | undefined {
  return typeof given === "string" ? given.startsWith("--") ? themeColour(given) : given : undefined;
}

function complete(options: ChartOptions, size: { width: number; height: number }): uPlot.Options {
  const text = themeColour("--text-2");
  const grid = { stroke: themeColour("--grid"), width: 1 };
  const font = `12px ${themeColour("--font")}`;
  const axis = (label: string): uPlot.Axis => ({
    label, stroke: text, grid, ticks: { ...grid, size: 4 }, font, labelFont: font, labelSize: 18, gap: 4,
  });
  return {
    ...size,
    series: [{}, ...options.series.map((series) => ({
      ...series,
      ...(typeof series.stroke === "string" && { stroke: colour(series.stroke)! }),
      ...(typeof series.fill === "string" && { fill: colour(series.fill)! }),
    }))],
    axes: [{ ...axis(options.xLabel), size: 30 }, { ...axis(options.yLabel), size: 54 }],
    scales: { x: { time: options.xIsTime === true }, ...options.scales },
    legend: { show: options.legend === true },
    cursor: { points: { size: 6 }, drag: { x: true, y: false, setScale: true }, ...options.cursor },
    ...(options.bands && { bands: options.bands }),
    ...(options.hooks && { hooks: options.hooks }),
  };
}
