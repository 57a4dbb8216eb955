import { computed } from "../../ui/signal";
import { h } from "../../ui/element";
import type { View } from "../view";

const view: View = {
  mount(host, store) {
    host.append(h("p", {}, computed(() => store.shown()?.points.length ?? 0)));
  },
};

export default view;
