/** Seconds of a duration as the journal writes them: "hh:mm:ss.fffffff", with days before a point; NaN for others. */
export function seconds(text: unknown): number {
  if (typeof text !== "string") return NaN;
  const match = /^(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text);
  if (match === null) return NaN;
  const [, minus, days, hours, minutes, rest] = match;
  const sum = Number(days ?? 0) * 86400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  return minus === "-" ? -sum : sum;
}
