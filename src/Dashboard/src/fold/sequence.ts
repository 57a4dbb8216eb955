import type { JournalEvent } from "../api/types";

export type Continuity = "ok" | "gap" | "duplicate";

/** Whether `events` go on right after event `last`, one by one. */
export function continuity(last: number, events: readonly JournalEvent[]): Continuity {
  let expected = last + 1;
  for (const { sequence } of events) {
    if (sequence > expected) return "gap";
    if (sequence < expected) return "duplicate";
    expected++;
  }
  return "ok";
}
