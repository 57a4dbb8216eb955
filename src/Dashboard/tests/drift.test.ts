import assert from "node:assert/strict";
import { test } from "node:test";
import type { Drift, EventKind, ExperimentStatus, JournalEvent, Look, Snapshot } from "../src/api/types";
import { fold } from "../src/fold/fold";
import { summary } from "../src/views/journal/summary";
import { moved, path, quality, rate } from "../src/views/drift/charts";
import { heldByDrift } from "../src/views/drift/shift";
import { frame } from "../src/views/plot/frame";
import type { Chart, Layer } from "../src/views/plot/spec";

const empty = { sequence: 0, time: null, state: "new", reason: null, points: [], models: [], notes: [], choices: {},
  dose: { electrons: 0, limitElectrons: null, highestPixel: 0, limitPerPixel: null }, frames: 0,
  looks: [] } as unknown as Snapshot;

const journal = (...events: [EventKind, Record<string, unknown>][]): JournalEvent[] => events.map(([kind, event], i) =>
  ({ sequence: i + 1, time: `2026-01-01T00:00:0${i}Z`, kind, event }));

const looked = (rows: number, columns: number, over: object = {}): [EventKind, Record<string, unknown>] =>
  ["drift-corrected", { shift: { rows, columns }, quality: 0.97, since: null, ratePerMinute: null, chargedElectrons: 5,
    ...over }];

const look = (frames: number, rows: number, columns: number, over: Partial<Look> = {}): Look => ({ sequence: frames,
  time: "2026-01-01T00:00:00Z", frames, shift: { rows, columns }, quality: 0.97, ratePerMinute: null, rejected: null,
  ...over });

const settings: Drift = { shift: { rows: 0, columns: 0 }, ratePerMinute: null, correction: { rows: 0, columns: 0 },
  largestShiftPx: 16, largestRatePxPerMinute: 2, leastQuality: 0.9, everyFrames: 10, everyS: null, framesSince: 0,
  lookedAt: null, looks: 0, rejected: 0, lost: 0, electrons: 0 };

const lines = (chart: Chart): Extract<Layer, { kind: "line" }>[] =>
  chart.layers.filter((layer) => layer.kind === "line") as Extract<Layer, { kind: "line" }>[];

test("looks are folded in order with the frames recorded before them, and charged", () => {
  const rejected = "The quality of the match is 0.41; the least that is trusted is 0.9.";
  const after = fold(empty, journal(["frame-recorded", { point: 1 }], ["frame-recorded", { point: 2 }],
    looked(1.25, -0.5, { ratePerMinute: { rows: 3, columns: 4 } }), ["frame-recorded", { point: 3 }],
    looked(9, 9, { quality: 0.41, rejected })));
  assert.equal(after.frames, 3);
  assert.deepEqual(after.looks.map((l) => [l.sequence, l.frames, l.quality]), [[3, 2, 0.97], [5, 3, 0.41]]);
  assert.deepEqual(after.looks[0]!.shift, { rows: 1.25, columns: -0.5 });
  assert.deepEqual(after.looks[0]!.ratePerMinute, { rows: 3, columns: 4 });
  assert.deepEqual([after.looks[0]!.rejected, after.looks[1]!.rejected], [null, rejected]);
  assert.equal(after.dose.electrons, 10);
  assert.equal(empty.looks.length, 0);
});

test("the path begins at the first image and leaves out what is not trusted, which is marked by itself", () => {
  const looks = [look(10, 1, -2), look(20, 12, 12, { rejected: "too little in common" }), look(30, 2, -3)];
  const chart = path(looks, settings, { rows: 2.5, columns: -3.5 })!;
  const walked = lines(chart).find((line) => line.ink === "series")!;
  assert.deepEqual([walked.x, walked.y.map((y) => y + 0)], [[0, -2, -3], [0, -1, -2]]);
  const doubtful = chart.layers.find((layer) => layer.kind === "dots" && layer.ink === "bad");
  assert.deepEqual(doubtful?.kind === "dots" ? [doubtful.x, doubtful.y] : null, [[12], [-12]]);
  assert.equal(chart.marks!.length, 3);
  assert.match(chart.marks![1]!.text, /Not trusted: too little in common/);
  assert.match(chart.caption, /\(\+2\.00, −3\.00\)/);
});

test("the limit is drawn once it is near, and then lies in sight as a circle", () => {
  const far = path([look(10, 1, 0)], settings, null)!;
  assert.equal(lines(far).length, 1);
  const close = path([look(10, 9, 0)], settings, null)!;
  const circle = lines(close).find((line) => line.dashed)!;
  for (const [i, x] of circle.x.entries()) assert.ok(Math.abs(Math.hypot(x, circle.y[i]!) - 16) < 1e-9);
  const f = frame(close, 500, 190);
  const [acrossPx, uprightPx] = [f.toX(16) - f.toX(-16), f.toY(-16) - f.toY(16)];
  assert.ok(Math.abs(acrossPx - uprightPx) < 1e-6, "a circle is round");
  assert.ok(f.toY(16) >= f.top && f.toY(-16) <= f.top + f.height);
});

test("rows and columns, quality and rate are told over the frames", () => {
  const looks = [look(10, 1, -2), look(20, 3, -4, { ratePerMinute: { rows: 3, columns: 4 } }),
    look(30, 0, 0, { quality: 0.2, rejected: "no" })];
  assert.deepEqual(lines(moved(looks, settings, 33)!).map((line) => line.y), [[0, 1, 3], [0, -2, -4]]);
  assert.ok(moved(looks, settings, 33)!.x.range![1] > 33);
  assert.ok(quality(looks, settings, 33)!.layers.some((l) => l.kind === "rule" && l.y === 0.9));
  assert.ok(quality(looks, settings, 33)!.y.range![0] < 0.2);
  const fast = rate(looks, settings, 33)!;
  assert.deepEqual(lines(fast)[0]!.y, [5]);
  assert.ok(fast.layers.some((l) => l.kind === "rule" && l.y === 2));
});

test("before the first look there is nothing to show, and no rate before the second", () => {
  assert.deepEqual([path([], settings, null), moved([], settings, 5), quality([], settings, 5), rate([], settings, 5)],
    [null, null, null, null]);
  assert.equal(rate([look(10, 1, 1)], settings, 12), null);
});

test("only the drift's own hold is told as such", () => {
  const status = (...holds: { by: string; reason: string }[]): ExperimentStatus =>
    ({ holds } as unknown as ExperimentStatus);
  assert.equal(heldByDrift(status({ by: "Ada", reason: "tea" })), null);
  const both = status({ by: "Ada", reason: "tea" }, { by: "drift", reason: "too far" });
  assert.equal(heldByDrift(both)?.reason, "too far");
  assert.equal(heldByDrift(null), null);
});

test("the journal says what a look found", () => {
  const [good, bad] = journal(looked(1.25, -0.5, { ratePerMinute: { rows: 3, columns: 4 } }),
    looked(9, 9, { quality: 0.41, rejected: "too little in common" }));
  assert.equal(summary(good!), "moved by (+1.25, −0.50) px, quality 0.97, 5 px/min");
  assert.equal(summary(bad!), "not trusted, moved by (+9.00, +9.00) px, quality 0.41: too little in common");
});
