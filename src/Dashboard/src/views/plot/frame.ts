import { extent, ticks } from "./ticks";
import type { Axis, Chart } from "./spec";

/** Where the values of a chart lie on its canvas, in CSS px. */
export interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  x: [number, number];
  y: [number, number];
  toX: (value: number) => number;
  toY: (value: number) => number;
  xTicks: number[];
  yTicks: number[];
}

/** The margins are the same for every state of a chart: nothing moves while a run goes on. */
const margins = { left: 70, right: 14, top: 10, bottom: 40 };

export function frame(chart: Chart, width: number, height: number): Frame {
  const inner = { left: margins.left, top: margins.top, width: Math.max(1, width - margins.left - margins.right),
    height: Math.max(1, height - margins.top - margins.bottom) };
  let x = chart.x.range ?? span(chart, "x");
  let y = chart.y.range ?? span(chart, "y");
  if (chart.sameScale === true) {
    const perPx = Math.max((x[1] - x[0]) / inner.width, (y[1] - y[0]) / inner.height);
    [x, y] = [about(x, perPx * inner.width), about(y, perPx * inner.height)];
  }
  return {
    ...inner, x, y,
    toX: (value) => inner.left + ((value - x[0]) / (x[1] - x[0] || 1)) * inner.width,
    toY: (value) => inner.top + inner.height - ((value - y[0]) / (y[1] - y[0] || 1)) * inner.height,
    xTicks: places(chart.x, x, Math.max(2, Math.floor(inner.width / 58))),
    yTicks: places(chart.y, y, Math.max(2, Math.floor(inner.height / 26))),
  };
}

/** The range about its middle, so long. */
function about([from, to]: [number, number], length: number): [number, number] {
  const middle = (from + to) / 2;
  return [middle - length / 2, middle + length / 2];
}

function places(axis: Axis, range: [number, number], number: number): number[] {
  const all = axis.at?.filter((t) => t >= range[0] && t <= range[1]) ?? ticks(range[0], range[1], number);
  return axis.whole === true ? all.filter(Number.isInteger) : [...all];
}

function span(chart: Chart, of: "x" | "y"): [number, number] {
  const values: number[] = [];
  for (const layer of chart.layers) {
    if (layer.kind === "rule") {
      if (of === "y") values.push(layer.y);
    } else if (layer.kind === "bars") {
      values.push(...(of === "x" ? [...layer.from, ...layer.to] : [0, ...layer.y]));
    } else if (of === "x") {
      values.push(...layer.x);
    } else if (layer.kind === "band") {
      values.push(...layer.low, ...layer.high);
    } else {
      values.push(...layer.y);
      if (layer.kind === "dots" && layer.errors !== undefined) {
        layer.errors.forEach((e, i) => values.push(layer.y[i]! - e, layer.y[i]! + e));
      }
    }
  }
  return extent(values);
}
