import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { ActorNode } from "../../api/types";
import { h, style } from "../../ui/element";
import { integer } from "../../ui/format";
import { poll } from "../../ui/poll";
import { computed, effect, signal, type Readable } from "../../ui/signal";
import type { Store } from "../../store/store";
import { brief } from "./durations";
import { rows, type Row } from "./tree";

const columns = ["Actor", "State", "Mailbox", "Waits", "Busy", "Stashed", "Handled", "Dropped", "Restarts"];

/** The actors of a live run, line by line, asked for once a second while the view is open. */
export function actorTable(store: Store): HTMLElement {
  const { tree, why } = polled(store);
  const body = h("tbody", {});
  const said = h("p.actors-none", { role: "status" });
  const table = h("table.actors-table", {},
    h("thead", {}, h("tr", {}, columns.map((c, i) => h(i > 2 ? "th.number" : "th", { scope: "col" }, c)))), body);
  effect(() => {
    const all = rows(tree());
    body.replaceChildren(...all.map(line));
    table.hidden = all.length === 0;
    said.hidden = all.length > 0;
    said.textContent = why();
  });
  return h("section.panel.actors", { "aria-label": "Actors" },
    h("header.panel-head", {}, h("h2", {}, "Actors"),
      h("p.muted", {}, "Who works on the run, and how much waits for each.")),
    h("div.actors-scroll", { tabindex: 0, role: "region", "aria-label": "Actors, scrolls" }, table, said));
}

const stateChips: Record<ActorNode["state"], string> = {
  running: "good", awaiting: "accent", starting: "accent", suspended: "warn", stopping: "warn", restarting: "bad" };

function line({ node, depth, fill, trouble, path }: Row): HTMLElement {
  const name = style(h("span.actor-name", { title: path }, node.name), { "--level": String(depth) });
  const meter = style(h("span.mailbox-fill"), { "--fill": `${Math.round(100 * fill)}%` });
  const number = (text: string, bad = false): HTMLElement => h(bad ? "td.number.is-bad" : "td.number", {}, text);
  return h(`tr.trouble-${trouble}`, {},
    h("th", { scope: "row" }, name, h("span.actor-type", {}, node.type.replace(/Actor$/, ""))),
    h("td", {}, h(`span.chip.${stateChips[node.state]}`, {}, node.state)),
    h("td", {}, h("span.mailbox", {}, h("span.mailbox-bar", { "aria-hidden": "true" }, meter),
      `${integer(node.depth)} of ${integer(node.capacity)}`)),
    number(node.oldestWaitingS === null ? "–" : brief(node.oldestWaitingS), (node.oldestWaitingS ?? 0) > 5),
    number(node.busyS === null ? "–" : brief(node.busyS)),
    number(integer(node.stashed)),
    number(integer(node.processed)),
    number(integer(node.dropped), node.dropped > 0),
    number(integer(node.restarts), node.restarts > 0));
}

function polled(store: Store): { tree: Readable<ActorNode | null>; why: Readable<string> } {
  const tree = signal<ActorNode | null>(null);
  const why = signal("Asking for the actors.");
  const live = computed(() => (store.status()?.phase === "live" ? store.run()?.id ?? null : null));
  effect(() => {
    tree.set(null);
    if (live() === null) why.set("Actors live as long as their run is worked on; this one is not.");
  });
  poll(live, 1_000, async (id, wanted) => {
    try {
      const now = await daemon.actors(id);
      if (wanted()) tree.set(now);
    } catch (e) {
      if (!(e instanceof ApiError)) throw e;
      if (!wanted()) return;
      tree.set(null);
      why.set(e.status === 404 || e.status === 409 ? "The actors are not there yet." : e.message);
    }
  });
  return { tree, why };
}
