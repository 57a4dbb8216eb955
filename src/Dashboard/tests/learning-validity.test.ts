import assert from "node:assert/strict";
import { test } from "node:test";
import type { Learning, Model, Point } from "../src/api/types";
import { comparable, courseSince, lastChange } from "../src/views/learning/validity";

const model = (version: number, sequence: number, observations: number): Model =>
  ({ version, observations, tookS: 1, loss: null, epochs: 1, trainer: null, fallback: null, sequence, time: "" });
const point = (id: number, version: number): Point => ({ id, model: version, predicted: 5, deviation: 1 } as Point);
const models = [model(1, 10, 10), model(2, 20, 12), model(3, 40, 12), model(4, 50, 13)];

test("predictions made of another scalarizer's numbers are not judged", () => {
  const kept = comparable([point(1, 2), point(2, 3), point(3, 4)], models, 30);
  assert.deepEqual(kept.map((p) => p.predicted), [null, 5, 5]);
  assert.deepEqual(comparable([point(1, 2)], models, 0).map((p) => p.predicted), [5]);
});

test("a past moment before the change knows nothing of it", () => {
  assert.equal(lastChange([30, 70], 29), 0);
  assert.equal(lastChange([30, 70], 60), 30);
  assert.equal(lastChange([30, 70], 70), 70);
});

test("the course begins anew with the scalarizer, also where observations repeat", () => {
  const step = (observations: number, rmse: number) => ({ observations, meanDeviation: null, rmse, nlpd: null,
    rSquared: null, coverage68: null, coverage95: null });
  const learning: Learning = { steps: [step(10, 1), step(12, 2), step(12, 3), step(13, 4)] };
  assert.deepEqual(courseSince(learning, models, 30)?.steps.map((s) => s.rmse), [3, 4]);
  assert.deepEqual(courseSince(learning, models, 0)?.steps.map((s) => s.rmse), [1, 2, 3, 4]);
  assert.deepEqual(courseSince(learning, models, 60)?.steps, []);
  assert.equal(courseSince(null, models, 0), null);
});
