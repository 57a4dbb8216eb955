import { whyNoSeat } from "../shell/commands";
import { computed, type Readable } from "../ui/signal";
import type { Store } from "../store/store";

/**
 * Why this page may not command the experiment that it shows, in words, or null where it may. With `ended`, what is
 * asked for makes sense of a run that is over as well.
 */
export function barred(store: Store, options: { ended?: boolean } = {}): Readable<string | null> {
  return computed(() => {
    const seat = whyNoSeat(store);
    if (seat !== null || store.run() === null) return seat;
    if (store.at() !== null) return "The page shows a past moment: go back to now first.";
    return options.ended !== true && store.status()?.phase === "ended" ? "The run is over." : null;
  });
}
