import type { JournalEvent } from "../../api/types";
import { h, style } from "../../ui/element";
import { time } from "../../ui/format";
import { effect, signal, type Readable, type Signal } from "../../ui/signal";
import type { Store } from "../../store/store";
import { sizeOf } from "../plot/palette";
import { slice } from "./filter";
import { summary } from "./summary";

const linePx = 28;

/** Kinds that a person should not overlook. */
const tones: Partial<Record<JournalEvent["kind"], string>> = {
  "exposure-failed": "bad", "exposure-outcome-unknown": "bad", "point-abandoned": "warn", "training-failed": "warn",
  "survey-lost": "bad", "experiment-failed": "bad", "experiment-interlocked": "bad", "experiment-halted": "bad",
  "experiment-aborted": "warn", "run-paused": "warn", "run-resumed": "good", "experiment-completed": "good",
  "scalarizer-changed": "accent", "acquisition-changed": "accent", "region-changed": "accent",
  "region-excluded": "accent", "note-added": "accent", "controller-changed": "accent",
};

/**
 * The events, of which only those in sight are elements: a journal of a day has hundreds of thousands. Stays at its
 * lower end while it is there, so that what comes is seen.
 */
export function eventList(store: Store, events: Readable<readonly JournalEvent[]>,
  chosen: Signal<JournalEvent | null>): HTMLElement {
  const scroll = signal(0);
  const before = h("div.events-space", { "aria-hidden": "true" });
  const after = h("div.events-space", { "aria-hidden": "true" });
  const lines = h("div", { role: "presentation" });
  const box = h("div.events-box", { role: "listbox", tabindex: 0, "aria-label": "Events",
    on: { scroll: () => scroll.set(box.scrollTop) } }, before, lines, after);
  const size = sizeOf(box);
  const follows = (): boolean => box.scrollTop + box.clientHeight >= box.scrollHeight - 2 * linePx;
  let stays = true;
  box.addEventListener("scroll", () => { stays = follows(); });

  effect(() => {
    const all = events();
    const at = store.at();
    const s = slice(all.length, linePx, scroll(), size().height);
    style(before, { height: `${s.beforePx}px` });
    style(after, { height: `${s.afterPx}px` });
    lines.replaceChildren(...all.slice(s.first, s.first + s.count)
      .map((e) => line(e, chosen() === e, at !== null && e.sequence > at, at === e.sequence, () => chosen.set(e))));
    const active = chosen();
    box.setAttribute("aria-activedescendant", active === null ? "" : `event-${active.sequence}`);
  });
  effect(() => {
    events();
    size();
    if (stays) box.scrollTop = box.scrollHeight;
  });
  // A past moment is brought into sight.
  effect(() => {
    const at = store.at();
    if (at === null) return;
    const index = events.peek().findIndex((e) => e.sequence >= at);
    if (index < 0) return;
    // In the middle: what led to it and what came of it are both of interest.
    box.scrollTop = index * linePx - box.clientHeight / 2;
    stays = follows();
  });
  function show(index: number): void {
    const top = index * linePx;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + linePx > box.scrollTop + box.clientHeight) box.scrollTop = top + linePx - box.clientHeight;
    stays = follows();
  }
  box.addEventListener("keydown", (e) => {
    const all = events.peek();
    const active = chosen.peek();
    const now = active === null ? -1 : all.indexOf(active);
    const page = Math.max(1, Math.floor(box.clientHeight / linePx) - 1);
    const to = { ArrowDown: now + 1, ArrowUp: now < 0 ? all.length - 1 : now - 1, PageDown: now + page,
      PageUp: now - page, Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined || all.length === 0) return;
    const index = Math.max(0, Math.min(all.length - 1, to));
    chosen.set(all[index]!);
    show(index);
    e.preventDefault();
    e.stopPropagation();
  });
  return box;
}

function line(e: JournalEvent, chosen: boolean, later: boolean, here: boolean, choose: () => void): HTMLElement {
  const point = typeof e.event.point === "number" ? String(e.event.point) : "";
  const element = h("div.event-line", { role: "option", id: `event-${e.sequence}`, "aria-selected": String(chosen),
    on: { click: choose } },
    h("span.event-number", {}, String(e.sequence)),
    h("span.event-time", {}, time(e.time)),
    h(tones[e.kind] === undefined ? "span.event-kind" : `span.event-kind.chip.${tones[e.kind]!}`, {}, e.kind),
    h("span.event-point", {}, point),
    h("span.event-summary", {}, summary(e)));
  element.classList.toggle("is-later", later);
  element.classList.toggle("is-here", here);
  return element;
}
