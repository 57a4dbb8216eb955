import assert from "node:assert/strict";
import { test } from "node:test";
import { computed, effect, flush, Scope, signal } from "../src/ui/signal";

test("an effect runs again only when a computed value that it reads differs", () => {
  const source = signal(1);
  const parity = computed(() => source() % 2);
  let runs = 0;
  effect(() => { parity(); runs++; });
  source.set(3);
  flush();
  assert.equal(runs, 1);
  source.set(4);
  flush();
  assert.equal(runs, 2);
  source.set(6);
  source.set(7);
  flush();
  assert.equal(runs, 3);
});

test("an effect begun in another is undone before that runs again", () => {
  const outer = signal(0);
  const inner = signal(0);
  let alive = 0;
  effect(() => {
    outer();
    effect(() => { inner(); alive++; return () => { alive--; }; });
  });
  outer.set(1);
  flush();
  outer.set(2);
  flush();
  assert.equal(alive, 1);
  inner.set(1);
  flush();
  assert.equal(alive, 1);
});

test("a disposed scope runs nothing any more", () => {
  const source = signal(0);
  const scope = new Scope();
  let runs = 0;
  scope.run(() => effect(() => { source(); runs++; }));
  scope.dispose();
  source.set(1);
  flush();
  assert.equal(runs, 1);
});

test("a computed value follows what it read last", () => {
  const which = signal(true);
  const [a, b] = [signal("a"), signal("b")];
  const shown = computed(() => which() ? a() : b());
  assert.equal(shown(), "a");
  which.set(false);
  assert.equal(shown(), "b");
  b.set("c");
  assert.equal(shown(), "c");
});

test("effects that change each other without end are reported", () => {
  const source = signal(0);
  const scope = new Scope();
  scope.run(() => effect(() => { source.set(source() + 1); }));
  assert.throws(() => flush(), /without end/);
  scope.dispose();
});
