import type { Drift, ExperimentStatus } from "../../api/types";
import type { Store } from "../../store/store";
import { h, region } from "../../ui/element";
import { percent, time } from "../../ui/format";
import { computed, type Readable } from "../../ui/signal";
import { compact } from "../format/numbers";
import { brief } from "../pipeline/durations";
import { chart } from "../plot/chart";
import * as charts from "./charts";
import { heldByDrift, length, pair } from "./shift";

/** How the sample drifts and how the probe follows it; nothing where the recipe does not ask for that. */
export function driftSection(store: Store): HTMLElement {
  const isFollowed = computed(() => (store.status()?.drift ?? null) !== null);
  const host = h("section.drift", { "aria-label": "Drift", hidden: computed(() => !isFollowed()) });
  return region(host, () => (isFollowed() ? content(store) : ""));
}

function content(store: Store): HTMLElement[] {
  // Until the section is gone, for the last effects of a status that has none.
  let last = store.status.peek()!.drift!;
  const drift = computed(() => (last = store.status()?.drift ?? last));
  const looks = computed(() => store.shown()?.looks ?? []);
  const frames = computed(() => store.shown()?.frames ?? 0);
  // What the probe is corrected by is known of now alone.
  const correction = computed(() => (store.at() === null && looks().length > 0 ? drift().correction : null));
  const none = "The sample was not looked at again yet.";
  return [
    h("header.section-head", {}, h("h2", {}, "Drift"), standing(store),
      h("p.drift-every", {}, computed(() => every(drift())))),
    tiles(drift, store.status),
    h("div.plot-grid", {},
      chart({ title: "Path of the sample", width: "half", empty: none,
        chart: () => charts.path(looks(), drift(), correction()) }),
      chart({ title: "Over the run", width: "half", empty: none,
        chart: () => charts.moved(looks(), drift(), frames()) }),
      chart({ title: "Quality of the looks", width: "half", empty: none,
        chart: () => charts.quality(looks(), drift(), frames()) }),
      chart({ title: "Rate", width: "half", empty: "It takes two looks to tell how fast the sample moves.",
        chart: () => charts.rate(looks(), drift(), frames()) })),
  ];
}

/** Whether the drift holds exposures back, and why. */
function standing(store: Store): HTMLElement {
  const hold = computed(() => heldByDrift(store.status())?.reason ?? null);
  return h("p.hold.standing", { role: "status", hidden: computed(() => hold() === null) },
    h("span.chip.warn", {}, "holds exposures back"), h("span", {}, computed(() => hold() ?? "")));
}

function every({ everyFrames, everyS, lookedAt }: Drift): string {
  const often = [everyFrames === null ? "" : `every ${everyFrames} frames`,
    everyS === null ? "" : `every ${brief(everyS)}`];
  const last = lookedAt === null ? "" : `, last at ${time(lookedAt)}`;
  return `Looked at ${often.filter(Boolean).join(" and ")}${last}.`;
}

/** Numbers of fixed width, so that nothing moves while they change. */
function tiles(drift: Readable<Drift>, status: Readable<ExperimentStatus | null>): HTMLElement {
  const tile = (label: string, value: (d: Drift) => string, hint: string): HTMLElement =>
    h("div.tile", { title: hint }, h("dt", {}, label), h("dd", {}, computed(() => value(drift()))));
  return h("dl.tiles", {},
    tile("Moved, limit (px)", (d) => `${compact(length(d.shift), 3)} / ${compact(d.largestShiftPx)}`,
      "How far the sample has moved since the first image; at the limit exposures are held back."),
    tile("Rate, limit (px/min)", (d) => (d.ratePerMinute === null ? "–" : compact(length(d.ratePerMinute), 3))
      + ` / ${d.largestRatePxPerMinute === null ? "any" : compact(d.largestRatePxPerMinute)}`,
      "How fast it moved between the last two looks that are trusted; at the limit exposures are held back."),
    tile("Corrected by (px)", (d) => pair(d.correction),
      "Rows and columns that the last exposure was sent beside its planned place."),
    tile("Frames since a look", (d) => (d.everyFrames === null ? String(d.framesSince)
      : `${d.framesSince} of ${d.everyFrames}`), "Frames since the structural image was last scanned."),
    tile("Looks", (d) => [String(d.looks), d.rejected > 0 ? `${d.rejected} doubtful` : "",
      d.lost > 0 ? `${d.lost} lost` : ""].filter(Boolean).join(", "),
      "Scans that gave an image; those of them not trusted; those that gave none."),
    tile("Share of dose", (d) => {
      const all = status()?.dose.electrons ?? 0;
      return all > 0 ? percent(d.electrons / all, 1) : "–";
    }, "What all looks cost, of the electrons on the whole sample."));
}
