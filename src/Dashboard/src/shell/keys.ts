import type { Store } from "../store/store";
import { command } from "./commands";
import { showHelp } from "./help";

/**
 * Space pauses or resumes, Escape asks whether to abort, b blanks, ? tells the keys; not while one writes or is asked
 * something.
 */
export function listenToKeys(store: Store): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const target = event.target as HTMLElement;
    if (target.closest("input, select, textarea, [contenteditable]") !== null) return;
    if (event.key === " ") {
      // Space on a button or a tab presses that.
      if (target.closest("button, a, summary, [role=button], [role=tab]") !== null) return;
      event.preventDefault();
      const paused = store.commanded.peek()?.status.peek()?.state === "paused";
      void command(store, paused ? "resume" : "pause");
    } else if (event.key === "Escape") {
      // Else the same key closes the question that it opens.
      event.preventDefault();
      void command(store, "abort");
    } else if (event.key === "b" || event.key === "B") {
      void command(store, "blank");
    } else if (event.key === "?") {
      showHelp();
    }
  });
}
