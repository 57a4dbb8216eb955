import assert from "node:assert/strict";
import { test } from "node:test";
import type { ScalarizerPreview } from "../src/api/types";
import { axisLabel, compact } from "../src/views/format/numbers";
import { agreement, changes, compared, standardDifference } from "../src/views/physics/changes";
import { extent, ticks } from "../src/views/plot/ticks";

const preview = (pairs: [number | null, number | null][]): ScalarizerPreview => ({
  scalarLabel: "x", scalarUnit: "", points: pairs.map(([now, then], i) => ({ point: i + 1, row: i, column: i, now, then,
    error: null, quality: then === null ? "bad" : "good", remark: null })) });

test("changes tell keys that came, went or differ", () => {
  assert.deepEqual(changes({ kind: "band-mean", window: "1" }, { kind: "peak-position", position: "parabola" }), [
    { key: "kind", before: "band-mean", after: "peak-position" },
    { key: "position", before: null, after: "parabola" },
    { key: "window", before: "1", after: null },
  ]);
});

test("a scalarizer in another unit that orders points alike tells the same story", () => {
  const p = preview([[1, 100], [2, 200], [3, 300], [4, null], [null, 5]]);
  const a = agreement(p);
  assert.equal(a.count, 3);
  assert.ok(Math.abs(a.correlation - 1) < 1e-12);
  assert.deepEqual([a.lost, a.gained], [1, 1]);
  for (const d of standardDifference(compared(p))) assert.ok(Math.abs(d) < 1e-12);
});

test("a point that moves among the others stands out", () => {
  const moved = standardDifference(compared(preview([[1, 1], [2, 2], [3, 3], [4, 0]])));
  assert.equal(moved.indexOf(Math.min(...moved)), 3);
});

test("a constant scalar has no correlation and no standing", () => {
  const p = preview([[1, 7], [2, 7], [3, 7]]);
  assert.ok(Number.isNaN(agreement(p).correlation));
  assert.ok(standardDifference(compared(p)).every(Number.isFinite));
});

test("numbers are written as people read them", () => {
  assert.equal(compact(-0.0001234), "−1.23×10⁻⁴");
  assert.equal(compact(99.860001), "99.86");
  assert.equal(compact(null), "–");
  assert.equal(axisLabel("Counts", ""), "Counts");
});

test("axes have round places and room for a single value", () => {
  assert.deepEqual(ticks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(ticks(0, 0, 5), []);
  assert.deepEqual(extent([]), [0, 1]);
  const [low, high] = extent([5]);
  assert.ok(low < 5 && high > 5);
});
