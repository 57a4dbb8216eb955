import { address, formatAddress } from "../store/address";
import type { Store } from "../store/store";
import { h, region } from "../ui/element";
import { computed } from "../ui/signal";
import { firstView, views } from "../views/registry";
import type { ViewEntry } from "../views/view";
import { helpButton } from "./help";
import { queueing } from "./queueing";
import { seatControl } from "./seat";
import { chooseTheme, theme } from "./theme";

/** Says so where the bar is about another experiment than the one in view, and leads there. */
function elsewhere(store: Store): HTMLElement {
  const other = computed(() => {
    const status = store.commanded()?.status() ?? null;
    return status === null || status.id === store.run()?.id ? null : status;
  });
  return h("a.elsewhere.chip.warn", {
    hidden: computed(() => other() === null),
    href: computed(() => formatAddress({ id: other()?.id ?? null, view: address().view })),
    title: "The bar and its commands are about the live experiment, not the one in view. Go there.",
  }, computed(() => `Bar: ${other()?.name ?? ""}`));
}

/** Second line: which experiment, its views, the moment that is shown, who commands. */
export function tabs(store: Store, toggle: HTMLElement): HTMLElement {
  const ofCampaign = computed(() => (store.status()?.campaign ?? null) !== null);
  const nav = region(h("nav.tabs", { "aria-label": "Views" }), () => {
    const { id, view } = address();
    const current = view ?? (id === null ? null : firstView);
    const isThere = (entry: ViewEntry): boolean =>
      entry.scope === "daemon" || (id !== null && (entry.ofCampaign !== true || ofCampaign()));
    return views.filter(isThere).map((entry) => h("a.tab", {
      href: formatAddress({ id: entry.scope === "daemon" ? null : id, view: entry.id }),
      "aria-current": entry.id === current ? "page" : null,
      "data-view": entry.id,
      "data-scope": entry.scope,
    }, entry.title));
  });
  const past = computed(() => store.run()?.moment() ?? null);
  return h("div.second", {}, toggle, nav,
    h("button.moment", {
      type: "button", hidden: computed(() => past() === null), title: "Back to now",
      on: { click: () => void store.run.peek()?.goTo(null) },
    }, computed(() => `Past: event ${past() ?? ""} · back to now`)),
    h("span.spacer"),
    queueing(store),
    elsewhere(store),
    h("button.quiet", {
      type: "button", "aria-label": "Light or dark", title: "Light or dark",
      on: { click: () => chooseTheme(theme.peek() === "dark" ? "light" : "dark") },
    }, computed(() => theme() === "dark" ? "☀" : "☾")),
    helpButton(),
    seatControl(store));
}
