import type { Store } from "../store/store";

/**
 * A view of the page. `mount` builds it into `host`, which is empty, fills the main area and does not scroll by
 * itself; effects and `onDispose` calls in it end when the view is left. Asked for anew each time it is shown, and
 * when another experiment is chosen. The store's signals live as long as the page.
 */
export interface View {
  mount(host: HTMLElement, store: Store): void;
}

export interface ViewEntry {
  /** Last part of the address. */
  id: string;
  title: string;
  /** Of an experiment, with its tab; or of the daemon as a whole. */
  scope: "experiment" | "daemon";
  /** Whether it is there for a region of a campaign alone. */
  ofCampaign?: true;
  load(): Promise<{ default: View }>;
}
