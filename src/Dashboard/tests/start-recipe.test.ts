import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { complaint, fields, sections, type Schema } from "../src/views/form/schema";
import { read, write } from "../src/views/start/yaml";

const schema = JSON.parse(readFileSync("../../config/recipe.schema.json", "utf8")) as Schema;
const folder = "../../config/experiments";
const recipes = readdirSync(folder).filter((n) => n.endsWith(".yaml"))
  .map((n) => readFileSync(`${folder}/${n}`, "utf8"));
const names = (section: string, values: Record<string, string>): string[] =>
  fields(schema.properties![section] as Schema, section, (k) => values[k] ?? null).map((f) => f.name);

test("the recipes that come along are read without a line left", () => {
  assert.ok(recipes.length >= 5);
  for (const text of recipes) {
    const found = read(text);
    assert.deepEqual(found.unread, []);
    assert.ok(found.values.has("scalarizer.kind"));
  }
});

test("the form has a field, without complaint, for each key of the recipes that come along", () => {
  for (const text of recipes) {
    const { values } = read(text);
    const all = sections(schema, (k) => values.get(k) ?? null).flatMap((s) => s.fields);
    for (const [key, value] of values) {
      if (key === "version") continue;
      const field = all.find((f) => f.key === key);
      assert.ok(field, key);
      assert.equal(complaint(field, value), null, `${key}: ${value}`);
    }
  }
});

test("a value written into a recipe changes that line alone and keeps its comment", () => {
  const text = recipes[0]!;
  const line = read(text).lines.get("planner.seeds")!;
  const after = write(text, "planner.seeds", "33");
  assert.equal(read(after).values.get("planner.seeds"), "33");
  const differing = after.split("\n").flatMap((l, i) => (l === text.split("\n")[i] ? [] : [i + 1]));
  assert.deepEqual(differing, [line]);
  assert.equal(write("a: 1 # why\n", "a", "2"), "a: 2 # why\n");
});

test("a new key goes to the end of its section, a new section to the end of the text", () => {
  const text = "name: x\n\nplanner:\n  seeds: 3\n\nlimits:\n  duration: 1 h\n";
  assert.equal(write(text, "planner.beta", "2"), text.replace("seeds: 3\n", "seeds: 3\n  beta: 2\n"));
  assert.equal(read(write(text, "exposure.dwell", "1 ms")).values.get("exposure.dwell"), "1 ms");
  assert.equal(write(text, "seed", "4"), text.replace("name: x\n", "name: x\nseed: 4\n"));
  assert.equal(write(text, "planner.seeds", null), text.replace("  seeds: 3\n", ""));
});

test("what YAML would read as something else is quoted, and read back as it was", () => {
  for (const value of ["a: b", "# no", "'x'", "it's # here", "-1 eV", "- 1", "*",
    "a = 1 eV .. 2 eV, b = 3 eV .. 4 eV"]) {
    assert.equal(read(write("s:\n  k: 1\n", "s.k", value)).values.get("s.k"), value, value);
  }
});

test("what the reader cannot take it says instead of guessing", () => {
  const found = read("name: x\nlist: [1, 2]\n- item\nkey: |\n  text\nplanner:\n  seeds: 3");
  assert.deepEqual(found.unread, [2, 3, 4, 5]);
  assert.equal(found.values.get("planner.seeds"), "3");
});

test("a list of regions is passed over, and its regions are named", () => {
  const list = "regions:\n- name: left\n  microscope:\n    sampleSeed: 3\n"
    + "- microscope:\n    sampleSeed: 4\n  name: right\n";
  const text = `name: x\n${list}planner:\n  seeds: 3\n`;
  const found = read(text);
  assert.deepEqual(found.regions, ["left", "right"]);
  assert.deepEqual(found.unread, []);
  assert.deepEqual([...found.values.keys()], ["name", "planner.seeds"]);
  const after = write(write(text, "planner.seeds", "5"), "exposure.dwell", "1 ms");
  assert.ok(after.includes(list), "what the regions have of their own stays to the letter");
  assert.equal(read(after).values.get("exposure.dwell"), "1 ms");
  assert.equal(read(after).values.get("planner.seeds"), "5");
});

test("keys follow from the kind, and what does not belong but is given stays in sight", () => {
  assert.ok(names("scalarizer", { "scalarizer.kind": "band-mean" }).includes("window"));
  assert.ok(!names("scalarizer", { "scalarizer.kind": "com-magnitude" }).includes("window"));
  assert.ok(names("scalarizer", { "scalarizer.kind": "com-magnitude", "scalarizer.window": "1 eV .. 2 eV" })
    .includes("window"));
  assert.ok(names("planner", { "planner.acquisition": "upper-confidence-bound" }).includes("beta"));
  assert.ok(!names("planner", {}).includes("beta"));
  assert.ok(names("microscope", { "microscope.kind": "simulated" }).includes("particles"), "plasmons is the default");
});

test("a condition can make a key needed", () => {
  const planner = (values: Record<string, string>) => fields(schema.properties!["planner"] as Schema, "planner",
    (k) => values[k] ?? null).find((f) => f.name === "target");
  assert.equal(planner({}), undefined);
  assert.equal(planner({ "planner.goal": "hit" })?.required, true);
});

test("the schema tells of values that cannot be", () => {
  const all = sections(schema, () => null).flatMap((s) => s.fields);
  const field = (key: string) => all.find((f) => f.key === key)!;
  assert.match(complaint(field("planner.seeds"), "1")!, /range/);
  assert.match(complaint(field("planner.seeds"), "2.5")!, /whole/);
  assert.match(complaint(field("exposure.dwell"), "100")!, /Cannot be read/);
  assert.equal(complaint(field("exposure.dwell"), "100 ms"), null);
  assert.match(complaint(field("scalarizer.kind"), "")!, /needed/);
  assert.match(complaint(field("scalarizer.kind"), "nonsense")!, /not one of/);
});
