import { lookUp, type Lut } from "./luts";

export type { Lut };

/** Two ends of a colour scale, in the unit of the values. */
export interface Domain { low: number; high: number }

/**
 * From the 2nd to the 98th percentile of the values, so that a few outliers do not take all the colours; null where
 * there is no value.
 */
export function percentileDomain(values: ArrayLike<number>, low = 0.02, high = 0.98): Domain | null {
  // A sample is enough for percentiles of a large map, and sorting a million values ten times a second is not.
  const stride = Math.max(1, Math.floor(values.length / 20_000));
  const finite: number[] = [];
  for (let index = 0; index < values.length; index += stride) {
    const value = values[index]!;
    if (Number.isFinite(value)) finite.push(value);
  }
  if (finite.length === 0) return null;
  finite.sort((a, b) => a - b);
  const at = (share: number) => finite[Math.round(share * (finite.length - 1))]!;
  let [from, to] = [at(low), at(high)];
  if (from === to) [from, to] = [finite[0]!, finite.at(-1)!];
  if (from === to) {
    const half = Math.abs(from) * 0.05 || 0.5;
    [from, to] = [from - half, to + half];
  }
  return { low: from, high: to };
}

/** Opaque ABGR words, 256 of them, from low to high. */
export function lut(name: string): Uint32Array {
  return lookUp(name);
}

/** Where there is no value. */
export const missing = 0xff8c8c8c;

/** Colour of one value as CSS. */
export function cssColour(colours: Uint32Array, domain: Domain, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return "rgb(140 140 140)";
  const word = colours[step(value, domain)]!;
  return `rgb(${word & 255} ${word >> 8 & 255} ${word >> 16 & 255})`;
}

export function step(value: number, { low, high }: Domain): number {
  const scaled = (value - low) / (high - low) * 255.999;
  return scaled < 0 ? 0 : scaled > 255 ? 255 : scaled | 0;
}

/** A map painted once, one canvas pixel a value; NaN grey. Draw it scaled. */
export function paint(
  values: ArrayLike<number>, rows: number, columns: number, colours: Uint32Array, domain: Domain): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d")!;
  const image = context.createImageData(columns, rows);
  const words = new Uint32Array(image.data.buffer);
  const scale = 255.999 / (domain.high - domain.low);
  for (let index = 0; index < words.length; index++) {
    const value = values[index]!;
    if (value !== value) {
      words[index] = missing;
    } else {
      const scaled = (value - domain.low) * scale;
      words[index] = colours[scaled < 0 ? 0 : scaled > 255 ? 255 : scaled | 0]!;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
