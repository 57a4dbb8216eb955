import { daemon } from "../api/daemon";
import type { ExperimentStatus, RunState } from "../api/types";
import type { Store } from "../store/store";
import { ask } from "../ui/dialog";
import { h } from "../ui/element";
import { computed } from "../ui/signal";
import { say } from "../ui/toast";
import { whyNoSeat } from "./commands";

const continuable: readonly RunState[] = ["stopped", "aborted", "halted", "interlocked", "failed"];

function verb(status: ExperimentStatus | null): "continue" | "dequeue" | null {
  if (status?.phase === "queued") return "dequeue";
  if (status?.phase !== "ended") return null;
  // A region that was taken out of the queue has not begun.
  const isLeft = continuable.includes(status.state) || (status.campaign !== null && status.state === "new");
  return isLeft ? "continue" : null;
}

/** What can be done with the experiment in view while it is not in work: go on with it, or take it out of the queue. */
export function queueing(store: Store): HTMLElement {
  const what = computed(() => verb(store.status()));
  const why = computed(() => whyNoSeat(store));
  return h("button.queueing", {
    type: "button", hidden: computed(() => what() === null), "data-action": what,
    "aria-disabled": computed(() => why() === null ? null : "true"),
    title: computed(() => why() ?? (what() === "continue" ? "Queues it again, to go on where it was"
      : "It is not started then")),
    on: { click: () => {
      const status = store.status.peek();
      if (why.peek() !== null || status === null) say(why.peek() ?? "");
      else void (what.peek() === "continue" ? goOn(status) : takeOut(status));
    } },
  }, computed(() => what() === "dequeue" ? "Take out of the queue…" : "Continue…"));
}

function goOn(status: ExperimentStatus): Promise<boolean> {
  return ask({
    title: `Continue ${status.name}?`,
    text: (status.state === "new" ? "It begins"
      : `It is ${status.state} after ${status.measured} of ${status.total} points and goes on there`)
      + ` when its instrument is free${status.campaign === null ? "" : ", and the regions after it follow"}.`,
    reason: { label: "Reason, for the journal" },
    confirm: "Continue",
    act: (reason) => daemon.continueRun(status.id, reason || "Asked for in the dashboard."),
  });
}

function takeOut(status: ExperimentStatus): Promise<boolean> {
  return ask({
    title: `Take ${status.name} out of the queue?`, confirm: "Take it out", danger: true,
    ...(status.campaign !== null && { text: "The regions after it go with it." }),
    act: () => daemon.dequeue(status.id),
  });
}
