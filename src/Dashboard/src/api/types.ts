/**
 * What the daemon says over HTTP and SignalR, version 1; docs/api.md has the routes.
 *
 * Names carry their units: S seconds, Ms milliseconds, Nm nanometres, Ev electron volts. Times are ISO 8601 in UTC.
 * Row and column count pixels of the structural image from its upper left corner. A number that there is none of is
 * null; in journal events, and only there, it may be the word "NaN".
 */

import type { Campaign } from "./campaigns";
import type { Drift, Look } from "./drift";

export type { Campaign, CampaignRegion, CampaignSummary, CrossPrediction, RegionPair } from "./campaigns";
export type { Drift, Look, Shift } from "./drift";

export type RunState =
  | "new" | "preparing" | "running" | "paused"
  | "completed" | "stopped" | "aborted" | "halted" | "interlocked" | "failed";

/** Where the daemon has an experiment: in the queue of its instrument, in work, or over. */
export type Phase = "queued" | "starting" | "live" | "ended";

export interface Lease {
  point: number;
  attempt: number;
  dwellMs: number;
  /** Until the beam guard blanks, whatever the detector says. */
  leftMs: number;
  longestMs: number;
}

export interface Beam {
  /** As read back; null where the instrument does not answer, or none is in work. */
  blanked: boolean | null;
  /** The lease under which the beam is on, or null. */
  exposing: Lease | null;
  /** Why the beam could not be blanked, or null. */
  alarm: string | null;
  /** The watchdog outside the process: none is configured, it hears the heartbeat, or it is gone. */
  watchdog: "none" | "armed" | "lost";
}

export interface Dose {
  electrons: number;
  limitElectrons: number | null;
  /** e/Å² of the pixel that has had most. */
  highestPixel: number;
  limitPerPixel: number | null;
}

/** How far a budget of the recipe is used. */
export interface BudgetUse {
  budget: "electrons" | "dosePerPixel" | "duration" | "convergence";
  /** Electrons, e/Å², s, or where convergence stands; null where it cannot be told yet. */
  used: number | null;
  allowed: number;
  /** From 0, nothing used, to 1, used up. */
  share: number;
}

export interface ModelStatus {
  version: number;
  /** Scalars that it was trained on. */
  observations: number;
  /** Scalars since. */
  agePoints: number;
  /** Age at which exposures are held back. */
  stalenessLimit: number;
  lastTrainingS: number;
}

export interface Best { point: number; row: number; column: number; value: number }

export interface Structure {
  hash: string;
  rows: number;
  columns: number;
  pixelSizeNm: number;
  channel: string;
}

export type Detector =
  | { kind: "spectrum"; channels: number; originEv: number; dispersionEv: number }
  | { kind: "pattern"; rows: number; columns: number }
  | { kind: "unknown" };

export interface Hold { by: string; reason: string }

/** Half-open ranges of pixels: from the first to before the second. */
export interface Area { rows: [number, number]; columns: [number, number] }

/** Recipe keys below one section and their values as a recipe writes them, e.g. {"kind": "edge-area"}. */
export type Keys = Record<string, string>;

/** The choices that can be changed while a run goes on. */
export interface Choices {
  scalarizer: Keys;
  /** Its identity, as journaled. */
  scalarizerIdentity: string;
  /** Name of the number, for an axis, without unit. */
  scalarLabel: string;
  /** Unit of the scalar; empty for a plain number. */
  scalarUnit: string;
  /** Keys of the planner's section. */
  planner: Keys;
  acquisitionIdentity: string;
  region: Area | null;
  exclusions: Area[];
}

/** One line of the list of experiments. */
export interface ExperimentSummary {
  id: string;
  name: string;
  title: string;
  instrument: string;
  phase: Phase;
  /** 1 for the next of its instrument; null unless queued. */
  position: number | null;
  state: RunState;
  /** Why it ended or could not start, or who paused it and why. */
  reason: string | null;
  measured: number;
  total: number;
  queuedAt: string;
  startedAt: string | null;
  endedAt: string | null;
  /** Number of its last durable event. */
  sequence: number;
  /** Id of the campaign that it is of, and which of its regions it is; null for an experiment of its own. */
  campaign: string | null;
  region: string | null;
}

