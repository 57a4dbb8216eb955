import type { Area, Point } from "../../api/types";
import { cssColour, lut, type Domain } from "../../charts/colours";
import type { PointColour } from "./map-state";

export interface Placing { place(row: number, column: number): { x: number; y: number }; scale: number }

export interface PointsLook {
  colour: PointColour;
  scalars: string;
  domain: Domain | null;
  path: boolean;
  selected: number | null;
  selection: ReadonlySet<number>;
  pinned: readonly number[];
  /** Theme colours. */
  mark: string;
  /** For small panes: smaller points, so that the map is seen between them. */
  small: boolean;
}

type Context = CanvasRenderingContext2D;

/** Radius in CSS pixels: a point stays visible when zoomed out, and does not hide its surroundings when zoomed in. */
export function radiusOf(scale: number, count: number): number {
  return Math.min(9, Math.max(count > 5_000 ? 1.2 : count > 500 ? 2.2 : 3.2, scale * 0.42));
}

export function drawPoints(context: Context, points: readonly Point[], at: Placing, look: PointsLook): void {
  const radius = radiusOf(at.scale, points.length) * (look.small ? 0.6 : 1);
  if (look.path) drawPath(context, points, at);
  const measured = points.filter((point) => point.stage === "scalarized" || point.stage === "recorded");
  const order: Domain = { low: 0, high: Math.max(1, measured.length - 1) };
  const byOrder = lut("cividis");
  const byValue = lut(look.scalars);
  context.lineWidth = 1;
  measured.forEach((point, index) => {
    const { x, y } = centre(point, at);
    if (x < -20 || y < -20 || x > 8_000 || y > 8_000) return;
    const usable = point.value !== null && point.quality !== "bad";
    context.fillStyle = look.colour === "order" ? cssColour(byOrder, order, index)
      : usable && look.domain !== null ? cssColour(byValue, look.domain, point.value) : "rgb(140 140 140)";
    if (points.length > 5_000) {
      context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
      return;
    }
    disc(context, x, y, radius);
    context.fill();
    outline(context, x, y, radius);
    if (!usable && point.stage === "scalarized") cross(context, x, y, radius, "#fff");
  });
  for (const point of points) drawUnmeasured(context, point, at, radius, look);
  drawMarks(context, points, at, radius, look);
}

function centre(point: Point, at: Placing): { x: number; y: number } {
  return at.place((point.patchRow ?? point.row) + 0.5, (point.patchColumn ?? point.column) + 0.5);
}

function disc(context: Context, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/** White on black: seen on every colour of every scale. */
function outline(context: Context, x: number, y: number, radius: number): void {
  context.strokeStyle = "rgb(0 0 0 / 75%)";
  disc(context, x, y, radius + 1);
  context.stroke();
  context.strokeStyle = "rgb(255 255 255 / 90%)";
  disc(context, x, y, radius);
  context.stroke();
}

function cross(context: Context, x: number, y: number, radius: number, colour: string): void {
  context.strokeStyle = colour;
  context.beginPath();
  context.moveTo(x - radius, y - radius);
  context.lineTo(x + radius, y + radius);
  context.moveTo(x + radius, y - radius);
  context.lineTo(x - radius, y + radius);
  context.stroke();
}

function drawPath(context: Context, points: readonly Point[], at: Placing): void {
  const measured = points.filter((point) => point.stage === "scalarized");
  for (const [colour, width] of [["rgb(0 0 0 / 45%)", 2.5], ["rgb(255 255 255 / 75%)", 1]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    measured.forEach((point, index) => {
      const { x, y } = centre(point, at);
      if (index === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    });
    context.stroke();
  }
}

/** Planned ones are empty squares, the one being exposed a target, given up ones a cross. */
function drawUnmeasured(context: Context, point: Point, at: Placing, radius: number, look: PointsLook): void {
  if (point.stage === "scalarized" || point.stage === "recorded") return;
  const { x, y } = centre(point, at);
  if (point.stage === "abandoned" || point.stage === "outcomeUnknown") {
    cross(context, x, y, radius, "rgb(0 0 0 / 80%)");
    cross(context, x, y, radius - 1, "#ff9a90");
    return;
  }
  const size = Math.max(5, radius + 1);
  const inner = point.stage === "intended" ? look.mark : "#fff";
  for (const [colour, width] of [["rgb(0 0 0 / 80%)", 3.5], [inner, 1.75]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.strokeRect(x - size, y - size, 2 * size, 2 * size);
    if (point.stage === "intended") {
      context.beginPath();
      for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
        context.moveTo(x + dx * (size + 1), y + dy * (size + 1));
        context.lineTo(x + dx * (size + 6), y + dy * (size + 6));
      }
      context.stroke();
    }
  }
  context.lineWidth = 1;
}

function drawMarks(context: Context, points: readonly Point[], at: Placing, radius: number, look: PointsLook): void {
  if (look.selected === null && look.selection.size === 0 && look.pinned.length === 0) return;
  for (const point of points) {
    const selected = point.id === look.selected;
    const chosen = look.selection.has(point.id) || look.pinned.includes(point.id);
    if (!selected && !chosen) continue;
    const { x, y } = centre(point, at);
    for (const [colour, width] of [["#fff", selected ? 5 : 3.5], [look.mark, selected ? 2.5 : 1.5]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = width;
      disc(context, x, y, radius + (selected ? 5 : 3));
      context.stroke();
    }
  }
  context.lineWidth = 1;
}

/** What is never planned again, hatched; what lies outside the region, dimmed. */
export function drawAreas(
  context: Context, region: Area | null, exclusions: readonly Area[], at: Placing,
  width: number, height: number): void {
  const box = ({ rows, columns }: Area) => {
    const from = at.place(rows[0], columns[0]);
    const to = at.place(rows[1], columns[1]);
    return [from.x, from.y, to.x - from.x, to.y - from.y] as const;
  };
  if (region !== null) {
    const [x, y, w, h] = box(region);
    context.fillStyle = "rgb(0 0 0 / 45%)";
    context.beginPath();
    context.rect(0, 0, width, height);
    context.rect(x, y, w, h);
    context.fill("evenodd");
    context.strokeStyle = "#fff";
    context.setLineDash([6, 4]);
    context.strokeRect(x, y, w, h);
    context.setLineDash([]);
  }
  for (const area of exclusions) hatched(context, ...box(area));
}

export function hatched(context: Context, x: number, y: number, width: number, height: number): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.fillStyle = "rgb(0 0 0 / 35%)";
  context.fillRect(x, y, width, height);
  context.strokeStyle = "rgb(255 255 255 / 75%)";
  context.lineWidth = 1;
  context.beginPath();
  const first = Math.floor((x - height) / 8) * 8;
  for (let from = Math.max(first, -4_000); from < Math.min(x + width, 8_000); from += 8) {
    context.moveTo(from, y + height);
    context.lineTo(from + height, y);
  }
  context.stroke();
  context.restore();
  context.strokeStyle = "#fff";
  context.strokeRect(x, y, width, height);
}
