import assert from "node:assert/strict";
import { test } from "node:test";
import { dragged, resampled, withRange, type Range } from "../src/views/frames/windows";

const window: Range = { key: "window", label: "band", from: 2.9, to: 3.5, unit: "eV" };
const used = { kind: "band-mean", window: "2.9 eV .. 3.5 eV" };

test("a moved window is written as a recipe writes it", () => {
  assert.deepEqual(withRange(used, { ...window, from: 2.8400000001 }, 0.02), { ...used, window: "2.84 eV .. 3.5 eV" });
});

test("the radii of a ring are two keys, in its unit; that of a disc is one", () => {
  const ring: Range = { key: "innerAngle, outerAngle", label: "ADF", from: 20.04, to: 51, unit: "mrad" };
  assert.deepEqual(withRange({ kind: "annular-dark-field" }, ring, 0.1),
    { kind: "annular-dark-field", innerAngle: "20 mrad", outerAngle: "51 mrad" });
  assert.deepEqual(withRange({ kind: "bright-field", radius: "9 px" }, { ...ring, key: "radius", unit: "px" }, 0.1),
    { kind: "bright-field", radius: "51 px" });
});

test("a window keeps its width when it is moved as a whole, and stays on the axis", () => {
  const shifted = dragged(window, "both", 100, -1, 7, 0.02);
  assert.ok(Math.abs(shifted.to - 7) < 1e-9 && Math.abs(shifted.to - shifted.from - 0.6) < 1e-9);
});

test("the ends of a window do not pass each other", () => {
  assert.ok(Math.abs(dragged(window, "from", 5, -1, 7, 0.02).from - 3.48) < 1e-9);
  assert.ok(Math.abs(dragged(window, "to", -5, -1, 7, 0.02).to - 2.92) < 1e-9);
});

test("a curve is shown only where it is known", () => {
  assert.deepEqual(resampled({ x: [1, 2, 4], y: [10, 20, 40] }, [0, 1, 1.5, 3, 4, 5]), [null, 10, 15, 30, 40, null]);
});
