import { address } from "../store/address";
import type { Store } from "../store/store";
import { h } from "../ui/element";
import { errorState, loadingState } from "../ui/states";
import { effect, Scope } from "../ui/signal";
import { firstView, views } from "../views/registry";

/** The page: bar, experiments, tabs and the view that the address names. */
export function page(store: Store): HTMLElement {
  const host = h("main", { id: "view", tabindex: -1 });
  showView(host, store);
  return h("div.page", { id: "page" }, host);
}

/** Mounts the view of the address; anew when the view or the experiment changes. */
export function showView(host: HTMLElement, store: Store): void {
  effect(() => {
    const { id, view } = address();
    const entry = views.find((each) => each.id === (view ?? firstView));
    if (entry === undefined || (entry.scope === "experiment" && (id === null || store.run()?.id !== id))) {
      host.replaceChildren();
      return;
    }
    const scope = new Scope();
    host.replaceChildren(loadingState("Loading…"));
    entry.load().then(({ default: shown }) => {
      if (scope.disposed) return;
      host.replaceChildren();
      scope.run(() => shown.mount(host, store));
    }, (error: Error) => {
      if (!scope.disposed) host.replaceChildren(errorState(error, () => location.reload()));
    });
    return () => scope.dispose();
  });
}
