import assert from "node:assert/strict";
import { test } from "node:test";
import type { Campaign, CampaignRegion, ExperimentSummary, Phase, RunState } from "../src/api/types";
import { arrange, standing } from "../src/shell/grouping";

function experiment(id: string, phase: Phase, more: Partial<ExperimentSummary> = {}): ExperimentSummary {
  return {
    id, name: id, title: "", instrument: "simulated", phase, position: null, state: "new", reason: null, measured: 0,
    total: 10, queuedAt: "2026-01-01T00:00:00Z", startedAt: null, endedAt: null, sequence: 0, campaign: null,
    region: null, ...more,
  };
}

function campaign(id: string, phase: Phase, ...states: [string, RunState][]): Campaign {
  return {
    id, name: id, title: "", transfer: "none", phase, state: "new", reason: null, queuedAt: "", startedAt: null,
    comparison: "none", comparisonProblem: null,
    regions: states.map(([name, state]): CampaignRegion => ({
      name, experiment: `${id}-${name}`, differences: {}, phase: "ended", state, reason: null, measured: 0, total: 10,
    })),
  };
}

const ids = (groups: ReturnType<typeof arrange>): [string, string[][]][] =>
  groups.map(({ title, entries }) => [title, entries.map(({ members }) => members.map(({ id }) => id))]);

test("regions of a campaign stay together and in order, wherever each of them is", () => {
  // Newest first, as the daemon lists them.
  const experiments = [
    experiment("c-z", "queued", { campaign: "c", position: 1 }),
    experiment("c-y", "live", { campaign: "c" }),
    experiment("c-a", "ended", { campaign: "c", state: "completed" }),
    experiment("old", "ended", { state: "completed" }),
  ];
  const known = campaign("c", "live", ["a", "completed"], ["y", "running"], ["z", "new"]);
  assert.deepEqual(ids(arrange(experiments, [known])), [["Live", [["c-a", "c-y", "c-z"]]], ["Ended", [["old"]]]]);
});

test("what waits stands in the order of the queue", () => {
  const experiments = [
    experiment("late", "queued", { position: 4 }),
    experiment("c-b", "queued", { campaign: "c", position: 3 }),
    experiment("c-a", "queued", { campaign: "c", position: 2 }),
    experiment("early", "queued", { position: 1 }),
  ];
  const known = campaign("c", "queued", ["a", "new"], ["b", "new"]);
  assert.deepEqual(ids(arrange(experiments, [known])), [["Queued", [["early"], ["c-a", "c-b"], ["late"]]]]);
});

test("a region whose campaign is not told of is an experiment like any other", () => {
  const experiments = [experiment("c-a", "ended", { campaign: "c", state: "stopped" })];
  assert.deepEqual(ids(arrange(experiments, [])), [["Ended", [["c-a"]]]]);
  assert.deepEqual(arrange(experiments, [])[0]!.entries[0]!.campaign, null);
});

test("a region whose folder is gone is left out of the list", () => {
  const known = campaign("c", "ended", ["a", "completed"], ["b", "new"]);
  known.regions[1]!.experiment = null;
  const experiments = [experiment("c-a", "ended", { campaign: "c", state: "completed" })];
  assert.deepEqual(ids(arrange(experiments, [known])), [["Ended", [["c-a"]]]]);
});

test("how far a campaign is, is said in few words", () => {
  assert.equal(standing(campaign("c", "live", ["a", "completed"], ["b", "running"], ["c", "new"])), "1 of 3 regions");
  assert.equal(standing(campaign("c", "ended", ["a", "completed"], ["b", "completed"])), "2 regions");
});
