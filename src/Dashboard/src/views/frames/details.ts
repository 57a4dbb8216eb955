import type { Point } from "../../api/types";
import type { Store } from "../../store/store";
import { h } from "../../ui/element";
import { large, significant, time, withError, withUnit } from "../../ui/format";
import { computed, type Readable } from "../../ui/signal";

const rules: Record<Point["rule"], string> = {
  seed: "seed design", acquisition: "acquisition", spaceFilling: "space filling", forced: "asked for",
};

/** What is known of a point, in lines of fixed height. */
export function details(store: Store, point: Readable<Point | null>): HTMLElement {
  const line = (label: string, text: (point: Point) => string) => [
    h("dt", {}, label), h("dd.number", {}, computed(() => {
      const now = point();
      return now === null ? "–" : text(now);
    })),
  ];
  const nm = computed(() => store.status()?.structure?.pixelSizeNm ?? 0);
  return h("dl.details", {},
    line("Row, column", ({ row, column }) => `${row}, ${column}\u202fpx`),
    line("Down, across", ({ row, column }) => nm() === 0 ? "–"
      : `${((row + 0.5) * nm()).toFixed(1)}, ${((column + 0.5) * nm()).toFixed(1)}\u202fnm`),
    line("Expected", ({ predicted, deviation }) => withError(predicted, deviation)),
    line("Came", ({ value, error }) => withError(value, error)),
    line("Off by", ({ predicted, deviation, value }) => predicted === null || value === null || !deviation ? "–"
      : `${significant((value - predicted) / deviation, 2)} σ`),
    line("Chosen by", ({ rule }) => rules[rule]),
    line("With model", ({ model }) => model > 0 ? String(model) : "none"),
    line("Score", ({ score }) => significant(score)),
    line("Electrons", ({ electrons }) => withUnit(large(electrons), "e⁻")),
    line("Attempts", ({ attempts }) => String(attempts)),
    line("Last event", (now) => time(now.time)));
}
