import assert from "node:assert/strict";
import { test } from "node:test";
import { around, cloud, fit, fromPx, inside, lassoed, nearest, panned, toPx, zoomed }
  from "../src/views/embedding/cloud";

const some = cloud(Float32Array.from([0, 0, -1, -1, 0, 1, 1, -1, 5, 2, 1, 1, 9, 9, NaN, 0]));

test("places without a position are left out, the others found by row and column", () => {
  assert.equal(some.count, 3);
  assert.equal(some.at.get("5,2"), 2);
  assert.equal(some.at.get("9,9"), undefined);
});

test("the whole cloud fits, with one scale on both axes", () => {
  const v = fit(some, 448, 248);
  for (let i = 0; i < some.count; i++) {
    const p = toPx(v, 448, 248, some.x[i]!, some.y[i]!);
    assert.ok(p.x >= 23 && p.x <= 425 && p.y >= 23 && p.y <= 225);
  }
  assert.deepEqual(fit(cloud(new Float32Array(0)), 100, 100), { centreX: 0, centreY: 0, unitsPerPx: 1 });
});

test("zooming keeps what is under the pointer there, and panning moves it along", () => {
  const v = fit(some, 400, 300);
  const before = fromPx(v, 400, 300, 37, 251);
  const after = fromPx(zoomed(v, 400, 300, 37, 251, 3), 400, 300, 37, 251);
  assert.ok(Math.abs(before.x - after.x) < 1e-12 && Math.abs(before.y - after.y) < 1e-12);
  const moved = toPx(panned(v, 10, -5), 400, 300, before.x, before.y);
  assert.ok(Math.abs(moved.x - 47) < 1e-9 && Math.abs(moved.y - 246) < 1e-9);
});

test("a lasso holds what it goes around, also when it is hollow", () => {
  const v = fit(some, 400, 300);
  const corner = toPx(v, 400, 300, 1, 1);
  const box = [[-9, -9], [9, -9], [9, 9], [-9, 9]].map(([x, y]) => ({ x: corner.x + x!, y: corner.y + y! }));
  assert.deepEqual(lassoed(some, v, 400, 300, box), [2]);
  assert.deepEqual(lassoed(some, v, 400, 300, box.slice(0, 2)), []);
  const u = [[0, 0], [6, 0], [6, 6], [4, 6], [4, 2], [2, 2], [2, 6], [0, 6]].map(([x, y]) => ({ x: x!, y: y! }));
  assert.equal(inside(u, 1, 5), true);
  assert.equal(inside(u, 3, 5), false);
});

test("the keyboard's circle and the pointer find places by distance", () => {
  assert.deepEqual(around(some, 1, 0, 1.01), [1, 2]);
  const v = fit(some, 400, 300);
  const p = toPx(v, 400, 300, 1, 1);
  assert.equal(nearest(some, v, 400, 300, p.x + 3, p.y, 5), 2);
  assert.equal(nearest(some, v, 400, 300, p.x + 9, p.y, 5), null);
  assert.equal(nearest(some, v, 400, 300, p.x + 3, p.y, 5, [0, 1]), null);
});
