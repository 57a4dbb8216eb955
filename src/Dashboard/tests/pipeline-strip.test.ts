import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventKind, JournalEvent } from "../src/api/types";
import { brief } from "../src/views/pipeline/durations";
import { bars, overlapS, shares } from "../src/views/pipeline/strip";
import { rows } from "../src/views/pipeline/tree";

let count = 0;
const event = (kind: EventKind, at: number, fields: Record<string, unknown> = {}): JournalEvent =>
  ({ sequence: ++count, time: new Date(at * 1000).toISOString(), kind, event: fields });
const span = (s: number): string => `00:00:${s.toFixed(7).padStart(10, "0")}`;
const frame = (at: number, start: number, point: number): JournalEvent => event("frame-recorded", at, { point, timing: {
  exposureStart: span(start), moved: span(0.5), exposed: span(1), readOut: span(0.25) } });

test("durations of the journal are read with days and fractions", () => {
  assert.equal(brief(0.0000431), "43\u202fµs");
});

test("an exposure lies where its process's clock puts it, not where its event was written", () => {
  // The process began at 100 s. The second frame's event was written a second late.
  const found = bars([event("experiment-started", 100), frame(103.25, 2, 1), frame(106.25, 4, 2)]);
  const exposing = found.filter((b) => b.lane === "expose");
  assert.deepEqual(exposing.map((b) => [b.from, b.to]), [[102, 103], [104, 105]]);
  assert.deepEqual(found.filter((b) => b.lane === "move").map((b) => b.from), [101.5, 103.5]);
  assert.deepEqual(found.filter((b) => b.lane === "read").map((b) => b.to), [103.25, 105.25]);
});

test("a run taken up again begins another clock", () => {
  const found = bars([event("experiment-started", 0), frame(10, 8.75, 1), event("experiment-continued", 500),
    frame(503.25, 2, 2)]);
  assert.deepEqual(found.filter((b) => b.lane === "expose").map((b) => b.from), [8.75, 502]);
});

test("training ends with its event and took as long as that says", () => {
  const [b] = bars([event("model-trained", 50, { version: 3, observations: 9, took: span(4) })]);
  assert.deepEqual([b?.lane, b?.from, b?.to], ["train", 46, 50]);
});

test("a hold goes on until it is resumed or the run ends", () => {
  const open = bars([event("run-paused", 1, { by: "Ada", reason: "nitrogen" })]);
  assert.equal(open[0]?.to, null);
  const over = bars([event("run-paused", 1, { by: "Ada", reason: "x" }), event("experiment-stopped", 5, {})]);
  assert.equal(over[0]?.to, 5);
});

test("the share of a lane counts overlapping stretches once", () => {
  const found = bars([event("model-trained", 10, { took: span(6) }), event("model-trained", 11, { took: span(6) })]);
  assert.equal(shares(found, 0, 20).find((s) => s.lane === "train")?.busyS, 7);
});

test("overlap is the time in which the detector and the learner were both at work", () => {
  const found = bars([event("experiment-started", 0), frame(3.25, 2, 1),
    event("model-trained", 3, { took: span(0.5) }), event("model-trained", 9, { took: span(2) })]);
  assert.equal(overlapS(found, 0, 20), 0.5);
});

test("an actor that dropped messages or is nearly full is in trouble", () => {
  const node = { name: "a", type: "A", state: "running" as const, depth: 0, capacity: 10, stashed: 0, processed: 0,
    dropped: 0, restarts: 0, busyS: null, oldestWaitingS: null, children: [] };
  const all = rows({ ...node, children: [{ ...node, dropped: 1 }, { ...node, depth: 9 }, { ...node, depth: 5 }] });
  assert.deepEqual(all.map((r) => r.trouble), ["none", "bad", "bad", "busy"]);
  assert.deepEqual(all.map((r) => r.depth), [0, 1, 1, 1]);
});
