import { h, region } from "../../ui/element";
import { withError } from "../../ui/format";
import { computed } from "../../ui/signal";
import type { View } from "../view";
import { hasFrame } from "./frame-source";
import { viewer } from "./viewer";
import type { Store } from "../../store/store";

/** The viewer with room: and all measured points beside it, to go through or to compare. */
const view: View = {
  mount(host, store) {
    host.append(h("div.frames-view", {}, viewer(store, { compact: false }), pointList(store)));
  },
};

const rowsShown = 400;

function pointList(store: Store): HTMLElement {
  const unit = computed(() => store.shown()?.choices.scalarUnit ?? "");
  const measured = computed(() => store.shown()?.points.filter(hasFrame) ?? []);
  // The newest first: those are looked at. A long run is gone through on the map. Built anew only when one differs.
  const listed = computed(() => measured().slice(-rowsShown).reverse(),
    (a, b) => a.length === b.length && a.every((point, index) => point === b[index]));
  const rows = region(h("tbody"), () => {
    const chosen = store.selected();
    return listed().map((point) =>
      h("tr", { "aria-selected": String(point.id === chosen) },
        h("td.number", {}, h("button.quiet", {
          type: "button", "aria-label": `Show point ${point.id}`, on: { click: () => store.selected.set(point.id) },
        }, `#${point.id}`)),
        h("td.number", {}, `${point.row}, ${point.column}`),
        h("td.number", {}, point.value === null ? point.quality ?? "…" : withError(point.value, point.error))));
  });
  return h("section.panel.point-list", { "aria-label": "Measured points" },
    h("header.panel-head", {}, h("h2", {}, "Measured"), h("span.spacer"),
      h("span.muted.number", {}, computed(() => String(measured().length)))),
    h("div.scroll", {}, h("table", {}, h("thead", {}, h("tr", {}, h("th.number", {}, "Point"),
      h("th.number", {}, "Row, column"),
      h("th.number", {}, computed(() => unit() === "" ? "Value" : `Value / ${unit()}`)))), rows)));
}

export default view;
