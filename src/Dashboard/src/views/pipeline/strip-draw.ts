import { percent } from "../../ui/format";
import type { Palette } from "../plot/palette";
import { lanes, within, type Bar, type Lane, type Share } from "./strip";

export interface Window { from: number; to: number }

export interface StripScene {
  bars: readonly Bar[];
  window: Window;
  shares: readonly Share[];
  width: number;
  height: number;
  hovered: Bar | null;
  now: number;
}

export const labelWidth = 128;
const axisHeight = 26;

const inks: Record<Lane, keyof Palette> = {
  move: "muted", expose: "beam", read: "series", scalarize: "third", plan: "warn", train: "second", hold: "bad" };

const laneHeight = (height: number): number => (height - axisHeight) / lanes.length;

export function laneAt(y: number, height: number): Lane | null {
  return lanes[Math.floor(y / laneHeight(height))]?.lane ?? null;
}

export function drawStrip(c: CanvasRenderingContext2D, s: StripScene, colours: Palette): void {
  c.clearRect(0, 0, s.width, s.height);
  const tall = laneHeight(s.height);
  const toX = (t: number): number =>
    labelWidth + ((t - s.window.from) / (s.window.to - s.window.from)) * (s.width - labelWidth);
  c.font = colours.font;
  axis(c, s, toX, colours);
  lanes.forEach(({ label }, i) => {
    const y = i * tall;
    c.strokeStyle = colours.grid;
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(0, Math.round(y + tall) + 0.5);
    c.lineTo(s.width, Math.round(y + tall) + 0.5);
    c.stroke();
    c.textBaseline = "middle";
    c.textAlign = "left";
    c.fillStyle = colours.ink;
    c.fillText(label, 12, y + tall / 2);
    c.textAlign = "right";
    c.fillStyle = colours.muted;
    c.fillText(percent(s.shares[i]?.share), labelWidth - 8, y + tall / 2);
  });
  c.save();
  c.beginPath();
  c.rect(labelWidth, 0, s.width - labelWidth, s.height);
  c.clip();
  for (const b of within(s.bars, s.window.from, s.window.to)) {
    const i = lanes.findIndex((l) => l.lane === b.lane);
    const left = toX(b.from);
    // A thing of a microsecond is seen all the same.
    const wide = Math.max(1.5, toX(b.to ?? s.now) - left);
    c.fillStyle = colours[b.failed ? "bad" : inks[b.lane]];
    const inset = Math.min(6, tall * 0.18);
    c.fillRect(left, i * tall + inset, wide, tall - 2 * inset);
    if (b !== s.hovered) continue;
    c.strokeStyle = colours.ink;
    c.lineWidth = 2;
    c.strokeRect(left - 1, i * tall + inset - 1, wide + 2, tall - 2 * inset + 2);
  }
  c.restore();
}

const steps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200, 14_400, 43_200];

function axis(c: CanvasRenderingContext2D, s: StripScene, toX: (t: number) => number, colours: Palette): void {
  const span = s.window.to - s.window.from;
  const about = span / Math.max(2, (s.width - labelWidth) / 110);
  const step = steps.find((x) => x >= about) ?? 86_400;
  c.textAlign = "center";
  c.textBaseline = "bottom";
  for (let t = Math.ceil(s.window.from / step) * step; t <= s.window.to; t += step) {
    const x = Math.round(toX(t)) + 0.5;
    c.strokeStyle = colours.grid;
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(x, 0);
    c.lineTo(x, s.height - axisHeight + 4);
    c.stroke();
    c.fillStyle = colours.muted;
    if (x > labelWidth + 24 && x < s.width - 24) c.fillText(clock(t, step), x, s.height - 4);
  }
}

/** Local time of day, as fine as the step. */
function clock(t: number, step: number): string {
  const d = new Date(t * 1000);
  const two = (n: number): string => String(n).padStart(2, "0");
  const whole = `${two(d.getHours())}:${two(d.getMinutes())}`;
  if (step >= 60) return whole;
  const seconds = `${whole}:${two(d.getSeconds())}`;
  return step >= 1 ? seconds : `${seconds}.${String(Math.round((t % 1) * 1000)).padStart(3, "0")}`;
}
