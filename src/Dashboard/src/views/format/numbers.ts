/** Numbers as people read them: four digits, powers of ten only where needed, a real minus sign. */
export function compact(x: number | null | undefined, digits = 4): string {
  if (x === null || x === undefined || !Number.isFinite(x)) return "–";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text = size >= 1e5 || size < 1e-3 ? power(x, digits) : String(Number(x.toPrecision(digits)));
  return text.replace("-", "−");
}

function power(x: number, digits: number): string {
  const [mantissa, exponent] = x.toExponential(Math.max(0, digits - 2)).split("e");
  return `${Number(mantissa)}×10${superscript(Number(exponent))}`;
}

const superscript = (n: number): string => String(n).replace("+", "")
  .replace(/./g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)] ?? c));

/** A length of time with the unit that suits it. */
export function duration(s: number | null | undefined): string {
  if (s === null || s === undefined || !Number.isFinite(s)) return "–";
  if (s < 1e-3) return `${compact(s * 1e6, 2)} µs`;
  if (s < 1) return `${compact(s * 1e3, 3)} ms`;
  if (s < 60) return `${compact(s, 3)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${Math.floor(s % 60)} s`;
  if (s < 48 * 3600) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${compact(s / 86400, 3)} d`;
}

export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined || !Number.isFinite(share) ? "–" : `${Math.round(100 * share)} %`;

/** A label with its unit, as on an axis. */
export const withUnit = (label: string, unit: string): string => (unit === "" ? label : `${label} (${unit})`);
