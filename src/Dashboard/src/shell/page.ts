import { address, formatAddress } from "../store/address";
import type { Store } from "../store/store";
import { h, region } from "../ui/element";
import { computed, effect, Scope, signal } from "../ui/signal";
import { emptyState, errorState, loadingState } from "../ui/states";
import { toasts } from "../ui/toast";
import { firstView, views } from "../views/registry";
import { announcer, banners } from "./announce";
import { bar } from "./bar";
import { experimentList } from "./experiments";
import { listenToKeys } from "./keys";
import { loginPage } from "./login";
import { tabs } from "./tabs";

/** The page: bar, experiments, tabs and the view that the address names; or the way in. */
export function page(store: Store): HTMLElement {
  listenToKeys(store);
  const root = region(h("div", { id: "page" }), () => store.needsLogin() ? loginPage(store) : inside(store));
  return root;
}

function inside(store: Store): HTMLElement {
  const open = signal(matchMedia("(min-width: 1200px)").matches);
  const toggle = h("button.quiet", {
    type: "button", "aria-expanded": computed(() => String(open())), "aria-controls": "experiments",
    "aria-label": "Experiments", title: "Show or hide the experiments",
    on: { click: () => open.update((is) => !is) },
  }, "☰", h("span.toggle-text", {}, "Experiments"));
  // Where there is no room beside it, the list lies over the view: it goes when it has served.
  let before = address.peek().id;
  effect(() => {
    const { id } = address();
    if (id !== before && !matchMedia("(min-width: 1200px)").matches) open.set(false);
    before = id;
  });
  const host = h("main.view", { id: "view", tabindex: -1, "aria-label": "View" });
  const list = experimentList(store);
  list.id = "experiments";
  showView(host, store);
  return h("div.page", { "data-list": computed(() => open() ? "open" : "closed") },
    h("a.skip", { href: "#view", on: { click: (event) => { event.preventDefault(); host.focus(); } } }, "To the view"),
    bar(store), tabs(store, toggle), list, host, banners(store), toasts(), announcer(store));
}

/** Mounts the view of the address; anew when the view or the experiment changes. */
function showView(host: HTMLElement, store: Store): void {
  const place = computed(() => {
    const { id, view } = address();
    const entry = views.find((each) => each.id === (view ?? (id === null ? null : firstView)));
    const run = store.run();
    // A mounted view looks after itself; what keeps it from being mounted at all is told here.
    const ready = run !== null && run.id === id && run.live() !== null && run.status() !== null;
    const failed = run !== null && run.id === id && !ready ? run.error() : null;
    return { id, entry, ready, failed };
  }, (a, b) => a.id === b.id && a.entry === b.entry && a.ready === b.ready && a.failed === b.failed);
  effect(() => {
    const { id, entry, ready, failed } = place();
    if (entry === undefined) {
      host.replaceChildren(id === null
        ? chooseState(store) : emptyState("There is no such view.", "Choose one above."));
    } else if (failed !== null) {
      host.replaceChildren(errorState(failed, () => void store.run.peek()?.load()));
    } else if (entry.scope === "experiment" && !ready) {
      host.replaceChildren(loadingState("Loading the experiment…"));
    } else {
      return mounted(host, store, entry);
    }
    return undefined;
  });
}

function mounted(host: HTMLElement, store: Store, entry: (typeof views)[number]): () => void {
  const scope = new Scope();
  host.replaceChildren(loadingState("Loading…"));
  entry.load().then(({ default: view }) => {
    if (scope.disposed) return;
    host.replaceChildren();
    scope.run(() => view.mount(host, store));
  }, (error: Error) => {
    if (!scope.disposed) host.replaceChildren(errorState(error, () => location.reload()));
  });
  return () => scope.dispose();
}

/** No experiment is chosen: the live one is what one most likely came for. */
function chooseState(store: Store): HTMLElement {
  return region(h("div.fill"), () => {
    const known = store.daemon();
    if (known === null) {
      const error = store.loginError();
      return error === null ? loadingState("Asking the daemon…") : errorState(error, () => void store.login());
    }
    const live = known.experiments.find(({ phase }) => phase === "live" || phase === "starting");
    if (live !== undefined) {
      location.replace(formatAddress({ id: live.id, view: null }));
      return loadingState("Opening what is live…");
    }
    return known.experiments.length === 0
      ? emptyState("No experiments yet.", "Start one from a recipe, here or with dkl.")
      : emptyState("No experiment is live.", "Choose one from the list to look at it.");
  });
}
