import { computed, type Readable } from "../ui/signal";
import type { Store } from "../store/store";

/**
 * Why this page may not command the experiment now, in words, or null where it may. With `ended`, what is asked for
 * makes sense of a run that is over as well.
 */
export function barred(store: Store, options: { ended?: boolean } = {}): Readable<string | null> {
  return computed(() => {
    if (store.session()?.role !== "controller") return "This page looks on: its token is an observer's.";
    if (!store.hasSeat()) {
      const name = store.seat()?.name;
      return name === undefined ? "Take control first, at the top of the page."
        : `${name} has control. Take it over at the top of the page first.`;
    }
    if (store.run() !== null && store.at() !== null) return "The page shows a past moment. Go back to now first.";
    if (options.ended !== true && store.run() !== null && store.status()?.phase === "ended") return "The run is over.";
    return null;
  });
}
