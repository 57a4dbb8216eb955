import { themeColour } from "../../charts/canvas";
import { theme } from "../../shell/theme";
import { onDispose, signal, type Readable } from "../../ui/signal";
import type { Ink } from "./spec";

/** Colours of the page as a canvas needs them, by what they are for. */
export type Palette = Record<Ink | "paper" | "grid" | "axis" | "selected" | "font", string>;

const properties: Record<keyof Palette, string> = {
  series: "--series-1", second: "--series-2", third: "--series-3", muted: "--text-2", faint: "--border-strong",
  good: "--good", warn: "--warn", bad: "--bad", beam: "--beam", ink: "--text", paper: "--surface", grid: "--grid",
  axis: "--border-strong", selected: "--mark", font: "--font",
};

/** Read in an effect: it then runs anew when light turns dark. */
export function palette(): Palette {
  theme();
  const result = {} as Palette;
  for (const [name, property] of Object.entries(properties)) result[name as keyof Palette] = themeColour(property);
  result.font = `12px ${result.font}`;
  return result;
}

/** Gives a canvas as many pixels as the screen has, scaled to CSS px; null while it has no size. */
export function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  if (width <= 0 || height <= 0) return null;
  const scale = Math.min(3, devicePixelRatio || 1);
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  const context = canvas.getContext("2d");
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}

export interface Size { width: number; height: number }

/** The size of an element, in CSS px, as it changes. */
export function sizeOf(element: HTMLElement): Readable<Size> {
  const size = signal<Size>({ width: 0, height: 0 }, (a, b) => a.width === b.width && a.height === b.height);
  const watch = new ResizeObserver(([entry]) => {
    if (entry) size.set({ width: Math.round(entry.contentRect.width), height: Math.round(entry.contentRect.height) });
  });
  watch.observe(element);
  onDispose(() => watch.disconnect());
  return size;
}
