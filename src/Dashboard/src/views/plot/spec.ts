/** What a chart shows. Colours are names of the palette, so that light and dark follow the page. */

export type Ink = "series" | "second" | "third" | "muted" | "faint" | "good" | "warn" | "bad" | "beam" | "ink";

export interface Axis {
  label: string;
  /** Both ends; from the data where left out. */
  range?: [number, number];
  /** Whole numbers only, such as points. */
  whole?: boolean;
  format?: (x: number) => string;
  /** Instead of computed places. */
  at?: readonly number[];
}

export interface Dots {
  kind: "dots";
  x: readonly number[];
  y: readonly number[];
  ink: Ink;
  radius?: number;
  /** Half lengths of the error bars, upright. */
  errors?: readonly number[];
  hollow?: boolean;
  /** Per dot, as a CSS colour, instead of the ink. */
  colours?: readonly string[];
}

export type Layer =
  | Dots
  | { kind: "line"; x: readonly number[]; y: readonly number[]; ink: Ink; width?: number; dashed?: boolean;
      /** Steps to the next value at its place instead of a slope. */
      stepped?: boolean }
  | { kind: "band"; x: readonly number[]; low: readonly number[]; high: readonly number[]; ink: Ink }
  | { kind: "bars"; from: readonly number[]; to: readonly number[]; y: readonly number[]; ink: Ink }
  | { kind: "rule"; y: number; ink: Ink; dashed?: boolean };

/** A place on the chart that can be pointed at, stepped to by arrow keys, and opened. */
export interface Mark {
  x: number;
  y: number;
  /** What the line below the chart says of it. */
  text: string;
  /** Point that opens; null where nothing does. */
  point: number | null;
}

export interface Chart {
  x: Axis;
  y: Axis;
  /** Whether a unit is as long across as upright: places, not curves. The ranges then grow to fill the room. */
  sameScale?: boolean;
  layers: readonly Layer[];
  marks?: readonly Mark[];
  /** What is told while nothing is pointed at: the chart in one sentence, also to a screen reader. */
  caption: string;
  legend?: readonly { label: string; ink: Ink; shape: "line" | "dashed" | "dot" | "band" | "hollow" }[];
  /** Points that are selected elsewhere on the page. */
  selected?: ReadonlySet<number>;
}
