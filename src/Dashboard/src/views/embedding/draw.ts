import { cssColour, lut, percentileDomain, type Domain } from "../../charts/colours";
import type { Point } from "../../api/types";
import type { Palette } from "../plot/palette";
import { placeKey, toPx, type Cloud, type Px, type Viewport } from "./cloud";

export type ColourBy = "scalar" | "surprise" | "step";

/** A measured point where the network puts it. */
export interface Placed { point: Point; index: number; amount: number }

/** Measured points that have a place in the embedding, with the number that colours them. */
export function placed(c: Cloud, points: readonly Point[], by: ColourBy): Placed[] {
  const result: Placed[] = [];
  for (const point of points) {
    if (point.value === null || point.centre !== null) continue;
    const index = c.at.get(placeKey(point.patchRow ?? point.row, point.patchColumn ?? point.column));
    if (index === undefined) continue;
    const { predicted, deviation, value } = point;
    const surprise = predicted === null || deviation === null ? NaN : (value - predicted) / deviation;
    result.push({ point, index, amount: by === "scalar" ? value : by === "step" ? point.id : surprise });
  }
  return result;
}

export interface Scale { table: Uint32Array; domain: Domain }

export function scaleOf(points: readonly Placed[], by: ColourBy): Scale {
  if (by === "surprise") return { table: lut("balance"), domain: { low: -3, high: 3 } };
  const domain = percentileDomain(points.map((p) => p.amount)) ?? { low: 0, high: 1 };
  return { table: lut(by === "step" ? "cividis" : "viridis"), domain };
}

export interface Scene {
  cloud: Cloud;
  points: readonly Placed[];
  scale: Scale;
  view: Viewport;
  width: number;
  height: number;
  /** Numbers of chosen places. */
  chosen: ReadonlySet<number>;
  selected: number | null;
}

/** What follows the pointer and the keys: on a canvas of its own, so that no move draws the whole cloud anew. */
export interface Overlay {
  lasso: readonly Px[];
  /** Crosshair of the keyboard and the radius that Enter selects in, px; null while the pointer is used. */
  aim: { x: number; y: number; radius: number } | null;
  hovered: Px | null;
}

/** Draws places and points. Places are written pixel by pixel: 20,000 of them in about a millisecond. */
export function drawScene(c: CanvasRenderingContext2D, s: Scene, colours: Palette): void {
  const image = c.createImageData(c.canvas.width, c.canvas.height);
  const words = new Uint32Array(image.data.buffer);
  const ratio = c.canvas.width / s.width;
  const dot = Math.max(1, Math.round((s.cloud.count > 8000 ? 1.6 : 2.4) * ratio));
  const faint = wordOf(colours.faint, 150);
  const mark = wordOf(colours.selected, 255);
  // The chosen ones last, so that they lie above.
  for (let i = 0; i < s.cloud.count; i++) if (!s.chosen.has(i)) square(words, c.canvas, s, i, ratio, dot, faint);
  for (const i of s.chosen) square(words, c.canvas, s, i, ratio, Math.round(1.5 * dot), mark);
  c.putImageData(image, 0, 0);
  for (const p of s.points) measured(c, s, p, colours);
}

function square(words: Uint32Array, canvas: HTMLCanvasElement, s: Scene, i: number, ratio: number, edge: number,
  word: number): void {
  const p = at(s, i);
  const left = Math.round(p.x * ratio - edge / 2);
  const top = Math.round(p.y * ratio - edge / 2);
  for (let y = Math.max(0, top); y < Math.min(canvas.height, top + edge); y++) {
    for (let x = Math.max(0, left); x < Math.min(canvas.width, left + edge); x++) words[y * canvas.width + x] = word;
  }
}

/** A colour as the style sheets write it, #rrggbb, as an ABGR word. */
function wordOf(colour: string, alpha: number): number {
  const rgb = Number.parseInt(colour.slice(1), 16);
  return ((alpha << 24) | ((rgb & 255) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

export function drawOverlay(c: CanvasRenderingContext2D, o: Overlay, size: { width: number; height: number },
  colours: Palette): void {
  c.clearRect(0, 0, size.width, size.height);
  if (o.hovered !== null) circle(c, o.hovered, 9, colours.ink);
  lasso(c, o.lasso, colours);
  if (o.aim !== null) aim(c, o.aim, colours);
}

const at = (s: Scene, i: number): Px => toPx(s.view, s.width, s.height, s.cloud.x[i]!, s.cloud.y[i]!);

function measured(c: CanvasRenderingContext2D, s: Scene, p: Placed, colours: Palette): void {
  const { x, y } = at(s, p.index);
  c.beginPath();
  c.arc(x, y, 5, 0, 2 * Math.PI);
  c.fillStyle = cssColour(s.scale.table, s.scale.domain, p.amount);
  c.fill();
  c.lineWidth = 1.5;
  c.strokeStyle = s.chosen.has(p.index) ? colours.selected : colours.paper;
  c.stroke();
  if (p.point.id === s.selected) circle(c, { x, y }, 8, colours.selected);
}

function circle(c: CanvasRenderingContext2D, p: Px, radius: number, colour: string): void {
  c.strokeStyle = colour;
  c.lineWidth = 2;
  c.beginPath();
  c.arc(p.x, p.y, radius, 0, 2 * Math.PI);
  c.stroke();
}

function lasso(c: CanvasRenderingContext2D, line: readonly Px[], colours: Palette): void {
  if (line.length < 2) return;
  c.beginPath();
  for (const p of line) c.lineTo(p.x, p.y);
  c.closePath();
  c.globalAlpha = 0.12;
  c.fillStyle = colours.selected;
  c.fill();
  c.globalAlpha = 1;
  c.setLineDash([5, 4]);
  c.strokeStyle = colours.selected;
  c.lineWidth = 1.5;
  c.stroke();
  c.setLineDash([]);
}

function aim(c: CanvasRenderingContext2D, a: { x: number; y: number; radius: number }, colours: Palette): void {
  c.setLineDash([4, 3]);
  circle(c, a, a.radius, colours.ink);
  c.setLineDash([]);
  c.lineWidth = 1;
  c.beginPath();
  c.moveTo(a.x - 8, a.y);
  c.lineTo(a.x + 8, a.y);
  c.moveTo(a.x, a.y - 8);
  c.lineTo(a.x, a.y + 8);
  c.stroke();
}
