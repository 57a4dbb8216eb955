import "./moment-bar.css";
import type { JournalEvent } from "../../api/types";
import { h } from "../../ui/element";
import { time } from "../../ui/format";
import { Pacer } from "../../ui/pacer";
import { computed, effect, onDispose, signal, type Readable } from "../../ui/signal";
import { sayError } from "../../ui/toast";
import type { Store } from "../../store/store";
import { nextMoment, sequenceAt } from "./filter";

/** How often the player goes on, ms; its speed is how many moments it goes on by. */
const beatMs = 300;

/**
 * The time slider: shows the whole page as it was at any past moment, steps from change to change, and plays. Moved to
 * its right end, the page shows the present again.
 */
export function momentBar(store: Store, events: Readable<readonly JournalEvent[]>): HTMLElement {
  const playing = signal(false);
  const speed = signal(1);
  const run = store.run.peek()!;
  const first = computed(() => Date.parse(events()[0]?.time ?? "") || 0);
  const last = computed(() => Math.max(first() + 1, Date.parse(events().at(-1)?.time ?? "") || 0));
  const at = computed(() => {
    const moment = store.at();
    if (moment === null) return last();
    // Numbers have no gaps: the event of number n is the n-th.
    return Date.parse(events()[moment - 1]?.time ?? "") || last();
  });

  async function show(sequence: number | null): Promise<void> {
    try {
      await run.goTo(sequence);
    } catch (error) {
      playing.set(false);
      sayError(error);
    }
  }
  function step(forward: boolean, times = 1): Promise<void> {
    let sequence: number | null = store.at.peek() ?? (events.peek().at(-1)?.sequence ?? 0);
    for (let i = 0; i < times && sequence !== null; i++) sequence = nextMoment(events.peek(), sequence, forward);
    if (sequence === null) return forward ? show(null) : show(events.peek()[0]?.sequence ?? null);
    return show(sequence);
  }

  // A drag gives more values than the daemon should be asked for.
  let wanted = 0;
  const pacer = new Pacer(() => {
    const sequence = wanted >= last.peek() ? null : Math.max(1, sequenceAt(events.peek(), wanted));
    void show(sequence);
  });
  onDispose(() => pacer.cancel());
  const slider = h("input.moment-slider", { type: "range", step: 1, "aria-label": "Moment of the run",
    "aria-valuetext": computed(() => moment(store, at())),
    on: {
      input: () => {
        playing.set(false);
        wanted = Number(slider.value) >= Number(slider.max) - 1 ? Infinity : Number(slider.value);
        pacer.request();
      },
      keydown: (e) => {
        const to = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[e.key];
        if (to !== undefined) void step(to > 0, Math.abs(to));
        else if (e.key === "End") void show(null);
        else if (e.key === "Home") void show(events.peek()[0]?.sequence ?? null);
        else return;
        e.preventDefault();
        e.stopPropagation();
      },
    } });
  effect(() => {
    slider.min = String(first());
    slider.max = String(last());
    slider.value = String(at());
  });
  play(playing, speed, () => store.at.peek() === null, () => step(true, speed.peek()));
  const begin = (): void => {
    // From the present there is nothing to play: it begins at the start.
    if (!playing.peek() && store.at.peek() === null) void show(events.peek()[0]?.sequence ?? null);
    playing.update((p) => !p);
  };
  return h("div.moment-bar", { role: "group", "aria-label": "Moment that the page shows" },
    h("button", { type: "button", "aria-label": "One change back", title: "One change back",
      on: { click: () => void step(false) } }, "‹"),
    h("button.moment-play", { type: "button", "aria-pressed": computed(() => String(playing())),
      on: { click: begin } }, computed(() => (playing() ? "Pause" : "Play"))),
    h("button", { type: "button", "aria-label": "One change on", title: "One change on",
      disabled: computed(() => store.at() === null), on: { click: () => void step(true) } }, "›"),
    h("select", { "aria-label": "Speed of playing",
      on: { change: (e) => speed.set(Number((e.target as HTMLSelectElement).value)) } },
      [1, 4, 16].map((s) => h("option", { value: s }, `${s}×`))),
    slider,
    h("span.moment-time", {}, computed(() => moment(store, at()))),
    h("button", { type: "button", disabled: computed(() => store.at() === null), on: { click: () => {
      playing.set(false);
      void show(null);
    } } }, computed(() => (store.status()?.phase === "live" ? "Back to now" : "Back to the end"))));
}

function moment(store: Store, at: number): string {
  const when = time(new Date(at).toISOString());
  const sequence = store.at();
  if (sequence === null) return store.status()?.phase === "live" ? "now" : `end, ${when}`;
  return `${when}, event ${sequence}`;
}

/** Goes on from change to change; the next one is asked for when the last is shown. */
function play(playing: ReturnType<typeof signal<boolean>>, speed: Readable<number>, atEnd: () => boolean,
  on: () => Promise<void>): void {
  effect(() => {
    if (!playing()) return;
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const beat = async (): Promise<void> => {
      speed.peek();
      await on();
      if (over) return;
      if (atEnd()) playing.set(false);
      else timer = setTimeout(() => void beat(), beatMs);
    };
    timer = setTimeout(() => void beat(), beatMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  });
}
