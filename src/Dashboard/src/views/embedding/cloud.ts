/** Places and where the network puts them: rows of row, column, x, y, as GET embedding answers. */
export interface Cloud {
  count: number;
  rows: Float32Array;
  columns: Float32Array;
  x: Float32Array;
  y: Float32Array;
  /** Index of a place by its row and column. */
  at: Map<string, number>;
}

export const placeKey = (row: number, column: number): string => `${row},${column}`;

/** Takes the answer apart; a place without a position (NaN) is left out. */
export function cloud(values: Float32Array): Cloud {
  const count = Math.floor(values.length / 4);
  const result: Cloud = {
    count: 0, rows: new Float32Array(count), columns: new Float32Array(count),
    x: new Float32Array(count), y: new Float32Array(count), at: new Map(),
  };
  for (let i = 0; i < count; i++) {
    const [row, column, x, y] = values.subarray(4 * i, 4 * i + 4) as unknown as [number, number, number, number];
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    const n = result.count++;
    result.rows[n] = row;
    result.columns[n] = column;
    result.x[n] = x;
    result.y[n] = y;
    result.at.set(placeKey(row, column), n);
  }
  return result;
}

/** Which part of the plane a picture shows. Both axes have the same scale: distances are what an embedding means. */
export interface Viewport { centreX: number; centreY: number; unitsPerPx: number }

export function fit(c: Cloud, width: number, height: number, margin = 24): Viewport {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < c.count; i++) {
    left = Math.min(left, c.x[i]!);
    right = Math.max(right, c.x[i]!);
    low = Math.min(low, c.y[i]!);
    high = Math.max(high, c.y[i]!);
  }
  if (c.count === 0) return { centreX: 0, centreY: 0, unitsPerPx: 1 };
  const across = Math.max(1, width - 2 * margin);
  const down = Math.max(1, height - 2 * margin);
  const unitsPerPx = Math.max((right - left) / across, (high - low) / down) || 1e-3;
  return { centreX: (left + right) / 2, centreY: (low + high) / 2, unitsPerPx };
}

export interface Px { x: number; y: number }

export const toPx = (v: Viewport, width: number, height: number, x: number, y: number): Px =>
  ({ x: width / 2 + (x - v.centreX) / v.unitsPerPx, y: height / 2 - (y - v.centreY) / v.unitsPerPx });

export const fromPx = (v: Viewport, width: number, height: number, px: number, py: number): Px =>
  ({ x: v.centreX + (px - width / 2) * v.unitsPerPx, y: v.centreY - (py - height / 2) * v.unitsPerPx });

/** Zoomed by a factor so that what is under a pixel stays there. */
export function zoomed(v: Viewport, width: number, height: number, px: number, py: number, factor: number): Viewport {
  const held = fromPx(v, width, height, px, py);
  const unitsPerPx = v.unitsPerPx / factor;
  return { centreX: held.x - (px - width / 2) * unitsPerPx, centreY: held.y + (py - height / 2) * unitsPerPx,
    unitsPerPx };
}

export const panned = (v: Viewport, dx: number, dy: number): Viewport =>
  ({ ...v, centreX: v.centreX - dx * v.unitsPerPx, centreY: v.centreY + dy * v.unitsPerPx });

/** Whether a point lies within a closed line, by the even-odd rule. */
export function inside(line: readonly Px[], x: number, y: number): boolean {
  let within = false;
  for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
    const a = line[i]!;
    const b = line[j]!;
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) within = !within;
  }
  return within;
}

/** Numbers of the places within a closed line drawn in pixels. */
export function lassoed(c: Cloud, v: Viewport, width: number, height: number, line: readonly Px[]): number[] {
  if (line.length < 3) return [];
  const plane = line.map((p) => fromPx(v, width, height, p.x, p.y));
  const found: number[] = [];
  for (let i = 0; i < c.count; i++) if (inside(plane, c.x[i]!, c.y[i]!)) found.push(i);
  return found;
}

/** Numbers of the places within a circle in the plane: what the keyboard selects with. */
export function around(c: Cloud, x: number, y: number, radius: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < c.count; i++) {
    if ((c.x[i]! - x) ** 2 + (c.y[i]! - y) ** 2 <= radius * radius) found.push(i);
  }
  return found;
}

/** The place nearest to a pixel, none beyond so many of them. */
export function nearest(c: Cloud, v: Viewport, width: number, height: number, px: number, py: number,
  reachPx: number, among?: readonly number[]): number | null {
  const at = fromPx(v, width, height, px, py);
  let best: number | null = null;
  let least = (reachPx * v.unitsPerPx) ** 2;
  const consider = (i: number): void => {
    const d = (c.x[i]! - at.x) ** 2 + (c.y[i]! - at.y) ** 2;
    if (d <= least) {
      least = d;
      best = i;
    }
  };
  if (among !== undefined) among.forEach(consider);
  else for (let i = 0; i < c.count; i++) consider(i);
  return best;
}
