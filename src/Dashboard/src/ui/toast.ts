import { ApiError } from "../api/http";
import { h } from "./element";

const host = h("div.toasts", { role: "status", "aria-live": "polite" });

export function toasts(): HTMLElement { return host; }

/** A line that goes by itself; troubles stay until they are closed. */
export function say(text: string, kind: "info" | "bad" = "info", remedy: string | null = null): void {
  const close = h("button.quiet", { type: "button", "aria-label": "Close", on: { click: () => toast.remove() } }, "×");
  const bad = kind === "bad";
  const toast: HTMLElement = h(bad ? "div.toast.bad" : "div.toast", { role: bad ? "alert" : null },
    h("div", {}, h("p", {}, text), remedy !== null && h("p.muted", {}, remedy)), close);
  host.append(toast);
  while (host.childElementCount > 4) host.firstElementChild!.remove();
  if (kind === "info") setTimeout(() => toast.remove(), 5_000);
}

export function sayError(error: unknown): void {
  if (error instanceof ApiError) say(error.message, "bad", error.remedy);
  else say(String(error), "bad");
}
