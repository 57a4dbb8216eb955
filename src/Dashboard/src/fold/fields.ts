/** Reads fields of a journal event, which is the journal's own JSON; there alone a number may be the word "NaN". */

type Fields = Record<string, unknown>;

export function object(of: Fields, name: string): Fields {
  const value = of[name];
  return typeof value === "object" && value !== null ? value as Fields : {};
}

/** Null for none and for what is no number. */
export function number(of: Fields, name: string): number | null {
  const value = of[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function count(of: Fields, name: string): number {
  return number(of, name) ?? 0;
}

export function text(of: Fields, name: string): string | null {
  const value = of[name];
  return typeof value === "string" ? value : null;
}

/** Seconds of a duration as the journal writes it, `[-][d.]hh:mm:ss[.fffffff]`; NaN for what is none. */
export function seconds(duration: unknown): number {
  const parts = typeof duration === "string"
    ? /^(-?)(?:(\d+)\.)?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(duration) : null;
  if (parts === null) return NaN;
  const value = Number(parts[2] ?? 0) * 86_400 + Number(parts[3]) * 3_600 + Number(parts[4]) * 60 + Number(parts[5]);
  return parts[1] === "-" ? -value : value;
}
