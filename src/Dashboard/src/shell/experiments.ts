import type { Campaign, ExperimentSummary } from "../api/types";
import { address, formatAddress } from "../store/address";
import type { Store } from "../store/store";
import { h, region } from "../ui/element";
import { time } from "../ui/format";
import { computed } from "../ui/signal";
import { arrange, standing, type Listed } from "./grouping";
import { stateTones } from "./readouts";

interface Shown { experiments: ExperimentSummary[]; campaigns: Campaign[] }

/** All experiments of the daemon, the regions of a campaign together; choosing one keeps the view. */
export function experimentList(store: Store): HTMLElement {
  // As text, so that the list is built anew only when something in it that is shown differs.
  const shown = computed(() => JSON.stringify(shownOf(store)));
  const list = region(h("div.experiment-groups"), () => {
    const known = JSON.parse(shown()) as Shown | null;
    if (known === null) return h("p.muted", {}, "Loading…");
    if (known.experiments.length === 0) return h("p.muted", {}, "None yet. Start one from a recipe.");
    return arrange(known.experiments, known.campaigns).map(({ title, entries }) =>
      h("section", {}, h("h3", {}, title), h("ul", {}, entries.map((each) => h("li", {}, listed(each))))));
  });
  return h("nav.experiments", { "aria-label": "Experiments" }, list);
}

function shownOf(store: Store): unknown {
  const known = store.daemon();
  return known && {
    experiments: known.experiments.map(
      ({ id, name, title, phase, position, state, measured, total, endedAt, queuedAt, campaign, region: place }) =>
        ({ id, name, title, phase, position, state, measured, total, endedAt, queuedAt, campaign, region: place })),
    campaigns: known.campaigns.map(({ id, name, title, phase, comparison, regions }) => ({
      id, name, title, phase, comparison, regions: regions.map(({ experiment, state }) => ({ experiment, state })),
    })),
  };
}

function listed({ campaign, members }: Listed): HTMLElement {
  const { id, view } = address();
  if (campaign === null) return entry(members[0]!, members[0]!.id === id, view === "regions" ? null : view);
  const { title, name, comparison } = campaign;
  const inView = members.find((each) => each.id === id) ?? members[0]!;
  return h("div.campaign", {},
    h("div.campaign-head", { title: `${title || name}\n${campaign.id}` },
      h("span.experiment-name", {}, title || name),
      h("span.experiment-line", {}, h("span", {}, standing(campaign)), h("span.spacer"),
        comparison === "making" ? h("span", {}, "comparing…")
          : h("a", { href: formatAddress({ id: inView.id, view: "regions" }) },
            comparison === "there" ? "Comparison" : "Regions"))),
    h("ul.campaign-regions", {}, members.map((each) => h("li", {}, entry(each, each.id === id, view)))));
}

function entry(experiment: ExperimentSummary, current: boolean, view: string | null): HTMLElement {
  const { id, name, title, state, phase, position, measured, total } = experiment;
  const what = phase === "queued" ? `number ${position} in the queue` : phase === "starting" ? "starting"
    : state === "new" ? "not begun" : state;
  const count = phase === "queued" ? "" : `${measured}/${total}`;
  return h("a.experiment", {
    href: formatAddress({ id, view }), "aria-current": current ? "page" : null, title: `${title || name}\n${id}`,
  },
  h("span.experiment-name", {}, experiment.region ?? (title || name)),
  h("span.experiment-line", {},
    h("span.dot", { "data-tone": phase === "queued" ? "" : stateTones[state], "aria-hidden": "true" }),
    h("span", {}, what), h("span.spacer"), h("span.number", {}, count)),
  experiment.region === null && h("span.experiment-line.muted", {},
    time(experiment.endedAt ?? experiment.startedAt ?? experiment.queuedAt)));
}
