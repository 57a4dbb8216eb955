import type { ApiError } from "../api/http";
import { h } from "./element";

/** Empty, loading and failed, the same in every view: said calmly in the middle, with what to do. */

export function emptyState(title: string, hint: string, ...actions: HTMLElement[]): HTMLElement {
  return h("div.state", { role: "status" }, h("p.state-title", {}, title), h("p.state-hint", {}, hint),
    actions.length > 0 && h("div.state-actions", {}, actions));
}

export function loadingState(what: string): HTMLElement {
  return h("div.state.loading", { role: "status", "aria-busy": "true" },
    h("span.spinner", { "aria-hidden": "true" }), h("p.state-hint", {}, what));
}

export function errorState(error: ApiError | Error, again?: () => void): HTMLElement {
  const remedy = "remedy" in error ? error.remedy : null;
  return h("div.state.failed", { role: "alert" }, h("p.state-title", {}, error.message),
    remedy !== null && h("p.state-hint", {}, remedy),
    again !== undefined && h("button", { type: "button", on: { click: again } }, "Try again"));
}
