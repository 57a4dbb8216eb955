import "../plot/plot.css";
import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { Learning } from "../../api/types";
import { h } from "../../ui/element";
import { percent } from "../../ui/format";
import { computed, effect, onDispose, signal, type Readable } from "../../ui/signal";
import type { Store } from "../../store/store";
import { chart } from "../plot/chart";
import { axisLabel, compact } from "../format/numbers";
import { ofRun } from "../of-run";
import type { View } from "../view";
import { coverage, judged, verdict, type Judged } from "./calibration";
import * as charts from "./charts";
import { goalOf } from "./progress";
import { comparable, courseSince, scalarizerSince } from "./validity";

/** How learning goes, and above all whether the model is as good as it says. */
const view: View = {
  mount(host, store) {
    ofRun(host, store, "Fetching the points measured so far.", content, () => store.shown() !== null);
  },
};

export default view;

function content(store: Store): HTMLElement {
  const since = scalarizerSince(store);
  const models = computed(() => store.shown()?.models ?? []);
  const points = computed(() => comparable(store.shown()?.points ?? [], models(), since()));
  const pairs = computed(() => judged(points()));
  const names = computed(() => charts.namesOf(store.status()!));
  const goal = computed(() => goalOf(store.shown()?.choices.planner ?? {}));
  const { learning, error } = course(store);
  // A past moment knows only what was known then.
  const until = computed(() => courseSince(learning(), models(), since()));
  const open = (point: number): void => {
    store.selected.set(point);
    store.selection.set(new Set([point]));
  };
  const none = "Nothing was predicted before it was measured yet: the first model comes after the seeds.";
  const selected = store.selection;
  return h("div.view-scroll", {},
    h("section", { "aria-label": "Honesty of the predictions" },
      h("header.section-head", {}, h("h2", {}, "Said before, came after"), judgement(pairs, since)),
      tiles(pairs, names),
      h("div.plot-grid", {},
        chart({ title: "Expected against measured", width: "half", size: "tall", empty: none, open,
          chart: () => charts.parity(pairs(), names(), selected()) }),
        chart({ title: "Interval coverage", width: "half", size: "tall", empty: none,
          chart: () => charts.coverageChart(pairs()) }),
        chart({ title: "Surprises, point by point", empty: none, open,
          chart: () => charts.residuals(pairs(), names(), selected()) }),
        chart({ title: "Surprises, how often", empty: none, chart: () => charts.residualHistogram(pairs()) }),
        chart({ title: "Surprises against normal", empty: none, open,
          chart: () => charts.quantilePlot(pairs(), selected()) }))),
    h("section", { "aria-label": "Progress" },
      h("header.section-head", {}, h("h2", {}, "Progress"), trouble(error)),
      h("div.plot-grid", {},
        chart({ title: "Best so far", width: "half", empty: "No point is measured yet.", open,
          chart: () => charts.best(points(), goal(), names(), selected()) }),
        chart({ title: "Uncertainty", width: "half", empty: "There is no model yet.", open,
          chart: () => charts.uncertainty(points(), until(), names(), selected()) }),
        chart({ title: "Pace", width: "half", empty: "Fewer than two points are measured.",
          chart: () => charts.paceChart(points()) }),
        chart({ title: "Training time", width: "half", empty: "There is no model yet.",
          chart: () => charts.training(models()) }))),
    truth(store, until));
}

function truth(store: Store, until: Readable<Learning | null>): HTMLElement {
  const hasTruth = computed(() => store.status()?.hasTruth === true);
  const none = "There is no model yet.";
  return h("section", { "aria-label": "Errors of the map", hidden: computed(() => !hasTruth()) },
    h("header.section-head", {}, h("h2", {}, "Against the truth"),
      h("p", {}, "The instrument knows the true map; nothing is learned from it. 1 is the range of the truth.")),
    h("div.plot-grid", {},
      chart({ title: "RMSE", empty: none,
        chart: () => charts.error(until(), "rmse", "RMSE (ranges of the truth)") }),
      chart({ title: "NLPD", empty: none, chart: () => charts.error(until(), "nlpd", "NLPD (nats)") }),
      chart({ title: "R²", empty: none, chart: () => charts.error(until(), "rSquared", "R²") })));
}

function judgement(pairs: Readable<readonly Judged[]>, since: Readable<number>): HTMLElement {
  return h("p", { "aria-live": "polite" }, computed(() => {
    const v = verdict(pairs());
    const part = since() === 0 ? "" : ` Since the scalarizer changed at event ${since()}.`;
    if (v.words === null) return `${v.count} predictions so far; from 10 on there is something to say.${part}`;
    return `The model is ${v.words}.${part}`;
  }));
}

/** Four numbers of fixed width. */
function tiles(pairs: Readable<readonly Judged[]>, names: Readable<charts.Names>): HTMLElement {
  const numbers = computed(() => verdict(pairs()));
  const held = (at: number): Readable<string> => computed(() => percent(coverage(pairs())[at]?.empirical));
  const tile = (label: string | Readable<string>, value: Readable<string>, hint: string): HTMLElement =>
    h("div.tile", { title: hint }, h("dt", {}, label), h("dd", {}, value));
  return h("dl.tiles", {},
    tile("Predictions", computed(() => String(numbers().count)), "Made before their point was measured."),
    tile("Size of surprises", computed(() => compact(numbers().spread, 3)),
      "Root mean square of (measured − expected) / deviation. 1 is honest, more is too sure, less is too cautious."),
    tile("In 68 % intervals", held(1), "Share of measurements in the central 68 % interval predicted for them."),
    tile("In 95 % intervals", held(3), "Share of measurements in the central 95 % interval predicted for them."),
    tile(computed(() => axisLabel("Typical miss", names().unit)), computed(() => compact(numbers().rmse, 3)),
      "Root mean square of measured − expected."),
    tile("NLPD", computed(() => compact(numbers().nlpd, 3)),
      "Mean negative log density of what came under what was said, nats a point; less is better."));
}

function trouble(error: Readable<string | null>): HTMLElement {
  return h("p.inline-trouble", { role: "status" }, computed(() => error() ?? ""));
}

/** The course of learning, asked for again when a model is new, at most every two seconds. */
function course(store: Store): { learning: Readable<Learning | null>; error: Readable<string | null> } {
  const learning = signal<Learning | null>(null);
  const error = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;
  onDispose(() => {
    over = true;
    clearTimeout(timer);
  });
  async function ask(id: string): Promise<void> {
    try {
      const now = await daemon.learning(id);
      if (over) return;
      learning.set(now);
      error.set(null);
    } catch (e) {
      if (!(e instanceof ApiError)) throw e;
      // None yet is no trouble.
      if (e.status !== 404) error.set(`The course of learning is missing: ${e.message}`);
    }
    timer = setTimeout(() => { timer = undefined; }, 2000);
  }
  const moment = computed(() => `${store.run()?.id} ${store.run()?.live()?.models.at(-1)?.version}`);
  effect(() => {
    moment();
    const id = store.run.peek()?.id;
    if (id === undefined) return;
    if (timer === undefined) void ask(id);
    else {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(id), 2000);
    }
  });
  return { learning, error };
}
