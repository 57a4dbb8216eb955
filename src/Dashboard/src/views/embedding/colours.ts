/**
 * Colours of values. The stops are those of matplotlib's viridis (CC0) at eighths, between which RGB is interpolated:
 * of even lightness steps, and readable with any colour vision.
 */
const viridis = [[68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129],
  [92, 200, 99], [170, 220, 50], [253, 231, 37]] as const;

/** Colour at a share of the scale, 0 to 1. */
export function viridisAt(share: number): string {
  return at(viridis, share);
}

/** From blue by grey to red, for differences; the middle is grey so that it shows on light and on dark. */
const diverging = [[33, 102, 172], [103, 154, 198], [150, 150, 150], [214, 118, 96], [178, 24, 43]] as const;

/** Colour of a signed share, -1 to 1. */
export function differenceAt(share: number): string {
  return at(diverging, (share + 1) / 2);
}

function at(stops: readonly (readonly [number, number, number])[], share: number): string {
  const place = Math.max(0, Math.min(1, Number.isFinite(share) ? share : 0)) * (stops.length - 1);
  const i = Math.min(stops.length - 2, Math.floor(place));
  const part = place - i;
  const [a, b] = [stops[i]!, stops[i + 1]!];
  return `rgb(${a.map((v, k) => Math.round(v + part * (b[k]! - v))).join(" ")})`;
}
