import "./journal.css";
import type { JournalEvent } from "../../api/types";
import { h } from "../../ui/element";
import { time } from "../../ui/format";
import { computed, effect, signal, type Readable, type Signal } from "../../ui/signal";
import { sayError } from "../../ui/toast";
import type { Store } from "../../store/store";
import { ofRun } from "../of-run";
import type { View } from "../view";
import { eventList } from "./event-list";
import { counts, everything, filtered, groups, type Filter } from "./filter";
import { eventLog } from "./log";
import { momentBar } from "./moment-bar";
import { notes } from "./notes";

/** Everything that happened, and the way back to any moment of it. */
const view: View = {
  mount(host, store) {
    ofRun(host, store, "Fetching the journal.", content);
  },
};

export default view;

function content(store: Store): HTMLElement {
  const log = eventLog(store);
  const filter = signal<Filter>(everything);
  const shown = computed(() => filtered(log.events(), filter()));
  const chosen = signal<JournalEvent | null>(null);
  const count = computed(() => {
    const [some, all] = [shown().length, log.events().length];
    const more = log.complete() ? "" : ", more to come";
    return (some === all ? `${all} events` : `${some} of ${all} events`) + more;
  });
  return h("div.journal", {},
    momentBar(store, log.events),
    h("div.journal-split", {},
      h("section.panel.events", { "aria-label": "Events" },
        filterBar(log.events, filter, count),
        h("p.inline-trouble", { role: "alert" }, computed(() => log.error() ?? "")),
        h("div.events-frame", {}, eventList(store, shown, chosen),
          h("p.events-none", { hidden: computed(() => shown().length > 0) },
            computed(() => (log.complete() ? "No event passes the filter." : "Fetching the events."))))),
      h("div.journal-side", {}, detail(store, chosen), notes(store))));
}

function filterBar(events: Readable<readonly JournalEvent[]>, filter: Signal<Filter>, count: Readable<string>)
  : HTMLElement {
  const numbers = computed(() => counts(events()));
  const change = (next: Partial<Filter>): void => filter.set({ ...filter.peek(), ...next });
  const toggle = (name: string): void => {
    const chosen = new Set(filter.peek().groups);
    if (!chosen.delete(name)) chosen.add(name);
    change({ groups: chosen });
  };
  const text = h("input", { type: "search", placeholder: "Text in the event", "aria-label": "Text in the event",
    on: { input: () => change({ text: text.value }) } });
  const point = h("input.point-input", { type: "number", min: 1, step: 1, placeholder: "Point", "aria-label": "Point",
    on: { input: () => change({ point: point.value === "" ? null : Number(point.value) }) } });
  const clear = (): void => {
    text.value = "";
    point.value = "";
    filter.set(everything);
  };
  return h("header.filter-bar", {},
    h("div.filter-chips", { role: "group", "aria-label": "Kinds" }, groups.map(({ name }) =>
      h("button.filter-chip", { type: "button", "aria-pressed": computed(() => String(filter().groups.has(name))),
        on: { click: () => toggle(name) } }, name,
        h("span.filter-count", {}, computed(() => numbers().get(name) ?? 0))))),
    h("div.filter-fields", {}, text, point,
      h("button.quiet", { type: "button", on: { click: clear } }, "Show all"),
      h("span.spacer"), h("span.muted", { "aria-live": "polite" }, count)));
}

function detail(store: Store, chosen: Readable<JournalEvent | null>): HTMLElement {
  const body = h("div.detail-body", {});
  effect(() => {
    const e = chosen();
    body.replaceChildren(...(e === null
      ? [h("p.muted", {}, "Choose an event to see all that it says.")]
      : one(store, e)));
  });
  return h("section.panel.detail", { "aria-label": "One event" },
    h("header.panel-head", {}, h("h2", {}, computed(() => {
      const e = chosen();
      return e === null ? "Event" : `${e.sequence} · ${e.kind}`;
    }))), body);
}

function one(store: Store, e: JournalEvent): HTMLElement[] {
  const point = e.event.point;
  const show = (): void => {
    store.run.peek()?.goTo(e.sequence).catch(sayError);
  };
  return [
    h("p.muted", {}, time(e.time)),
    h("div.button-row", {},
      h("button", { type: "button", on: { click: show } }, "Show this moment"),
      typeof point === "number" && h("button", { type: "button", on: { click: () => {
        store.selected.set(point);
        store.selection.set(new Set([point]));
      } } }, `Select point ${point}`)),
    h("pre.detail-json", { tabindex: 0, "aria-label": "The event as the journal has it" },
      JSON.stringify(e.event, null, 2)),
  ];
}
