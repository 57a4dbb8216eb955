import type { Campaign, ExperimentSummary, Phase } from "../api/types";

/** A line of the list: an experiment of its own, or a campaign with the experiments of its regions, in order. */
export interface Listed { campaign: Campaign | null; members: ExperimentSummary[] }

export interface Group { title: string; entries: Listed[] }

const groups: { title: string; phases: readonly Phase[] }[] = [
  { title: "Live", phases: ["live", "starting"] },
  { title: "Queued", phases: ["queued"] },
  { title: "Ended", phases: ["ended"] },
];

/**
 * The experiments under the headings of the list. Regions of a campaign stay together, wherever each of them is; what
 * waits stands in the order of the queue, the rest as it came.
 */
export function arrange(experiments: readonly ExperimentSummary[], campaigns: readonly Campaign[]): Group[] {
  const entries: Listed[] = [];
  const known = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  const seen = new Set<string>();
  for (const each of experiments) {
    const campaign = known.get(each.campaign ?? "");
    if (campaign === undefined) {
      entries.push({ campaign: null, members: [each] });
    } else if (!seen.has(campaign.id)) {
      seen.add(campaign.id);
      entries.push({ campaign, members: campaign.regions.flatMap(({ experiment }) =>
        experiments.find(({ id }) => id === experiment) ?? []) });
    }
  }
  return groups.map(({ title, phases }) => ({
    title,
    entries: inOrder(entries.filter((entry) => phases.includes(phaseOf(entry)))),
  })).filter((group) => group.entries.length > 0);
}

function phaseOf({ campaign, members }: Listed): Phase {
  return campaign?.phase ?? members[0]!.phase;
}

function inOrder(entries: Listed[]): Listed[] {
  const waits = entries.every((entry) => phaseOf(entry) === "queued");
  return waits ? entries.sort((a, b) => positionOf(a) - positionOf(b)) : entries;
}

function positionOf({ members }: Listed): number {
  return Math.min(...members.map(({ position }) => position ?? Number.MAX_SAFE_INTEGER));
}

/** Where a campaign is, in a few words. */
export function standing(campaign: Campaign): string {
  const done = campaign.regions.filter(({ state }) => state === "completed").length;
  const all = campaign.regions.length;
  return done === all ? `${all} regions` : `${done} of ${all} regions`;
}
