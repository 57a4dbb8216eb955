import assert from "node:assert/strict";
import { test } from "node:test";
import { lut, percentileDomain, step } from "../src/charts/colours";
import { kept, moved, scaleBar, toMap, toPane, whole, zoomedAt } from "../src/views/map/transform";

const extent = { rows: 100, columns: 200 };
const size = { width: 800, height: 600 };

test("what is under the pointer stays there while zooming", () => {
  const before = { zoom: 2, row: 50, column: 100 };
  const held = toMap(500, 250, before, extent, size);
  const after = zoomedAt(before, 1.7, 500, 250, extent, size);
  const back = toPane(held.row, held.column, after, extent, size);
  assert.ok(Math.abs(back.x - 500) < 1e-9 && Math.abs(back.y - 250) < 1e-9);
});

test("the map cannot be moved or zoomed out of the pane", () => {
  assert.deepEqual(kept({ zoom: 0.1, row: 900, column: -5 }, extent), whole(extent));
  const far = moved({ zoom: 4, row: 50, column: 100 }, 1e6, 1e6, extent, size);
  assert.deepEqual([far.row, far.column], [12.5, 25]);
});

test("a scale bar is 1, 2 or 5 of a unit and fits", () => {
  assert.deepEqual(scaleBar(0.5, 160), { nm: 50, width: 100, label: "50 nm" });
  assert.equal(scaleBar(30, 160).label, "2 µm");
  assert.equal(scaleBar(0.001, 160).label, "100 pm");
});

test("a domain leaves outliers and missing values out, and is never empty", () => {
  const values = Float32Array.from({ length: 1_000 }, (_, index) => index === 0 ? 1e9 : index % 7 === 0 ? NaN : index);
  const found = percentileDomain(values)!;
  assert.ok(found.low >= 1 && found.high < 1_000);
  assert.deepEqual(percentileDomain([5, 5, 5]), { low: 4.75, high: 5.25 });
  assert.equal(percentileDomain([NaN]), null);
});

test("colours begin and end where viridis does, and values beyond the domain take the ends", () => {
  const viridis = lut("viridis");
  assert.equal(viridis[0]!.toString(16), "ff540144");
  assert.equal(viridis[255]!.toString(16), "ff25e7fd");
  assert.equal(step(-9, { low: 0, high: 1 }), 0);
  assert.equal(step(9, { low: 0, high: 1 }), 255);
  assert.equal(step(0.5, { low: 0, high: 1 }), 127);
});
