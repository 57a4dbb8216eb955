/** Campaigns, of the same interface as types.ts. */

import type { Keys, Phase, RunState } from "./types";

/** A campaign: the regions of one recipe in order, each an experiment. */
export interface Campaign {
  id: string;
  name: string;
  title: string;
  /** What the first training in a further region starts from. */
  transfer: "none" | "warm";
  /** Live or starting while a region is, queued while one waits, else ended. */
  phase: Phase;
  /** Of the first region that is not complete; completed when all are. */
  state: RunState;
  reason: string | null;
  queuedAt: string;
  startedAt: string | null;
  /** Of the regions; it is made when the campaign is over. */
  comparison: "none" | "making" | "there" | "failed";
  comparisonProblem: string | null;
  regions: CampaignRegion[];
}

export interface CampaignRegion {
  name: string;
  /** Id of its experiment; null where its folder is gone. */
  experiment: string | null;
  /** Recipe keys that it has of its own. */
  differences: Keys;
  phase: Phase;
  state: RunState;
  reason: string | null;
  measured: number;
  total: number;
}

/** What is shown of a campaign's summary.json. */
export interface CampaignSummary {
  unit: string;
  regions: {
    name: string;
    points: number;
    electrons: number;
    best: { value: number } | null;
    /** The predicted map, and half its mean 68 % interval. */
    map: { mean: number; low: number; high: number; uncertainty: number } | null;
  }[];
  comparison: RegionPair[];
}

/** Two regions beside each other. */
export interface RegionPair {
  one: string;
  other: string;
  there: CrossPrediction | null;
  back: CrossPrediction | null;
  /** Of the measured scalars: 0 for the same distribution, 1 for none in common. */
  scalarDistance: number | null;
  /** Of the measured structure: 1 for one kind, 0 for two. */
  structureMixing: number | null;
  /** Why they cannot be compared, or null. */
  problem: string | null;
}

/** What a model of one region, by structure alone, says of another. */
export interface CrossPrediction { from: string; to: string; points: number; r2: number | null; coverage68: number }
