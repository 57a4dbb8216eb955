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
  lasso: readonly Px[];
  /** Crosshair of the keyboard and the radius that Enter selects in, px; null while the pointer is used. */
  aim: { x: number; y: number; radius: number } | null;
  hovered: number | null;
}

/** Draws everything. 20,000 squares take a few milliseconds; circles would take ten times as long. */
export function drawScene(c: CanvasRenderingContext2D, s: Scene, colours: Palette): void {
  c.clearRect(0, 0, s.width, s.height);
  const dot = s.cloud.count > 8000 ? 2 : 3;
  const chosen: number[] = [];
  c.fillStyle = colours.faint;
  c.globalAlpha = 0.55;
  for (let i = 0; i < s.cloud.count; i++) {
    if (s.chosen.has(i)) {
      chosen.push(i);
      continue;
    }
    const x = s.width / 2 + (s.cloud.x[i]! - s.view.centreX) / s.view.unitsPerPx;
    const y = s.height / 2 - (s.cloud.y[i]! - s.view.centreY) / s.view.unitsPerPx;
    c.fillRect(x - dot / 2, y - dot / 2, dot, dot);
  }
  c.globalAlpha = 1;
  c.fillStyle = colours.selected;
  for (const i of chosen) {
    const { x, y } = at(s, i);
    c.fillRect(x - 2, y - 2, 4, 4);
  }
  for (const p of s.points) measured(c, s, p, colours);
  if (s.hovered !== null) circle(c, at(s, s.hovered), 9, colours.ink);
  lasso(c, s, colours);
  if (s.aim !== null) aim(c, s.aim, colours);
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

function lasso(c: CanvasRenderingContext2D, s: Scene, colours: Palette): void {
  if (s.lasso.length < 2) return;
  c.beginPath();
  for (const p of s.lasso) c.lineTo(p.x, p.y);
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
