import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { TrainerNode, Trainers } from "../../api/types";
import { h, region } from "../../ui/element";
import { poll } from "../../ui/poll";
import { computed, signal, type Readable } from "../../ui/signal";
import type { Store } from "../../store/store";
import { brief } from "./durations";

/** How often nodes are asked for, ms: they tell of themselves every two seconds. */
const intervalMs = 2_000;

const chips: Record<TrainerNode["state"], string> = { present: "good", left: "warn", lost: "bad" };

/** The trainer nodes of the daemon, and the link to them; nothing where it has no broker. */
export function trainerPanel(store: Store): HTMLElement {
  const trainers = polled(store);
  const key = computed(() => JSON.stringify(trainers()));
  const body = region(h("div.trainers-list", {}), () => {
    key();
    const now = trainers.peek();
    if (now === null || now.broker === null) return "";
    const { broker, nodes } = now;
    const ignored = Object.entries(broker.ignored);
    return [
      h("p.hold", { title: `${broker.published} jobs sent, ${broker.accepted} results taken` }, h(`span.chip.${broker.connected ? "good" : "bad"}`, {}, broker.connected ? "linked" : "no link"),
        h("span", {}, broker.address, broker.reason === null ? "" : `: ${broker.reason}`)),
      nodes.length === 0 && h("p.muted", {}, "No trainer node has told of itself; models are trained here."),
      ...nodes.map(line),
      ignored.length > 0 && h("p.muted", {}, `Not heeded: ${ignored.map(([why, n]) => `${n} ${why}`).join(", ")}.`),
    ];
  });
  return h("section.panel.trainers", { "aria-label": "Trainer nodes",
    hidden: computed(() => (trainers()?.broker ?? null) === null) },
  h("header.panel-head", {}, h("h2", {}, "Trainer nodes")), body);
}

function line(n: TrainerNode): HTMLElement {
  const jobs = n.jobs.map((j) => `${j.experiment} model ${j.version}, ${brief(j.seconds)}`).join("; ");
  const state = n.state === "lost" ? `silent for ${brief(n.silentS)}` : n.state;
  return h("p.hold", { title: `${n.identity}, ${n.software}` }, h(`span.chip.${chips[n.state]}`, {}, state),
    h("span", {}, h("strong", {}, n.node), ` on ${n.device}, ${n.jobs.length} of ${n.capacity}`,
      jobs === "" ? "" : `: ${jobs}`));
}

function polled(store: Store): Readable<Trainers | null> {
  const trainers = signal<Trainers | null>(null);
  poll(computed(() => (store.session() === null ? null : true)), intervalMs, async (_, wanted) => {
    let now: Trainers | null = null;
    try {
      now = await daemon.trainers();
    } catch (e) {
      if (!(e instanceof ApiError)) throw e;
      // The link tells what is wrong with the daemon; what was known of the nodes is old then.
    }
    if (wanted()) trainers.set(now);
  });
  return trainers;
}
