import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../src/api/types";
import { bestSoFar, goalOf, pace } from "../src/views/learning/progress";

const at = (id: number, value: number | null, second = id, over: Partial<Point> = {}): Point => ({
  id, row: 0, column: 0, stage: "scalarized", rule: "seed", centre: null, model: 0, score: null, predicted: null,
  deviation: null, value, error: null, quality: "good", remark: null, patchRow: null, patchColumn: null, electrons: 0,
  attempts: 1, time: new Date(second * 1000).toISOString(), ...over });

test("the best so far follows the goal of the planner", () => {
  const points = [at(2, 5), at(1, 3), at(3, 4), at(4, 9, 4, { quality: "bad" })];
  assert.deepEqual(bestSoFar(points, goalOf({})).map((s) => s.best), [3, 5, 5]);
  assert.deepEqual(bestSoFar(points, goalOf({ goal: "minimise" })).map((s) => s.best), [3, 3, 3]);
  assert.deepEqual(bestSoFar(points, goalOf({ goal: "hit", target: "3.9 .. 4.2" })).map((s) => s.best), [3, 5, 4]);
  assert.deepEqual(bestSoFar(points, goalOf({ goal: "hit", target: "5" })).map((s) => s.improved),
    [true, true, false]);
});

test("the pace leaves a pause out", () => {
  const steady = Array.from({ length: 6 }, (_, i) => at(i + 1, 1, 10 * i));
  const afterPause = Array.from({ length: 3 }, (_, i) => at(i + 7, 1, 5_000 + 10 * i));
  const found = pace([...steady, ...afterPause]);
  assert.equal(found.length, 7);
  for (const p of found) assert.ok(Math.abs(p.perHour - 360) < 1e-9);
});

test("one point has no pace", () => assert.deepEqual(pace([at(1, 1)]), []));
