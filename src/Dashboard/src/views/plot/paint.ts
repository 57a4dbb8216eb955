import { compact } from "../format/numbers";
import type { Frame } from "./frame";
import type { Palette } from "./palette";
import type { Chart, Dots, Layer } from "./spec";

type Canvas = CanvasRenderingContext2D;

/** Draws the chart. The canvas is scaled so that one unit is one CSS px. */
export function paint(c: Canvas, chart: Chart, f: Frame, colours: Palette): void {
  grid(c, chart, f, colours);
  c.save();
  c.beginPath();
  c.rect(f.left - 1, f.top - 1, f.width + 2, f.height + 2);
  c.clip();
  for (const layer of chart.layers) draw(c, layer, f, colours);
  c.restore();
}

function grid(c: Canvas, chart: Chart, f: Frame, colours: Palette): void {
  c.font = colours.font;
  c.lineWidth = 1;
  c.strokeStyle = colours.grid;
  c.fillStyle = colours.muted;
  c.textBaseline = "middle";
  c.textAlign = "right";
  for (const t of f.yTicks) {
    const y = Math.round(f.toY(t)) + 0.5;
    line(c, f.left, y, f.left + f.width, y);
    c.fillText((chart.y.format ?? compact)(t), f.left - 7, y);
  }
  c.textAlign = "center";
  c.textBaseline = "top";
  for (const t of f.xTicks) {
    const x = Math.round(f.toX(t)) + 0.5;
    line(c, x, f.top + f.height, x, f.top + f.height + 4);
    c.fillText((chart.x.format ?? compact)(t), x, f.top + f.height + 7);
  }
  c.strokeStyle = colours.axis;
  line(c, f.left, f.top + f.height + 0.5, f.left + f.width, f.top + f.height + 0.5);
  c.fillStyle = colours.ink;
  c.textBaseline = "bottom";
  c.fillText(fitting(c, chart.x.label, f.width), f.left + f.width / 2, f.top + f.height + 39);
  c.save();
  c.translate(12, f.top + f.height / 2);
  c.rotate(-Math.PI / 2);
  c.textBaseline = "middle";
  c.fillText(fitting(c, chart.y.label, f.height + 30), 0, 0);
  c.restore();
}

/** The text, cut where it is longer than there is room; the title of the chart and its line below tell the rest. */
function fitting(c: Canvas, text: string, room: number): string {
  if (c.measureText(text).width <= room) return text;
  let end = text.length;
  while (end > 1 && c.measureText(`${text.slice(0, end)}…`).width > room) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

function line(c: Canvas, x1: number, y1: number, x2: number, y2: number): void {
  c.beginPath();
  c.moveTo(x1, y1);
  c.lineTo(x2, y2);
  c.stroke();
}

function draw(c: Canvas, layer: Layer, f: Frame, colours: Palette): void {
  const colour = colours[layer.ink];
  switch (layer.kind) {
    case "rule": {
      c.strokeStyle = colour;
      c.lineWidth = 1;
      c.setLineDash(layer.dashed === true ? [5, 4] : []);
      const y = Math.round(f.toY(layer.y)) + 0.5;
      line(c, f.left, y, f.left + f.width, y);
      c.setLineDash([]);
      break;
    }
    case "band":
      c.globalAlpha = 0.18;
      c.fillStyle = colour;
      c.beginPath();
      layer.x.forEach((x, i) => c.lineTo(f.toX(x), f.toY(layer.high[i]!)));
      for (let i = layer.x.length - 1; i >= 0; i--) c.lineTo(f.toX(layer.x[i]!), f.toY(layer.low[i]!));
      c.fill();
      c.globalAlpha = 1;
      break;
    case "bars":
      c.fillStyle = colour;
      layer.from.forEach((from, i) => {
        const left = f.toX(from) + 1;
        const top = f.toY(layer.y[i]!);
        c.fillRect(left, top, Math.max(1, f.toX(layer.to[i]!) - left - 1), Math.max(0, f.toY(0) - top));
      });
      break;
    case "line":
      c.strokeStyle = colour;
      c.lineWidth = layer.width ?? 2;
      c.lineJoin = "round";
      c.setLineDash(layer.dashed === true ? [5, 4] : []);
      path(c, layer.x, layer.y, layer.stepped === true, f);
      c.setLineDash([]);
      break;
    case "dots": dots(c, layer, colour, f, colours); break;
  }
}

/** A value that there is none of breaks the line. */
function path(c: Canvas, xs: readonly number[], ys: readonly number[], stepped: boolean, f: Frame): void {
  c.beginPath();
  let before: number | null = null;
  xs.forEach((value, i) => {
    const y = f.toY(ys[i]!);
    const x = f.toX(value);
    if (!Number.isFinite(y)) {
      before = null;
    } else if (before === null) {
      c.moveTo(x, y);
      before = y;
    } else {
      if (stepped) c.lineTo(x, before);
      c.lineTo(x, y);
      before = y;
    }
  });
  c.stroke();
}

function dots(c: Canvas, layer: Dots, colour: string, f: Frame, colours: Palette): void {
  const radius = layer.radius ?? 3;
  if (layer.errors !== undefined) {
    c.strokeStyle = colour;
    c.lineWidth = 1;
    c.globalAlpha = 0.45;
    layer.x.forEach((value, i) => {
      const x = f.toX(value);
      line(c, x, f.toY(layer.y[i]! - layer.errors![i]!), x, f.toY(layer.y[i]! + layer.errors![i]!));
    });
    c.globalAlpha = 1;
  }
  c.lineWidth = 1.5;
  layer.x.forEach((value, i) => {
    const y = layer.y[i]!;
    if (!Number.isFinite(y)) return;
    c.beginPath();
    c.arc(f.toX(value), f.toY(y), radius, 0, 2 * Math.PI);
    const own = layer.colours?.[i] ?? colour;
    if (layer.hollow === true) {
      c.fillStyle = colours.paper;
      c.fill();
      c.strokeStyle = own;
      c.stroke();
    } else {
      c.fillStyle = own;
      c.fill();
    }
  });
}

/** A ring around what is pointed at or selected. */
export function ring(c: Canvas, f: Frame, x: number, y: number, colour: string, radius = 7): void {
  c.strokeStyle = colour;
  c.lineWidth = 2;
  c.beginPath();
  c.arc(f.toX(x), f.toY(y), radius, 0, 2 * Math.PI);
  c.stroke();
}
