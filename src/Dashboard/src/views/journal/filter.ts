import type { EventKind, JournalEvent } from "../../api/types";

/** Kinds by what a person looks for, in the order of the chips. */
export const groups: readonly { name: string; kinds: readonly EventKind[] }[] = [
  { name: "Run", kinds: ["experiment-started", "experiment-continued", "model-transferred", "budget-reached",
    "experiment-completed", "experiment-stopped",
    "experiment-aborted", "experiment-halted", "experiment-interlocked", "experiment-failed"] },
  { name: "Holds", kinds: ["run-paused", "run-resumed"] },
  { name: "Survey", kinds: ["survey-intended", "survey-lost", "survey-recorded", "drift-corrected",
    "stage-moved", "stage-confirmed"] },
  { name: "Plans", kinds: ["point-planned", "neighbour-planned"] },
  { name: "Exposures", kinds: ["exposure-intended", "frame-recorded"] },
  { name: "Scalars", kinds: ["point-scalarized"] },
  { name: "Models", kinds: ["training-sent", "model-trained", "training-failed"] },
  { name: "Faults", kinds: ["exposure-failed", "exposure-outcome-unknown", "point-abandoned", "training-failed",
    "survey-lost", "experiment-failed", "experiment-interlocked"] },
  { name: "Choices", kinds: ["scalarizer-changed", "acquisition-changed", "region-changed", "region-excluded"] },
  { name: "People", kinds: ["note-added", "controller-changed", "run-paused", "run-resumed"] },
];

export interface Filter {
  /** Names of groups; all kinds where none is chosen. */
  groups: ReadonlySet<string>;
  text: string;
  point: number | null;
}

export const everything: Filter = { groups: new Set(), text: "", point: null };

/** The events that pass, in their order. */
export function filtered(events: readonly JournalEvent[], filter: Filter): JournalEvent[] {
  const kinds = new Set<EventKind>(groups.filter((g) => filter.groups.has(g.name)).flatMap((g) => g.kinds));
  const text = filter.text.trim().toLowerCase();
  return events.filter((e) =>
    (kinds.size === 0 || kinds.has(e.kind))
    && (filter.point === null || concerns(e, filter.point))
    && (text === "" || e.kind.includes(text) || textOf(e).includes(text)));
}

/** Made once an event: a journal of a day is looked through with each letter that is typed. */
const texts = new WeakMap<JournalEvent, string>();

function textOf(e: JournalEvent): string {
  let text = texts.get(e);
  if (text === undefined) {
    text = leaves(e.event).join("\n").toLowerCase();
    texts.set(e, text);
  }
  return text;
}

/** What an event says without the names of its fields: "note" is a field of each training. */
function leaves(value: unknown): string[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [String(value)];
}

function concerns(e: JournalEvent, point: number): boolean {
  const pending = (e.event.basis as { pending?: unknown } | undefined)?.pending;
  return e.event.point === point || e.event.centre === point || (Array.isArray(pending) && pending.includes(point));
}

/** How many events each group holds. */
export function counts(events: readonly JournalEvent[]): Map<string, number> {
  const perKind = new Map<EventKind, number>();
  for (const e of events) perKind.set(e.kind, (perKind.get(e.kind) ?? 0) + 1);
  return new Map(groups.map((g) => [g.name, g.kinds.reduce((sum, k) => sum + (perKind.get(k) ?? 0), 0)]));
}

export interface Slice { first: number; count: number; beforePx: number; afterPx: number }

/** Which lines of a long list are seen, with a few more on either side so that scrolling shows no gap. */
export function slice(total: number, linePx: number, scrollPx: number, heightPx: number, spare = 8): Slice {
  const first = Math.max(0, Math.min(total, Math.floor(scrollPx / linePx)) - spare);
  const count = Math.min(total - first, Math.ceil(heightPx / linePx) + 2 * spare);
  return { first, count, beforePx: first * linePx, afterPx: (total - first - count) * linePx };
}

/** Number of the last event at or before a time, for a slider over time; 0 for none. */
export function sequenceAt(events: readonly JournalEvent[], timeMs: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Date.parse(events[middle]!.time) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : events[low - 1]!.sequence;
}

/** Moments at which something changed that a person sees: what the player steps over. */
const visible: ReadonlySet<EventKind> = new Set<EventKind>([
  "survey-recorded", "point-scalarized", "point-abandoned", "model-trained", "scalarizer-changed",
  "acquisition-changed", "region-changed", "region-excluded", "run-paused", "run-resumed", "drift-corrected"]);

/** The next moment worth seeing after (or before) one, or null at the end. */
export function nextMoment(events: readonly JournalEvent[], sequence: number, forward: boolean): number | null {
  if (forward) return events.find((e) => e.sequence > sequence && visible.has(e.kind))?.sequence ?? null;
  for (let i = events.length - 1; i >= 0; i--) {
    const e = events[i]!;
    if (e.sequence < sequence && visible.has(e.kind)) return e.sequence;
  }
  return null;
}
