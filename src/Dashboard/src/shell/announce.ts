import type { Store } from "../store/store";
import { h } from "../ui/element";
import { computed, effect } from "../ui/signal";
import { silence } from "./readouts";

/** Tells changes of state to who listens instead of looks; and keeps the title of the window right. */
export function announcer(store: Store): HTMLElement {
  const polite = h("div.visually-hidden", { role: "status", "aria-live": "polite" });
  const told = computed(() => {
    const status = store.commanded()?.status();
    return status ? `${status.name} is ${status.phase === "queued" ? "queued" : status.state}.` : "";
  });
  const link = computed(() => store.connection.link() === "lost" ? "The link to the daemon is lost." : "");
  effect(() => { polite.textContent = [told(), link()].filter(Boolean).join(" "); });
  effect(() => {
    const status = store.commanded()?.status();
    const alarm = status?.beam.alarm ? "ALARM · " : "";
    document.title = status
      ? `${alarm}${status.state} ${status.measured}/${status.total} · ${status.name}` : "DklActors";
  });
  return polite;
}

/** Troubles that concern every view, over the page so that nothing moves: beam alarm, link, watchdog. */
export function banners(store: Store): HTMLElement {
  const alarm = computed(() => store.commanded()?.status()?.beam.alarm ?? null);
  const lost = computed(() => store.session() !== null && store.connection.link() === "lost");
  const watchdog = computed(() => store.commanded()?.status()?.beam.watchdog === "lost"
    && store.commanded()?.status()?.phase === "live");
  const host = h("div.banners");
  const line = (kind: string, role: string, shown: () => boolean, ...children: Parameters<typeof h>[2][]) => {
    const element = h("div.banner", { "data-kind": kind, role, hidden: computed(() => !shown()) }, ...children);
    host.append(element);
  };
  line("bad", "alert", () => alarm() !== null, h("strong", {}, "The beam could not be blanked."), " ",
    h("span", {}, computed(() => alarm() ?? "")), " Blank it at the microscope now.");
  line("bad", "alert", () => watchdog(), h("strong", {}, "The watchdog is not heard."),
    " If the daemon dies, nothing blanks the beam: see dkl doctor.");
  line("warn", "status", lost, h("strong", {}, "No link to the daemon"),
    h("span.number", {}, computed(() => ` for ${Math.round(silence(store) ?? 0)} s.`)),
    " What is shown is old; the run goes on without this page. ",
    h("button", { type: "button", on: { click: () => store.connection.hurry() } }, "Try now"));
  return host;
}