/** Everything about one experiment but its points and maps. */
export interface ExperimentStatus extends ExperimentSummary {
  holds: Hold[];
  /** Chosen and neither measured nor given up. */
  pending: number;
  beam: Beam;
  dose: Dose;
  /** How far the recipe's budgets are used, beside that of points; empty where there is none. */
  budgets: BudgetUse[];
  /** Null where the recipe does not have the drift looked at. */
  drift: Drift | null;
  model: ModelStatus | null;
  best: Best | null;
  pointsPerHour: number | null;
  /** Seconds until the last point at this pace. */
  etaS: number | null;
  structure: Structure | null;
  /** Edge of a patch, px. */
  patch: number;
  candidates: number;
  detector: Detector;
  choices: Choices;
  /** Counts the changes of what is believed: a map asked for now differs from the last one if this does. */
  belief: number;
  /** Share of the time since the first exposure in which the detector exposed or read out. */
  beamUtilisation: number | null;
  /** Whether the instrument knows the true map, so that errors are known. */
  hasTruth: boolean;
}

export type Stage = "planned" | "intended" | "recorded" | "scalarized" | "abandoned" | "outcomeUnknown";
export type Quality = "good" | "suspect" | "bad";

export interface Point {
  id: number;
  row: number;
  column: number;
  stage: Stage;
  /** Which rule chose it. */
  rule: "seed" | "acquisition" | "spaceFilling" | "forced";
  /** Point whose scalar needs this one's frame; null for one with a scalar of its own. */
  centre: number | null;
  /** Model that it was chosen with; 0 for none. */
  model: number;
  score: number | null;
  /** What was expected here before it was measured, with noise; null without a model. */
  predicted: number | null;
  deviation: number | null;
  /** The measured scalar. */
  value: number | null;
  error: number | null;
  quality: Quality | null;
  /** Why it is bad or suspect, or was given up. */
  remark: string | null;
  /** Centre of the patch that is learned from, where it differs from row and column by the probe's error. */
  patchRow: number | null;
  patchColumn: number | null;
  electrons: number;
  attempts: number;
  /** Time of its last event. */
  time: string;
}

export interface Model {
  version: number;
  observations: number;
  tookS: number;
  loss: number | null;
  epochs: number;
  /** The trainer node that trained it; null where it was trained beside the microscope. */
  trainer: string | null;
  /** Why no node trained it, although the recipe asks for one. */
  fallback: string | null;
  sequence: number;
  time: string;
}

/** Who trains models elsewhere, and how they are reached. */
export interface Trainers {
  /** Null where the daemon has no broker. */
  broker: { address: string; connected: boolean; since: string | null; reason: string | null;
    published: number; accepted: number; ignored: Record<string, number> } | null;
  nodes: TrainerNode[];
}

export interface TrainerNode {
  node: string;
  device: string;
  capacity: number;
  state: "present" | "left" | "lost";
  /** Seconds since its last beat. */
  silentS: number;
  software: string;
  identity: string;
  jobs: { experiment: string; version: number; seconds: number }[];
}

export interface Note {
  sequence: number;
  time: string;
  by: string;
  text: string;
  row: number | null;
  column: number | null;
}

/** A run as it was after one of its events: what the events up to there add up to. */
export interface Snapshot {
  sequence: number;
  time: string | null;
  state: RunState;
  reason: string | null;
  points: Point[];
  models: Model[];
  notes: Note[];
  choices: Choices;
  dose: Dose;
  /** Recorded so far. */
  frames: number;
  /** Looks at the drift, in their order. */
  looks: Look[];
}

/** One journal event. `event` is the journal's own JSON, whose fields follow from `kind`. */
export interface JournalEvent {
  sequence: number;
  time: string;
  kind: EventKind;
  event: Record<string, unknown>;
}

export type EventKind =
  | "experiment-started" | "experiment-continued"
  | "survey-intended" | "survey-lost" | "survey-recorded" | "drift-corrected"
  | "stage-moved" | "stage-confirmed"
  | "run-paused" | "run-resumed"
  | "experiment-completed" | "experiment-stopped" | "experiment-aborted" | "experiment-halted"
  | "experiment-interlocked" | "experiment-failed"
  | "point-planned" | "neighbour-planned" | "exposure-intended" | "exposure-failed" | "exposure-outcome-unknown"
  | "frame-recorded" | "point-scalarized" | "point-abandoned"
  | "training-sent" | "model-trained" | "training-failed" | "model-transferred" | "budget-reached"
  | "scalarizer-changed" | "acquisition-changed" | "region-changed" | "region-excluded" | "note-added"
  | "controller-changed";

export interface EventPage { events: JournalEvent[]; last: number }

