import type { Estimate, RecipeCheck } from "../../api/types";
import { h, region, style, type Child } from "../../ui/element";
import { duration, integer, large } from "../../ui/format";
import { computed } from "../../ui/signal";
import { told } from "../form/schema";
import type { Draft } from "./start-view";

/** What the dry run found: what is wrong and where, or what the experiment would take. */
export function checkPanel(draft: Draft): HTMLElement {
  const state = computed(() => (draft.text().trim() === "" ? "Nothing to check yet."
    : draft.busy() || draft.checked() !== draft.text() ? "Checking." : draft.error() !== null ? "" : "Up to date."));
  const body = region(h("div.check-body", {}), (): Child => {
    const error = draft.error();
    if (error !== null) return h("p.form-error", { role: "alert" }, error.message, " ", error.remedy ?? "");
    const check = draft.check();
    return check === null ? h("p.muted", {}, "The dry run moves and exposes nothing.") : found(check);
  });
  return h("section.panel.start-check", { "aria-label": "Dry run" },
    h("header.panel-head", {}, h("h2", {}, "Dry run"), h("span.spacer"),
      h("span.muted", { "aria-live": "polite" }, state)), body);
}

function found(check: RecipeCheck): Child {
  return [
    h("p", {}, check.ok ? h("span.chip.good", {}, "can be started")
      : h("span.chip.bad", {}, `${check.errors.length} wrong`)),
    check.errors.length > 0 && h("ul.check-errors", {}, check.errors.map((e) => h("li", {},
      h("div.row", {}, e.key === null ? h("strong", {}, "The recipe") : link(e.key),
        e.line !== null && h("span.muted", {}, `line ${e.line}`)),
      h("p.form-error", {}, told(e))))),
    check.estimate !== null && estimate(check.estimate),
    check.regions.length > 0 && campaign(check.regions),
  ];
}

/** Leads to the field of the form, out of its folds. */
function link(key: string): HTMLElement {
  return h("button.quiet.point-link", { type: "button", on: { click: () => {
    const field = document.getElementById(`field-${key}`);
    for (let e = field?.parentElement; e; e = e.parentElement) if (e instanceof HTMLDetailsElement) e.open = true;
    field?.scrollIntoView({ block: "center" });
    field?.focus();
  } } }, key);
}

function estimate(e: Estimate): HTMLElement {
  const line = (label: string, value: Child): Child => [h("dt", {}, label), h("dd", {}, value)];
  return h("div.estimate", {},
    e.warnings.map((w) => h("p.check-warning", { role: "status" }, w)),
    h("dl.estimate-list", {},
      line("Instrument", e.instrumentDescription),
      line("Points", integer(e.points)
        + (e.exposures === e.points ? "" : `, ${integer(e.exposures)} exposures with neighbours`)),
      line("Ends by", e.pointsByThen === e.points
        ? `${e.endsBy}, with all points` : `${e.endsBy}, after about ${integer(e.pointsByThen)} points`),
      line("Candidates", integer(e.candidates)),
      line("Duration", `about ${duration(e.durationS)}`),
      line("Electrons", limited(e.electrons, e.limitElectrons, "e⁻")),
      line("Dose of a point", limited(e.dosePerPixel, e.limitPerPixel, "e/Å²"))));
}

/** All regions together; then each, folded. */
function campaign(regions: RecipeCheck["regions"]): Child {
  const sum = (of: (e: Estimate) => number): number => regions.reduce((all, { estimate: e }) => all + of(e), 0);
  return [
    h("p", {}, h("strong", {}, `${regions.length} regions`), ", one after the other: about ",
      `${duration(sum((e) => e.durationS))}, ${large(sum((e) => e.electrons))} e⁻.`),
    regions.map(({ region: name, estimate: e }) => h("details.start-section", {},
      h("summary", {}, h("strong", {}, name), h("span.muted", {}, `${integer(e.points)} points`),
        e.warnings.length > 0 && h("span.chip.warn", {}, `${e.warnings.length} to know`)),
      estimate(e))),
  ];
}

/** An amount, beside its limit where there is one, with a bar of how much of it is used. */
function limited(amount: number | null, limit: number | null, unit: string): Child {
  if (amount === null) return "told by the survey";
  if (limit === null) return `${large(amount)} ${unit}, no limit`;
  const share = amount / limit;
  const bar = style(h(`span.limit-fill${share > 1 ? ".bad" : share > 0.8 ? ".warn" : ""}` as "span"),
    { "--fill": `${Math.min(100, 100 * share)}%` });
  return h("span.limit", {}, `${large(amount)} of ${large(limit)} ${unit} (${Math.round(100 * share)} %)`,
    h("span.limit-bar", { "aria-hidden": "true" }, bar));
}
