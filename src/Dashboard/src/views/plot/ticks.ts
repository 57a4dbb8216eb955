/** Places of an axis that people read easily: 1, 2 or 5 times a power of ten, about so many. */
export function ticks(from: number, to: number, about: number): number[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span) || about < 1) return [];
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999) ?? 10 * power;
  const result: number[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
    // Rounded, or 0.30000000000000004 shows.
    result.push(Number((i * step).toPrecision(12)));
  }
  return result;
}

/** From least to greatest of the finite ones with some air; from 0 to 1 where there is none. */
export function extent(values: Iterable<number>, air = 0.06): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const v of values) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  if (low > high) return [0, 1];
  const room = high > low ? (high - low) * air : Math.max(Math.abs(high) * 0.1, 1e-12);
  return [low - room, high + room];
}
