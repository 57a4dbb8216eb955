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
  const rows = region(h("tbody"), () => {
    const shown = store.shown();
    const unit = shown?.choices.scalarUnit ?? "";
    const chosen = store.selected();
    // The newest first: those are looked at. A long run is gone through on the map.
    return (shown?.points.filter(hasFrame) ?? []).slice(-rowsShown).reverse().map((point) =>
      h("tr", { "aria-selected": String(point.id === chosen) },
        h("td.number", {}, h("button.quiet", {
          type: "button", "aria-label": `Show point ${point.id}`, on: { click: () => store.selected.set(point.id) },
        }, `#${point.id}`)),
        h("td.number", {}, `${point.row}, ${point.column}`),
        h("td.number", {}, point.value === null ? point.quality ?? "…" : withError(point.value, point.error, unit))));
  });
  return h("section.panel.point-list", { "aria-label": "Measured points" },
    h("header.panel-head", {}, h("h2", {}, "Measured"), h("span.spacer"),
      h("span.muted.number", {}, computed(() => String(store.shown()?.points.filter(hasFrame).length ?? 0)))),
    h("div.scroll", {}, h("table", {}, h("thead", {}, h("tr", {}, h("th.number", {}, "Point"),
      h("th.number", {}, "Row, column"), h("th.number", {}, "Value"))), rows)));
}

export default view;
