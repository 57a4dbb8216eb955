/** A short stretch of time: what a pipeline does lies between microseconds and minutes. */
export function brief(s: number): string {
  if (!Number.isFinite(s)) return "–";
  if (s < 1e-3) return `${Math.round(s * 1e6)}\u202fµs`;
  if (s < 1) return `${Number((s * 1e3).toPrecision(3))}\u202fms`;
  return s < 60 ? `${Number(s.toPrecision(3))}\u202fs` : `${Math.floor(s / 60)}\u202fmin ${Math.floor(s % 60)}\u202fs`;
}