/** One item of the stream that `Watch` gives: at most ten a second, at least one a second. */
export interface LiveBatch {
  /** Without a gap after the last one, the first begins after the number that was asked for. */
  events: JournalEvent[];
  status: ExperimentStatus;
  /** Of the daemon, to see how old this is. */
  time: string;
}

/** One item of the stream that `WatchDaemon` gives: on every change, at least one a second. */
export interface DaemonStatus {
  version: string;
  startedAt: string;
  time: string;
  /** False while it shuts down: nothing is begun any more. */
  accepts: boolean;
  /** Those that wait or go on, and the newest hundred that are over. */
  experiments: ExperimentSummary[];
  /** Those whose regions are among them, newest first. */
  campaigns: Campaign[];
  seat: Seat | null;
  freeDiskBytes: number;
}

/** Who may command. One client at a time; everybody else looks on. */
export interface Seat {
  /** Identity of the client, as in the header X-Dkl-Client. */
  client: string;
  name: string;
  since: string;
}

export interface Session {
  role: "observer" | "controller";
  seat: Seat | null;
  daemon: DaemonStatus;
}

export interface RecipeInfo { name: string; title: string }

export interface RecipeError {
  /** Dotted key, or null for the recipe as a whole. */
  key: string | null;
  line: number | null;
  problem: string;
  remedy: string | null;
}

/** What a dry run found: nothing was moved or exposed. */
export interface RecipeCheck {
  ok: boolean;
  errors: RecipeError[];
  /** Null where something is wrong, and of a campaign. */
  estimate: Estimate | null;
  /** Of a campaign: what each region would take. */
  regions: { region: string; estimate: Estimate }[];
}

export interface Estimate {
  name: string;
  instrument: string;
  instrumentDescription: string;
  points: number;
  /** Exposures with neighbours of the stencil. */
  exposures: number;
  candidates: number;
  durationS: number;
  electrons: number;
  /** e/Å² at a measured pixel. */
  dosePerPixel: number | null;
  limitElectrons: number | null;
  limitPerPixel: number | null;
  /** Key of the budget that will probably be used up first, and the points measured by then. */
  endsBy: string;
  pointsByThen: number;
  /** What a person should know before starting, such as a limit that will end the run early. */
  warnings: string[];
}

/** One scalarizer tried on what was measured so far. */
export interface ScalarizerPreview {
  scalarLabel: string;
  scalarUnit: string;
  points: { point: number; row: number; column: number; now: number | null; then: number | null;
            error: number | null; quality: Quality; remark: string | null }[];
}

/** Where another acquisition function, with the belief of now, would go next. */
export interface AcquisitionPreview {
  /** Map of its scores; null entries where nothing can be planned. Fetch as binary with `map`. */
  map: string;
  next: { row: number; column: number; score: number | null } | null;
}

/** What a scalarizer sees in one frame. */
export interface FrameView {
  value: number | null;
  error: number | null;
  quality: Quality;
  remark: string | null;
  /** Windows by recipe key; for spectra in eV. Draggable: send them back as `scalarizer` keys. */
  windows: { key: string; label: string; from: number; to: number }[];
  /**
   * Detector masks of patterns, px of the pattern or mrad as `unit` says. A ring has two recipe keys, "inner, outer"; a
   * disc that of its radius.
   */
  rings: { key: string; label: string; inner: number; outer: number; unit: "px" | "mrad";
           centreRow: number; centreColumn: number; outerPx: number; innerPx: number }[];
  /** Curves over the frame, in counts, such as a fitted background or peak. */
  curves: { label: string; x: number[]; y: number[] }[];
}

/** Course of learning; the errors only where the truth is known. */
export interface Learning {
  /** Errors in ranges of the truth: 0 is perfect, 1 is the whole range. */
  steps: { observations: number; meanDeviation: number | null; rmse: number | null; nlpd: number | null;
           rSquared: number | null; coverage68: number | null; coverage95: number | null }[];
}

export interface ActorNode {
  name: string;
  type: string;
  state: "starting" | "running" | "awaiting" | "suspended" | "restarting" | "stopping";
  depth: number;
  capacity: number;
  stashed: number;
  processed: number;
  dropped: number;
  restarts: number;
  busyS: number | null;
  oldestWaitingS: number | null;
  children: ActorNode[];
}

/** application/problem+json, RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** What to do. */
  remedy?: string;
  /** Of a recipe or of keys. */
  errors?: RecipeError[];
  /** Who holds the seat, where that is the trouble. */
  seat?: Seat;
}
