import { whyNoSeat } from "../shell/commands";
import { computed, type Readable } from "../ui/signal";
import type { Store } from "../store/store";

/**
 * Why this page may not command the experiment that it shows (or, of no experiment, the daemon), in words, or null
 * where it may.
 */
export function barred(store: Store): Readable<string | null> {
  return computed(() => {
    const seat = whyNoSeat(store);
    if (seat !== null || store.run() === null) return seat;
    if (store.at() !== null) return "The page shows a past moment: go back to now first.";
    return store.status()?.phase === "ended" ? "The run is over." : null;
  });
}
