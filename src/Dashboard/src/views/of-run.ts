import type { Store } from "../store/store";
import { region } from "../ui/element";
import { computed } from "../ui/signal";
import { errorState, loadingState } from "../ui/states";

/** Shows `content` once the run is known, and again when it is another; until then what is fetched, or why it fails. */
export function ofRun(
  host: HTMLElement, store: Store, fetching: string, content: (store: Store) => HTMLElement,
  known: () => boolean = () => true): void {
  const isThere = computed(() => store.status() !== null && known());
  region(host, () => {
    if (isThere()) return content(store);
    const error = store.run()?.error() ?? null;
    return error === null ? loadingState(fetching) : errorState(error);
  });
}
