import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../src/api/types";
import { coverage, histogram, judged, quantiles, verdict, type Judged } from "../src/views/learning/calibration";
import { binomialBand, centralHalfWidth, normalCdf, normalQuantile } from "../src/views/learning/normal";

const point = (over: Partial<Point>): Point => ({
  id: 1, row: 0, column: 0, stage: "scalarized", rule: "acquisition", centre: null, model: 1, score: null,
  predicted: 10, deviation: 2, value: 11, error: 1, quality: "good", remark: null, patchRow: null, patchColumn: null,
  electrons: 0, attempts: 1, time: "2026-01-01T00:00:00Z", ...over });

const pairs = (zs: readonly number[]): Judged[] =>
  zs.map((z, i) => ({ point: i + 1, predicted: 0, deviation: 1, value: z, z }));

const near = (a: number, b: number, within: number): void =>
  assert.ok(Math.abs(a - b) <= within, `${a} is not within ${within} of ${b}`);

test("the normal distribution agrees with tables", () => {
  near(normalCdf(0), 0.5, 1e-7);
  near(normalCdf(1), 0.841344746, 2e-7);
  near(normalCdf(-1.959963985), 0.025, 2e-7);
  near(normalQuantile(0.975), 1.959963985, 1e-5);
  near(centralHalfWidth(0.68), 0.994457883, 1e-5);
});

test("the band of a binomial share agrees with exact quantiles", () => {
  // Summed with whole binomial coefficients: 9, 17 of 20 for 0.68, and 48, 54 of 54 for 0.95.
  assert.deepEqual(binomialBand(20, 0.68), [9 / 20, 17 / 20]);
  assert.deepEqual(binomialBand(54, 0.95), [48 / 54, 54 / 54]);
  assert.deepEqual(binomialBand(0, 0.5), [0, 1]);
});

test("the band does not underflow with thousands of points", () => {
  const [low, high] = binomialBand(20_000, 0.95);
  near(low, 0.95 - 1.96 * Math.sqrt(0.95 * 0.05 / 20_000), 2e-4);
  near(high, 0.95 + 1.96 * Math.sqrt(0.95 * 0.05 / 20_000), 2e-4);
});

test("only predictions that a usable measurement can judge are judged", () => {
  const all = [point({ id: 3 }), point({ id: 2, quality: "bad" }), point({ id: 4, predicted: null }),
    point({ id: 5, value: null }), point({ id: 6, centre: 3 }), point({ id: 1, value: 8 }),
    point({ id: 7, deviation: 0 })];
  assert.deepEqual(judged(all).map((p) => [p.point, p.z]), [[1, -1], [3, 0.5]]);
});

test("coverage counts what fell into the central intervals", () => {
  const [half, most] = coverage(pairs([0, 0.5, -0.6, 1.5, -3]), [0.5, 0.9]);
  assert.equal(half?.inside, 3);
  assert.equal(most?.inside, 4);
  assert.equal(most?.empirical, 0.8);
});

test("the histogram loses no residual, however large, and expects as many as there are", () => {
  const bins = histogram(pairs([-9, 0, 0.1, 12]));
  assert.equal(bins.reduce((s, b) => s + b.count, 0), 4);
  near(bins.reduce((s, b) => s + b.expected, 0), 4, 1e-9);
  assert.equal(bins[0]?.count, 1);
  assert.equal(bins.at(-1)?.count, 1);
});

test("quantiles of a symmetric sample are symmetric", () => {
  const q = quantiles(pairs([1, -1, 0]));
  assert.deepEqual(q.map((p) => p.z), [-1, 0, 1]);
  near(q[0]!.expected, -q[2]!.expected, 1e-9);
  near(q[1]!.expected, 0, 1e-6);
});

test("the verdict calls a model too sure only where chance does not explain it", () => {
  assert.equal(verdict(pairs([1, -1, 1])).words, null);
  assert.match(verdict(pairs(Array.from({ length: 40 }, (_, i) => (i % 2 ? 2.2 : -2.2)))).words!, /too sure/);
  assert.match(verdict(pairs(Array.from({ length: 40 }, (_, i) => (i % 2 ? 0.3 : -0.3)))).words!, /too cautious/);
  assert.match(verdict(pairs(Array.from({ length: 40 }, (_, i) => (i % 2 ? 1 : -1)))).words!, /within chance/);
  assert.match(verdict(pairs(Array.from({ length: 40 }, (_, i) => (i % 2 ? 1.6 : 0.2)))).words!, /above/);
});
