/** Seconds of a duration as the journal writes them: "hh:mm:ss.fffffff", with days before a point; NaN for others. */
export function seconds(text: unknown): number {
  if (typeof text !== "string") return NaN;
  const match = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (match === null) return NaN;
  const [, minus, days, hours, minutes, rest] = match;
  const sum = Number(days ?? 0) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  return minus === "-" ? -sum : sum;
}

/** A short stretch of time: what a pipeline does lies between microseconds and minutes. */
export function brief(s: number): string {
  if (!Number.isFinite(s)) return "–";
  if (s < 1e-3) return `${Math.round(s * 1e6)}\u202fµs`;
  if (s < 1) return `${Number((s * 1e3).toPrecision(3))}\u202fms`;
  return s < 60 ? `${Number(s.toPrecision(3))}\u202fs` : `${Math.floor(s / 60)}\u202fmin ${Math.floor(s % 60)}\u202fs`;
}
