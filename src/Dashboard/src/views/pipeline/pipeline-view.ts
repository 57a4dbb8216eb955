import "../plot/plot.css";
import "./pipeline.css";
import { h, region } from "../../ui/element";
import { percent, time } from "../../ui/format";
import { computed, type Readable } from "../../ui/signal";
import type { Store } from "../../store/store";
import { compact } from "../format/numbers";
import { eventLog } from "../journal/log";
import { driftSection } from "../drift/drift-section";
import { ofRun } from "../of-run";
import type { View } from "../view";
import { actorTable } from "./actors-view";
import { brief } from "./durations";
import { strip } from "./strip-view";
import type { Bar } from "./strip";
import { trainerPanel } from "./trainers-view";

/** Who does what, whether anything is behind, and whether thinking costs time of the beam. */
const view: View = {
  mount(host, store) {
    ofRun(host, store, "Fetching what happened so far.", content);
  },
};

export default view;

function content(store: Store): HTMLElement {
  const log = eventLog(store);
  const shown = strip(store, log.events);
  return h("div.pipeline.view-scroll", {}, numbers(store),
    shown.element,
    driftSection(store),
    h("p.inline-trouble", { role: "status" }, computed(() => log.error() ?? "")),
    h("div.pipeline-split", {}, actorTable(store), h("div.pipeline-side", {},
      trainerPanel(store), holds(store, computed(() => shown.seen().bars)))));
}

function numbers(store: Store): HTMLElement {
  const tile = (label: string, value: () => string, hint: string): HTMLElement =>
    h("div.tile", { title: hint }, h("dt", {}, label), h("dd", {}, computed(value)));
  const status = store.status;
  return h("dl.tiles", {},
    tile("Beam at work", () => percent(status()?.beamUtilisation),
      "Share of the time since the first exposure in which the detector exposed or read out."),
    tile("Pace", () => `${compact(status()?.pointsPerHour, 3)} / h`, "Points measured an hour."),
    tile("Last training", () => brief(status()?.model?.lastTrainingS ?? NaN), "Wall time of the last training."),
    tile("Model is behind", () => {
      const m = status()?.model;
      return m === null || m === undefined ? "–" : `${m.agePoints} of ${m.stalenessLimit}`;
    }, "Scalars that came since the model was trained; at the limit exposures are held back."),
    tile("Pending", () => String(status()?.pending ?? "–"), "Points chosen and neither measured nor given up."));
}

function holds(store: Store, bars: Readable<readonly Bar[]>): HTMLElement {
  const now = computed(() => store.status()?.holds ?? []);
  const key = computed(() => JSON.stringify([now(), past(bars()).map((b) => [b.sequence, b.to])]));
  const list = h("div.holds-list", {});
  region(list, () => {
    key();
    const standing = now.peek();
    const over = past(bars.peek());
    if (standing.length === 0 && over.length === 0) return h("p.muted", {}, "Nothing holds the run, and nothing did.");
    return [
      ...standing.map((x) => h("p.hold.standing", {}, h("span.chip.warn", {}, "holds"),
        h("span", {}, h("strong", {}, x.by), x.reason === "" ? "" : `: ${x.reason}`))),
      ...over.map((b) => h("p.hold", {}, h("span.chip", {}, time(new Date(b.from * 1000).toISOString())),
        h("span", {}, `${b.label}, for ${brief((b.to ?? b.from) - b.from)}`))),
    ];
  });
  return h("section.panel.holds", { "aria-label": "Holds" },
    h("header.panel-head", {}, h("h2", {}, "Holds")), list);
}

/** Holds that are over, newest first, not more than a person reads. */
const past = (bars: readonly Bar[]): Bar[] =>
  bars.filter((b) => b.lane === "hold" && b.to !== null).reverse().slice(0, 20);
