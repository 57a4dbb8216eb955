import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../src/live/backoff";
import { formatAddress, parseAddress } from "../src/store/address";
import { duration, integer, large, significant, withError } from "../src/ui/format";

const plain = (text: string) => text.replaceAll("\u202f", " ");

test("numbers have as many digits as they mean", () => {
  assert.equal(plain(withError(57.448, 1.407, "counts")), "57.4 ± 1.4 counts");
  assert.equal(plain(withError(-0.01234, 0.0004)), "−0.01234 ± 0.00040");
  assert.equal(withError(null, null, "eV"), "–");
  assert.equal(significant(0.000012345), "1.23×10⁻⁵");
  assert.equal(plain(integer(1234567)), "1 234 567");
  assert.equal(plain(large(467.2e6)), "467 M");
});

test("durations read at a glance", () => {
  assert.equal(plain(duration(0.84)), "0.8 s");
  assert.equal(plain(duration(59.7)), "1 min 00 s");
  assert.equal(plain(duration(3_905)), "1 h 05 min");
  assert.equal(plain(duration(7 * 86_400)), "7 d 0 h");
});

test("an address survives being written and read, whatever the id", () => {
  const address = { id: "a/b c%", view: "map" };
  assert.deepEqual(parseAddress(formatAddress(address)), address);
  assert.deepEqual(parseAddress("#/start"), { id: null, view: "start" });
  assert.deepEqual(parseAddress(""), { id: null, view: null });
  assert.deepEqual(parseAddress("#/experiments/%E0%A4%A"), { id: "%E0%A4%A", view: null });
});

test("pauses between tries grow to their longest and begin anew after success", () => {
  const backoff = new Backoff(250, 5_000, () => 1);
  assert.deepEqual([1, 2, 3, 4, 5, 6, 7].map(() => backoff.next()), [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  backoff.reset();
  assert.equal(backoff.next(), 250);
});
