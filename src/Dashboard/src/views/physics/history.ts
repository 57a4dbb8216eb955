import type { JournalEvent } from "../../api/types";
import { h, region } from "../../ui/element";
import { time } from "../../ui/format";
import { computed, type Readable } from "../../ui/signal";
import { sayError } from "../../ui/toast";
import type { Store } from "../../store/store";
import { summary } from "../journal/summary";
import { history } from "./changes";

/** What was chosen when, by whom and why; each leads to its moment. */
export function choicesHistory(store: Store, events: Readable<readonly JournalEvent[]>): HTMLElement {
  const all = computed(() => history(events()));
  const key = computed(() => all().map((e) => e.sequence).join());
  const list = region(h("ol.history-list", {}), () => {
    key();
    const now = all.peek();
    if (now.length === 0) return h("li.muted", {}, "Nothing is chosen yet.");
    return now.map((e) => h("li.history-line", {},
      h("button.quiet", { type: "button", title: "Show the page at this moment",
        on: { click: () => { store.run.peek()?.goTo(e.sequence).catch(sayError); } } }, time(e.time)),
      h("span.chip", {}, e.kind.replace("experiment-started", "begun with")),
      h("span", {}, e.kind === "experiment-started"
        ? [e.event["scalarizer"], e.event["acquisition"]].map(String).join(", ") : summary(e))));
  });
  return h("section.panel", { "aria-label": "Choices so far" },
    h("header.panel-head", {}, h("h2", {}, "Choices so far")), list);
}
