import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventKind, JournalEvent } from "../src/api/types";
import { counts, everything, filtered, nextMoment, sequenceAt, slice } from "../src/views/journal/filter";
import { summary } from "../src/views/journal/summary";

const event = (sequence: number, kind: EventKind, fields: Record<string, unknown> = {}): JournalEvent =>
  ({ sequence, time: new Date(sequence * 1000).toISOString(), kind, event: fields });

const some = [
  event(1, "experiment-started", { name: "nano" }),
  event(2, "point-planned", { point: 7, basis: { pending: [6] } }),
  event(3, "point-scalarized", { point: 7, scalar: { value: 1.5, standardError: 0.25, quality: "good" } }),
  event(4, "training-failed", { reason: "No convergence" }),
];

test("kinds, text and point narrow the events together", () => {
  const by = (over: object) => filtered(some, { ...everything, ...over }).map((e) => e.sequence);
  assert.deepEqual(by({}), [1, 2, 3, 4]);
  assert.deepEqual(by({ groups: new Set(["Plans", "Scalars"]) }), [2, 3]);
  assert.deepEqual(by({ text: "CONVERGENCE" }), [4]);
  assert.deepEqual(by({ text: "standardError" }), [], "names of fields are no text");
  assert.deepEqual(by({ point: 7 }), [2, 3]);
  assert.deepEqual(by({ point: 6 }), [2]);
  assert.deepEqual(by({ point: 7, text: "1.5" }), [3]);
});

test("a failed training counts as a model's and as a fault", () => {
  assert.equal(counts(some).get("Models"), 1);
  assert.equal(counts(some).get("Faults"), 1);
  assert.equal(counts(some).get("Holds"), 0);
});

test("only the lines in sight are made, and the space of the others stays", () => {
  const s = slice(100_000, 28, 28 * 5_000, 560, 8);
  assert.equal(s.first, 4_992);
  assert.equal(s.count, 36);
  assert.equal(s.beforePx + s.count * 28 + s.afterPx, 2_800_000);
  assert.deepEqual(slice(3, 28, 900, 560), { first: 0, count: 3, beforePx: 0, afterPx: 0 });
});

test("a time leads to the last event up to it", () => {
  assert.equal(sequenceAt(some, 2_500), 2);
  assert.equal(sequenceAt(some, 3_000), 3);
  assert.equal(sequenceAt(some, 10), 0);
  assert.equal(sequenceAt(some, 1e9), 4);
});

test("the player steps over what changes nothing that is seen", () => {
  assert.equal(nextMoment(some, 1, true), 3);
  assert.equal(nextMoment(some, 3, true), null);
  assert.equal(nextMoment(some, 4, false), 3);
  assert.equal(nextMoment(some, 3, false), null);
});

test("an event is told in a few words, also one that is not known", () => {
  assert.equal(summary(some[2]!), "1.5 ± 0.25");
  assert.equal(summary(event(9, "point-scalarized", { scalar: { value: "NaN", quality: "bad", reason: "no peak" } })),
    "NaN ± none, bad: no peak");
  const at = (x: number, y: number) => ({ x: { value: x }, y: { value: y } });
  assert.equal(
    summary(event(9, "stage-moved", {
      asked: at(1200, -400), found: at(12.5, 0), readBack: at(1203.5, -400), took: "00:00:04.5000000",
    })),
    "from (12.5, 0) to (1204, −400) nm, in 4.5\u202fs");
  assert.equal(summary(event(9, "stage-confirmed", { asked: at(5, 5), readBack: at(5.25, 5) })),
    "found at (5.25, 5) nm, not moved");
  assert.equal(summary(event(9, "run-paused", { by: "Ada", reason: "nitrogen" })), "Ada: nitrogen");
  const area = { rows: [1, 5], columns: [2, 3] };
  assert.equal(summary(event(9, "region-excluded", { by: "Ada", reason: "dirt", area })),
    "rows 1 to 4, columns 2 to 2, by Ada: dirt");
  assert.equal(summary(event(9, "run-paused", { by: "Ada", reason: "", kind: "hard" })), "Ada, blanked at once");
  assert.equal(summary(event(9, "brand-new" as EventKind, { size: 3, deep: { a: 1 } })), "size 3");
});
