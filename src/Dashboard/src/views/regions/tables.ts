import type { Campaign, CampaignRegion, CampaignSummary, CrossPrediction } from "../../api/types";
import { stateTones } from "../../shell/readouts";
import { formatAddress } from "../../store/address";
import { h, type Child } from "../../ui/element";
import { integer, large, percent, significant, withUnit } from "../../ui/format";

const head = (...names: string[]): HTMLElement => h("thead", {}, h("tr", {},
  names.map((name, i) => h(i === 0 ? "th" : "th.number", { scope: "col" }, name))));
const number = (text: string): HTMLElement => h("td.number", {}, text);

/** One line a region: how far it is, and, once that is told, what was found there. */
export function regionTable(campaign: Campaign, summary: CampaignSummary | null, current: string | null): HTMLElement {
  return h("table.regions-table", {},
    head("Region", "State", "Points",
      ...(summary === null ? [] : ["Electrons", "Best", "Map, 90 % of it", "Map, uncertainty"])),
    h("tbody", {}, campaign.regions.map((each) => {
      const found = summary?.regions.find(({ name }) => name === each.name);
      const unit = summary?.unit ?? "";
      const map = found?.map ?? null;
      return h("tr", { "aria-current": each.experiment === current ? "true" : null },
        h("td", {}, name(each), h("span.muted.regions-differences", {}, differences(each))),
        h("td.number", { title: each.reason }, h("span.row.regions-state", {},
          h("span.dot", { "data-tone": each.phase === "queued" ? "" : stateTones[each.state], "aria-hidden": "true" }),
          stateOf(each))),
        number(`${integer(each.measured)} / ${integer(each.total)}`),
        summary !== null && [
          number(large(found?.electrons)),
          number(withUnit(significant(found?.best?.value), unit)),
          number(map === null ? "–" : withUnit(`${significant(map.low, 3)} … ${significant(map.high, 3)}`, unit)),
          number(withUnit(significant(map?.uncertainty, 3), unit)),
        ]);
    })));
}

function name(region: CampaignRegion): Child {
  return region.experiment === null ? h("strong", {}, region.name)
    : h("a", { href: formatAddress({ id: region.experiment, view: null }) }, region.name);
}

/** What is given there and nowhere else, without the section that a key is in. */
export function differences(region: CampaignRegion): string {
  return Object.entries(region.differences)
    .map(([key, value]) => `${key.slice(key.lastIndexOf(".") + 1)} ${value}`).join(", ");
}

export function stateOf({ phase, state }: CampaignRegion): string {
  return phase === "queued" ? "queued" : phase === "starting" ? "starting" : state === "new" ? "not begun" : state;
}

/** How well what was learned in one region tells what was measured in another. */
export function pairTable(summary: CampaignSummary): HTMLElement {
  return h("table.regions-table", {},
    head("Predicted", "From", "Points", "R²", "Within 68 % interval", "Scalars apart", "Structure alike"),
    h("tbody", {}, summary.comparison.flatMap((pair): HTMLElement[] => pair.problem !== null
      ? [h("tr", {}, h("td", { colspan: 7 }, `${pair.one}, ${pair.other}: `, h("span.muted", {}, pair.problem)))]
      : [pair.there, pair.back].filter((each): each is CrossPrediction => each !== null).map((each) => h("tr", {},
        h("td", {}, each.to), number(each.from), number(integer(each.points)), number(significant(each.r2, 2)),
        number(percent(each.coverage68)), number(significant(pair.scalarDistance, 2)),
        number(significant(pair.structureMixing, 2)))))));
}
