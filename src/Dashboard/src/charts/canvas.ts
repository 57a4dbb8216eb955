import { onDispose } from "../ui/signal";

export interface Surface {
  canvas: HTMLCanvasElement;
  /** Scaled so that one unit is one CSS pixel. */
  context: CanvasRenderingContext2D;
  /** In CSS pixels; 0 while it is not shown. */
  width: number;
  height: number;
}

/**
 * A canvas that fills `host` (which must be positioned) and is sharp on any screen. `draw` runs in an animation
 * frame after a change of size, or after `request`.
 */
export function surface(host: HTMLElement, draw: (surface: Surface) => void): { surface: Surface; request(): void } {
  const canvas = document.createElement("canvas");
  canvas.className = "surface";
  host.append(canvas);
  const self: Surface = { canvas, context: canvas.getContext("2d")!, width: 0, height: 0 };
  let waiting = 0;
  const request = () => {
    if (waiting === 0) waiting = requestAnimationFrame(() => {
      waiting = 0;
      if (self.width > 0 && self.height > 0) draw(self);
    });
  };
  const resize = () => {
    const { width, height } = host.getBoundingClientRect();
    const ratio = devicePixelRatio || 1;
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    self.width = width;
    self.height = height;
    if (canvas.width !== across || canvas.height !== down) {
      canvas.width = across;
      canvas.height = down;
      self.context.setTransform(ratio, 0, 0, ratio, 0, 0);
      // Drawn at once: a canvas that changed its size is empty, and would flicker for a frame.
      if (width > 0 && height > 0) draw(self);
    }
  };
  const observer = new ResizeObserver(resize);
  observer.observe(host);
  onDispose(() => {
    observer.disconnect();
    cancelAnimationFrame(waiting);
  });
  return { surface: self, request };
}

/** Value of a theme variable, for drawing. */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
