import { superscript } from "../../ui/format";

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

/** A label with its unit, as on an axis. */
export const axisLabel = (label: string, unit: string): string => (unit === "" ? label : `${label} (${unit})`);
