import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventKind, JournalEvent, Snapshot } from "../src/api/types";
import { fold } from "../src/fold/fold";
import { seconds } from "../src/fold/fields";
import { continuity } from "../src/fold/sequence";

const empty = {
  sequence: 0, time: null, state: "new", reason: null, points: [], models: [], notes: [],
  choices: {}, dose: { electrons: 0, limitElectrons: null, highestPixel: 0, limitPerPixel: null },
  frames: 0, looks: [],
} as unknown as Snapshot;

function journal(...events: [EventKind, Record<string, unknown>][]): JournalEvent[] {
  return events.map(([kind, event], index) =>
    ({ sequence: index + 1, time: `2026-01-01T00:00:0${index}Z`, kind, event }));
}

const target = { row: 3, column: 4 };
const planned: [EventKind, Record<string, unknown>] = ["point-planned", {
  point: 7, target, took: "00:00:00.01",
  basis: { reason: "acquisition", modelVersion: 2, score: 1.5, predictedMean: 10, predictedDeviation: "NaN" },
}];
const recorded: [EventKind, Record<string, unknown>] = ["frame-recorded", {
  point: 7, attempt: 2, patch: { row: 3, column: 5 }, chargedElectrons: 200,
}];

test("a point goes from planned to scalarized, with what each attempt has cost", () => {
  const after = fold(empty, journal(planned,
    ["exposure-intended", { point: 7, attempt: 1 }],
    ["exposure-failed", { point: 7, attempt: 1, reason: "late", chargedElectrons: 100 }],
    ["exposure-intended", { point: 7, attempt: 2 }], recorded,
    ["point-scalarized", { point: 7, scalar: { value: 11, standardError: 2, quality: "suspect", reason: "few" } }]));
  const point = after.points[0]!;
  assert.equal(point.stage, "scalarized");
  assert.equal(point.electrons, 300);
  assert.equal(point.attempts, 2);
  assert.deepEqual([point.value, point.error, point.quality, point.remark], [11, 2, "suspect", "few"]);
  assert.deepEqual([point.predicted, point.deviation], [10, null]);
  assert.deepEqual([point.patchRow, point.patchColumn], [3, 5]);
  assert.equal(after.dose.electrons, 300);
  assert.equal(after.sequence, 6);
});

test("a scalar that is no number is none", () => {
  const after = fold(empty, journal(planned, recorded,
    ["point-scalarized",
      { point: 7, scalar: { value: "NaN", standardError: "NaN", quality: "bad", reason: "empty" } }]));
  assert.equal(after.points[0]!.value, null);
  assert.equal(after.points[0]!.quality, "bad");
});

test("folding leaves the old snapshot as it was, and unchanged points the same objects", () => {
  const before = fold(empty, journal(planned, ["point-planned", { ...planned[1], point: 8 }]));
  const after = fold(before, [{ sequence: 3, time: "2026-01-01T00:01:00Z", kind: recorded[0], event: recorded[1] }]);
  assert.equal(before.points[0]!.stage, "planned");
  assert.equal(after.points[0]!.stage, "recorded");
  assert.equal(after.points[1], before.points[1]);
});

test("folding event by event gives what folding all at once gives", () => {
  const events = journal(["experiment-started", {}], ["survey-recorded", { chargedElectrons: 5 }], planned, recorded,
    ["model-trained", { version: 1, observations: 1, took: "00:00:02", report: { loss: 0.5, epochs: 9 } }],
    ["run-paused", { by: "Ada", reason: "tea" }], ["note-added", { by: "Ada", text: "drift", at: target }]);
  const all = fold(empty, events);
  const single = events.reduce((snapshot, event) => fold(snapshot, [event]), empty);
  assert.deepEqual(single, all);
  assert.equal(all.state, "paused");
  assert.equal(all.models[0]!.tookS, 2);
  assert.deepEqual([all.notes[0]!.row, all.notes[0]!.column], [3, 4]);
});

test("with another scalarizer all scalars are void until theirs follow", () => {
  const scalar = { value: 11, standardError: 2, quality: "good", reason: null };
  const events = journal(planned, recorded, ["point-scalarized", { point: 7, scalar }],
    ["scalarizer-changed", { by: "Ada", reason: "", keys: {}, identity: "other/1" }],
    ["point-scalarized", { point: 7, scalar: { ...scalar, value: 3 } }]);
  const between = fold(empty, events.slice(0, 4)).points[0]!;
  assert.deepEqual([between.stage, between.value, between.quality], ["recorded", null, null]);
  assert.equal(fold(empty, events).points[0]!.value, 3);
  assert.equal(fold(empty, events).points[0]!.predicted, null);
});

test("a run that is continued goes on measuring where there are points, also in one batch with them", () => {
  const again: [EventKind, Record<string, unknown>] = ["experiment-continued", { epoch: 2 }];
  const stopped: [EventKind, Record<string, unknown>] = ["experiment-stopped", { by: "Ada", reason: "lunch" }];
  assert.equal(fold(empty, journal(["survey-recorded", {}], planned, stopped, again)).state, "running");
  assert.equal(fold(empty, journal(["experiment-started", {}], stopped, again)).state, "preparing");
});

test("a gap and a duplicate are told apart from going on", () => {
  const [first, second, third] = journal(planned, planned, planned) as [JournalEvent, JournalEvent, JournalEvent];
  assert.equal(continuity(0, [first, second, third]), "ok");
  assert.equal(continuity(0, [first, third]), "gap");
  assert.equal(continuity(1, [third]), "gap");
  assert.equal(continuity(1, [first]), "duplicate");
  assert.equal(continuity(0, [first, first]), "duplicate");
  assert.equal(continuity(5, []), "ok");
});

test("durations read as the journal writes them", () => {
  assert.equal(seconds("00:00:00.1028660"), 0.102866);
  assert.equal(seconds("1.02:03:04"), 93_784);
  assert.equal(seconds("-00:00:01.5"), -1.5);
  assert.ok(Number.isNaN(seconds(undefined)));
  assert.ok(Number.isNaN(seconds("soon")));
});
