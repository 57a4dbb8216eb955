import type { Point } from "../../api/types";
import { colourBar } from "../../charts/colour-bar";
import type { Domain } from "../../charts/colours";
import type { Cursor } from "../../store/store";
import { h } from "../../ui/element";
import { significant, withError } from "../../ui/format";
import { computed, type Readable } from "../../ui/signal";
import { layerOf, type LayerId } from "./layers";
import { choices, type MapState } from "./map-state";

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
    return significant(grid.values[cursor.row * grid.columns + cursor.column]);
  };
  const labelled = (title: string, id: LayerId) => {
    const unit = state.values(id)?.unit ?? "";
    return unit === "" ? title : `${title} / ${unit}`;
  };
  const active = computed(() => state.shown().length === 1 ? state.shown()[0]! : "prediction");
  const measured = computed(() => {
    const cursor = store.cursor();
    const shown = store.shown();
    if (cursor === null || shown === null) return "–";
    const here = nearest(shown.points, cursor, (state.extent()?.columns ?? 0) / 90);
    if (here === null) return "–";
    const { id, value, error, stage } = here;
    return `#${id}: ${value === null ? stage : withError(value, error)}`;
  });
  const item = (label: string | Readable<string>, value: Readable<string>, name: string) =>
    h("div.reading", { "data-reading": name }, h("dt", {}, label), h("dd.number", {}, value));
  return h("dl.map-readout", { "aria-label": "Under the cursor" },
    item("px", place, "px"),
    item("nm", nm, "nm"),
    item(computed(() => labelled(structure()?.channel ?? "Structure", "structure")),
      computed(() => valueOf("structure")), "structure"),
    item(computed(() => labelled(layerOf(active()).title, active())),
      computed(() => active() === "structure" ? "–" : valueOf(active())), "layer"),
    item("Point", measured, "measured"),
    pointColours(state));
}

/** The point under the cursor: on a large map that is shown small, one pixel is too little to hit. */
function nearest(points: readonly Point[], cursor: Cursor, reach: number): Point | null {
  let best: Point | null = null;
  let least = Math.max(0.5, reach) ** 2;
  for (const point of points) {
    const distance = ((point.patchRow ?? point.row) - cursor.row) ** 2
      + ((point.patchColumn ?? point.column) - cursor.column) ** 2;
    if (distance < least) [best, least] = [point, distance];
  }
  return best;
}

/** What the colours of the points mean, which lie on layers of other colours. */
function pointColours(state: MapState): HTMLElement {
  const byOrder = computed(() => choices.pointColour() === "order");
  const domain = computed<Domain | null>(() => {
    if (!byOrder()) return state.domain("scalar");
    const measured = state.store.status()?.measured ?? 0;
    return measured > 0 ? { low: 1, high: measured } : null;
  });
  return h("div.reading.point-colours", { hidden: computed(() => !choices.points()) },
    h("dt", {}, computed(() => byOrder() ? "Points, by order" : "Points, by value")),
    h("dd", {}, colourBar(computed(() => byOrder() ? "cividis" : choices.lut()), domain, computed(() => ""))));
}
