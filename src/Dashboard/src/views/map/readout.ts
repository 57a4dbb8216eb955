import { h } from "../../ui/element";
import { significant, withError, withUnit } from "../../ui/format";
import { computed, type Readable } from "../../ui/signal";
import { layerOf, type LayerId } from "./layers";
import type { MapState } from "./map-state";

/** What is under the cursor, in one line of fixed height. */
export function readout(state: MapState): HTMLElement {
  const { store } = state;
  const structure = computed(() => store.status()?.structure ?? null);
  const place = computed(() => {
    const cursor = store.cursor();
    return cursor === null ? "–" : `${cursor.row}, ${cursor.column}`;
  });
  const nm = computed(() => {
    const cursor = store.cursor();
    const pixel = structure()?.pixelSizeNm ?? 0;
    return cursor === null || pixel === 0 ? "–"
      : `${((cursor.row + 0.5) * pixel).toFixed(1)}, ${((cursor.column + 0.5) * pixel).toFixed(1)}`;
  });
  const valueOf = (id: LayerId) => {
    const cursor = store.cursor();
    const grid = state.values(id);
    if (cursor === null || grid === null) return "–";
    return withUnit(significant(grid.values[cursor.row * grid.columns + cursor.column]), grid.unit);
  };
  const active = computed(() => state.shown().length === 1 ? state.shown()[0]! : "prediction");
  const measured = computed(() => {
    const cursor = store.cursor();
    const shown = store.shown();
    if (cursor === null || shown === null) return "–";
    const here = shown.points.findLast((point) => (point.patchRow ?? point.row) === cursor.row
      && (point.patchColumn ?? point.column) === cursor.column);
    if (here === undefined) return "–";
    const { id, value, error, stage } = here;
    return `#${id}: ${value === null ? stage : withError(value, error, shown.choices.scalarUnit)}`;
  });
  const item = (label: string | Readable<string>, value: Readable<string>, name: string) =>
    h("div.reading", { "data-reading": name }, h("dt", {}, label), h("dd.number", {}, value));
  return h("dl.map-readout", { "aria-label": "Under the cursor" },
    item("row, column / px", place, "px"),
    item("down, across / nm", nm, "nm"),
    item(computed(() => structure()?.channel ?? "Structure"), computed(() => valueOf("structure")), "structure"),
    item(computed(() => layerOf(active()).title),
      computed(() => active() === "structure" ? "–" : valueOf(active())), "layer"),
    item("Measured", measured, "measured"));
}
