import "./map.css";
import { h, region } from "../../ui/element";
import { computed } from "../../ui/signal";
import { emptyState } from "../../ui/states";
import { viewer } from "../frames/viewer";
import type { View } from "../view";
import type { LayerId } from "./layers";
import { mapState } from "./map-state";
import { pane } from "./pane";
import { readout } from "./readout";
import { toolbar } from "./toolbar";

const view: View = {
  mount(host, store) {
    const state = mapState(store);
    const shown = computed(() => state.shown().join());
    const many = computed(() => state.shown().length > 1);
    const panes = region(h("div.panes"), () => {
      if (state.extent() === null) {
        const queued = store.status()?.phase === "queued";
        return emptyState(queued ? "It waits in the queue." : "No structural image yet.",
          "The structural image is scanned first, when the experiment starts.");
      }
      if (!many()) return pane(state, computed(() => state.shown()[0] ?? "structure"), false);
      return (shown().split(",") as LayerId[]).map((id) => pane(state, computed(() => id), true));
    });
    host.append(h("div.map-view", { "data-layout": computed(() => many() ? "grid" : "single") },
      h("div.map-main.panel", {}, toolbar(state), panes, readout(state),
        h("p.map-error", { role: "status" }, computed(() => state.error()?.message ?? ""))),
      viewer(store, { compact: true })));
  },
};

export default view;
