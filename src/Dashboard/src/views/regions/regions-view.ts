import "./regions.css";
import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { Campaign, CampaignSummary } from "../../api/types";
import { standing } from "../../shell/grouping";
import type { Store } from "../../store/store";
import { h, region, type Child } from "../../ui/element";
import { computed, effect, onDispose, signal, type Readable } from "../../ui/signal";
import { emptyState, errorState, loadingState } from "../../ui/states";
import type { View } from "../view";
import { pairTable, regionTable } from "./tables";

/** The campaign of the experiment in view: how far each region is, and what they have in common once it is over. */
const view: View = {
  mount(host: HTMLElement, store: Store): void {
    const id = store.status.peek()?.campaign ?? null;
    if (id === null) {
      host.append(emptyState("This experiment is of no campaign.", "A recipe that lists regions makes one."));
      return;
    }
    const asked = signal<Campaign | null>(null);
    const error = signal<ApiError | null>(null);
    // What the daemon tells on every change has only the latest; an older campaign is over and is asked for.
    const campaign = computed(() => store.daemon()?.campaigns.find((each) => each.id === id) ?? asked());
    if (campaign.peek() === null) {
      daemon.campaign(id).then((known) => asked.set(known), (failure: ApiError) => error.set(failure));
    }
    const current = store.run.peek()?.id ?? null;
    const results = comparison(id, computed(() => campaign()?.comparison === "there"), error);
    region(host, (): Child => {
      const failure = error();
      if (failure !== null) return errorState(failure);
      const known = campaign();
      return known === null ? loadingState("Loading the campaign…") : h("div.regions", {},
        h("section.panel", { "aria-label": "Regions" },
          h("header.panel-head", {}, h("h2", {}, known.title || known.name), h("span.muted", {}, standing(known)),
            h("span.spacer"), known.transfer === "warm" && h("span.chip", {}, "each from the model before")),
          regionTable(known, results.summary(), current)),
        compared(known, results));
    });
  },
};

interface Results { summary: Readable<CampaignSummary | null>; figure: Readable<string | null> }

/** Numbers and figure, once they are there; gone when the campaign goes on. */
function comparison(id: string, isThere: Readable<boolean>, error: { set(value: ApiError | null): void }): Results {
  const summary = signal<CampaignSummary | null>(null);
  const figure = signal<string | null>(null);
  const show = (blob: Blob | null): void => {
    const before = figure.peek();
    if (before !== null) URL.revokeObjectURL(before);
    figure.set(blob && URL.createObjectURL(blob));
  };
  onDispose(() => show(null));
  effect(() => {
    let over = false;
    summary.set(null);
    show(null);
    if (isThere()) {
      daemon.campaignSummary(id).then((known) => { if (!over) summary.set(known); },
        (failure: ApiError) => { if (!over) error.set(failure); });
      // There is none where nothing was measured.
      daemon.comparison(id).then((blob) => { if (!over) show(blob); }, () => undefined);
    }
    return () => { over = true; };
  });
  return { summary, figure };
}

function compared(campaign: Campaign, { summary, figure }: Results): Child {
  const known = summary();
  const picture = figure();
  const why = campaign.comparison === "making" ? "The regions are being compared…"
    : campaign.comparison === "failed" ? `The regions could not be compared: ${campaign.comparisonProblem ?? ""}`
      : "They are compared when the campaign is over.";
  return h("section.panel", { "aria-label": "Comparison" },
    h("header.panel-head", {}, h("h2", {}, "Comparison")),
    known === null ? h("p.regions-why.muted", { role: "status" }, why) : pairTable(known),
    picture !== null && h("a.regions-figure", { href: picture, target: "_blank", title: "Open it alone" },
      h("img", { src: picture, alt: "Share of the measured scalars below a value, for each region" })));
}

export default view;
