import type { ExperimentSummary } from "../api/types";
import { address, formatAddress } from "../store/address";
import type { Store } from "../store/store";
import { h, region } from "../ui/element";
import { time } from "../ui/format";
import { computed } from "../ui/signal";
import { stateTones } from "./readouts";

const groups: { title: string; of: (each: ExperimentSummary) => boolean }[] = [
  { title: "Live", of: ({ phase }) => phase === "live" || phase === "starting" },
  { title: "Queued", of: ({ phase }) => phase === "queued" },
  { title: "Ended", of: ({ phase }) => phase === "ended" },
];

/** All experiments of the daemon; choosing one keeps the view. */
export function experimentList(store: Store): HTMLElement {
  // As text, so that the list is built anew only when something in it that is shown differs.
  const shown = computed(() => JSON.stringify(store.daemon()?.experiments.map(
    ({ id, name, title, phase, position, state, measured, total, endedAt, queuedAt }) =>
      ({ id, name, title, phase, position, state, measured, total, endedAt, queuedAt })) ?? null));
  const list = region(h("div.experiment-groups"), () => {
    const experiments = JSON.parse(shown()) as ExperimentSummary[] | null;
    if (experiments === null) return h("p.muted", {}, "Loading…");
    if (experiments.length === 0) return h("p.muted", {}, "None yet. Start one from a recipe.");
    const { id, view } = address();
    return groups.map((group) => {
      const members = experiments.filter(group.of).sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
      return members.length > 0 && h("section", {}, h("h3", {}, group.title),
        h("ul", {}, members.map((each) => h("li", {}, entry(each, each.id === id, view)))));
    });
  });
  return h("nav.experiments", { "aria-label": "Experiments" }, list);
}

function entry(experiment: ExperimentSummary, current: boolean, view: string | null): HTMLElement {
  const { id, name, title, state, phase, position, measured, total } = experiment;
  const what = phase === "queued" ? `number ${position} in the queue` : phase === "starting" ? "starting" : state;
  const count = phase === "queued" ? "" : `${measured}/${total}`;
  return h("a.experiment", {
    href: formatAddress({ id, view }), "aria-current": current ? "page" : null, title: `${title || name}\n${id}`,
  },
  h("span.experiment-name", {}, title || name),
  h("span.experiment-line", {},
    h("span.dot", { "data-tone": phase === "queued" ? "" : stateTones[state], "aria-hidden": "true" }),
    h("span", {}, what), h("span.spacer"), h("span.number", {}, count)),
  h("span.experiment-line.muted", {}, time(experiment.endedAt ?? experiment.startedAt ?? experiment.queuedAt)));
}
