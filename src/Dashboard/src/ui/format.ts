/** Numbers for people: few digits, thin spaces between thousands, units where they belong. */

const thin = "\u202f";
const none = "–";

export function integer(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  return Math.round(value).toString().replace(/\B(?=(\d{3})+(?!\d))/g, thin);
}

/** Significant digits, without an exponent in the range that people read at a glance. */
export function significant(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) {
    const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 2)).split("e");
    return `${mantissa}×10${superscript(Number(exponent))}`.replace("-", "−");
  }
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
  return value.toFixed(Math.min(decimals, 8)).replace("-", "−");
}

export function superscript(value: number): string {
  return [...String(value)].map((sign) => sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)]).join("");
}

export function withUnit(text: string, unit: string): string {
  return unit === "" || text === none ? text : `${text}${thin}${unit}`;
}

/** A value with its standard error, to the digits that the error allows: 57.4 ± 1.4. */
export function withError(value: number | null, error: number | null, unit = ""): string {
  if (value === null || error === null || !(error > 0)) return withUnit(significant(value), unit);
  const decimals = Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(error))));
  if (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4) {
    return withUnit(`${significant(value)} ± ${significant(error, 2)}`, unit);
  }
  return withUnit(`${value.toFixed(decimals)} ± ${error.toFixed(decimals)}`.replace("-", "−"), unit);
}

const prefixes: [number, string][] = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]];

/** 4.26 G of anything countable. */
export function large(value: number | null | undefined, digits = 3): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  for (const [size, prefix] of prefixes) {
    if (Math.abs(value) >= size) return `${significant(value / size, digits)}${thin}${prefix}`;
  }
  return significant(value, digits);
}

/** 1 h 05 min, 3 min 20 s, 12 s, 0.8 s. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return none;
  if (seconds < 9.95) return `${seconds.toFixed(1)}${thin}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${thin}s`;
  const pad = (value: number) => String(value).padStart(2, "0");
  if (whole < 3_600) return `${Math.floor(whole / 60)}${thin}min ${pad(whole % 60)}${thin}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)}${thin}h ${pad(minutes % 60)}${thin}min`;
  return `${Math.floor(minutes / 1_440)}${thin}d ${Math.floor(minutes % 1_440 / 60)}${thin}h`;
}

/** With its sign, as a shift has one: +1.25, −0.50. */
export function signed(value: number | null | undefined, decimals = 2): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(decimals)}`;
}

export function percent(share: number | null | undefined, decimals = 0): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return none;
  return `${(share * 100).toFixed(decimals)}${thin}%`;
}

const clock = new Intl.DateTimeFormat("sv-SE",
  { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" });

/** Local time of day; with its date, as ISO 8601 writes it, where that is not today. */
export function time(iso: string | null | undefined, now = new Date()): string {
  if (iso === null || iso === undefined) return none;
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return none;
  const at = clock.format(when);
  return day.format(when) === day.format(now) ? at : `${day.format(when)} ${at}`;
}
