import { onDispose, signal, type Readable } from "../../ui/signal";
import type { Ink } from "./spec";

/** Colours of the page as a canvas needs them: resolved from the custom properties that the style sheets define. */
export type Palette = Record<Ink | "paper" | "grid" | "axis" | "selected" | "font", string>;

const properties: Record<Exclude<keyof Palette, "font">, string> = {
  series: "--plot-series", second: "--plot-second", third: "--plot-third", muted: "--plot-muted",
  faint: "--plot-faint", good: "--plot-good", warn: "--plot-warn", bad: "--plot-bad", ink: "--plot-ink",
  paper: "--plot-paper", grid: "--plot-grid", axis: "--plot-axis", selected: "--plot-selected",
};

export function palette(of: HTMLElement): Palette {
  const style = getComputedStyle(of);
  const result = { font: `12px ${style.fontFamily}` } as Palette;
  for (const [name, property] of Object.entries(properties)) {
    // A probe, not the property: only a used colour has var() and light-dark() resolved.
    result[name as Ink] = resolved(of, property);
  }
  return result;
}

const cache = new Map<string, string>();

function resolved(of: HTMLElement, property: string): string {
  const known = cache.get(property);
  if (known !== undefined) return known;
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.setProperty("color", `var(${property})`);
  (of.parentElement ?? document.body).append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  cache.set(property, colour);
  return colour;
}

const changes = signal(0);

/** Read in an effect that paints: it then paints anew when light turns dark. */
export const themed: Readable<number> = changes;

function changed(): void {
  cache.clear();
  changes.update((n) => n + 1);
}

if (typeof matchMedia !== "undefined") {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  matchMedia("(prefers-contrast: more)").addEventListener("change", changed);
  new MutationObserver(changed).observe(document.documentElement, { attributes: true });
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
