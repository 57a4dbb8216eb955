import type { JournalEvent, Look, Model, Note, Point, RunState, Shift, Snapshot } from "../api/types";
import { count, number, object, seconds, text } from "./fields";

/** How an event leaves the run, where it says so. */
const ends: Partial<Record<JournalEvent["kind"], RunState>> = {
  "experiment-completed": "completed",
  "experiment-stopped": "stopped",
  "experiment-aborted": "aborted",
  "experiment-halted": "halted",
  "experiment-interlocked": "interlocked",
  "experiment-failed": "failed",
};

/**
 * The snapshot after `events`, which begin right after it; the old one is left as it was, and points that did not
 * change are the same objects. Choices (a label and a unit follow from a scalarizer's keys by the daemon's catalogue)
 * and the dose at a pixel are not in the events alone: the status that comes with them tells those.
 */
export function fold(snapshot: Snapshot, events: readonly JournalEvent[]): Snapshot {
  if (events.length === 0) return snapshot;
  const next: Snapshot = { ...snapshot, dose: { ...snapshot.dose } };
  const points = new Changes(snapshot.points);
  for (const event of events) {
    foldRun(next, event, points.count > 0);
    foldPoint(points, event);
    next.sequence = event.sequence;
    next.time = event.time;
  }
  next.points = points.result();
  return next;
}

function foldRun(run: Snapshot, { kind, event, sequence, time }: JournalEvent, hasPoints: boolean): void {
  const end = ends[kind];
  if (end !== undefined) {
    run.state = end;
    run.reason = text(event, "reason");
  }
  run.dose.electrons += count(event, "chargedElectrons");
  switch (kind) {
    case "experiment-started":
      run.state = "preparing";
      break;
    case "experiment-continued":
      // After the survey it goes on measuring; points are planned right after that, never before.
      run.state = hasPoints ? "running" : "preparing";
      run.reason = null;
      break;
    case "run-resumed":
    case "survey-recorded":
      run.state = "running";
      run.reason = null;
      break;
    case "run-paused":
      run.state = "paused";
      run.reason = `${text(event, "by") ?? ""}: ${text(event, "reason") ?? ""}`;
      break;
    case "frame-recorded":
      run.frames += 1;
      break;
    case "drift-corrected":
      run.looks = [...run.looks, lookOf(event, sequence, time, run.frames)];
      break;
    case "model-trained":
      run.models = [...run.models, modelOf(event, sequence, time)];
      break;
    case "note-added":
      run.notes = [...run.notes, noteOf(event, sequence, time)];
      break;
  }
}

function modelOf(event: Record<string, unknown>, sequence: number, time: string): Model {
  const report = object(event, "report");
  return {
    version: count(event, "version"),
    observations: count(event, "observations"),
    tookS: seconds(event["took"]) || 0,
    loss: number(report, "loss"),
    epochs: count(report, "epochs"),
    trainer: text(object(event, "trainer"), "node"),
    fallback: text(object(event, "trainer"), "fallback"),
    sequence,
    time,
  };
}

function lookOf(event: Record<string, unknown>, sequence: number, time: string, frames: number): Look {
  const shift = (of: Record<string, unknown>): Shift => ({ rows: count(of, "rows"), columns: count(of, "columns") });
  return {
    sequence, time, frames,
    shift: shift(object(event, "shift")),
    quality: number(event, "quality"),
    ratePerMinute: event["ratePerMinute"] == null ? null : shift(object(event, "ratePerMinute")),
    rejected: text(event, "rejected"),
  };
}

function noteOf(event: Record<string, unknown>, sequence: number, time: string): Note {
  const place = object(event, "at");
  return {
    sequence, time, by: text(event, "by") ?? "", text: text(event, "text") ?? "",
    row: number(place, "row"), column: number(place, "column"),
  };
}

/** Points that change, copied when they first do. */
class Changes {
  private readonly points: Point[];
  private readonly index = new Map<number, number>();
  private readonly copied = new Set<number>();

  constructor(before: readonly Point[]) {
    this.points = [...before];
    this.points.forEach((point, index) => this.index.set(point.id, index));
  }

  add(point: Point): void {
    const known = this.index.get(point.id);
    if (known === undefined) this.index.set(point.id, this.points.push(point) - 1);
    else this.points[known] = point;
    this.copied.add(point.id);
  }

  change(id: number, change: (point: Point) => void): void {
    const index = this.index.get(id);
    if (index === undefined) return;
    if (!this.copied.has(id)) {
      this.points[index] = { ...this.points[index]! };
      this.copied.add(id);
    }
    change(this.points[index]!);
  }

  get count(): number { return this.points.length; }

  get(id: number): Point | undefined {
    const index = this.index.get(id);
    return index === undefined ? undefined : this.points[index];
  }

  changeAll(which: (point: Point) => boolean, change: (point: Point) => void): void {
    for (const { id } of this.points.filter(which)) this.change(id, change);
  }

  result(): Point[] { return this.points; }
}

function planned(event: Record<string, unknown>, time: string, centre: number | null): Point {
  const target = object(event, "target");
  const basis = object(event, "basis");
  return {
    id: count(event, "point"),
    row: count(target, "row"),
    column: count(target, "column"),
    stage: "planned",
    rule: (text(basis, "reason") ?? "acquisition") as Point["rule"],
    centre,
    model: count(basis, "modelVersion"),
    score: number(basis, "score"),
    predicted: number(basis, "predictedMean"),
    deviation: number(basis, "predictedDeviation"),
    value: null, error: null, quality: null, remark: null, patchRow: null, patchColumn: null,
    electrons: 0, attempts: 0, time,
  };
}

/** Of the same rule as its centre, and with no belief of its own. */
function neighbour(event: Record<string, unknown>, time: string, centre: Point | undefined): Point {
  return { ...planned(event, time, count(event, "centre")), rule: centre?.rule ?? "acquisition" };
}

/** All scalars so far are void; those of the other scalarizer follow. */
/** What was measured is void until the other scalarizer's number follows; what was expected was another number. */
function unscale(point: Point): void {
  point.predicted = point.deviation = point.score = null;
  if (point.stage !== "scalarized") return;
  point.stage = "recorded";
  point.value = point.error = point.quality = point.remark = null;
}

function foldPoint(points: Changes, { kind, event, time }: JournalEvent): void {
  const id = count(event, "point");
  const change = (work: (point: Point) => void) => points.change(id, (point) => {
    point.time = time;
    work(point);
  });
  switch (kind) {
    case "point-planned":
      points.add(planned(event, time, null));
      break;
    case "neighbour-planned":
      points.add(neighbour(event, time, points.get(count(event, "centre"))));
      break;
    case "exposure-intended":
      change((point) => {
        point.stage = "intended";
        point.attempts = count(event, "attempt");
      });
      break;
    case "exposure-failed":
      change((point) => {
        point.stage = "planned";
        point.electrons += count(event, "chargedElectrons");
        point.remark = text(event, "reason");
      });
      break;
    case "exposure-outcome-unknown":
      change((point) => {
        point.stage = "outcomeUnknown";
        point.remark = "The process died while it was exposed, or about to be.";
        point.electrons += count(event, "chargedElectrons");
      });
      break;
    case "frame-recorded":
      change((point) => {
        const patch = object(event, "patch");
        const row = count(patch, "row");
        const column = count(patch, "column");
        const moved = row !== point.row || column !== point.column;
        point.stage = "recorded";
        point.remark = null;
        point.electrons += count(event, "chargedElectrons");
        point.patchRow = moved ? row : null;
        point.patchColumn = moved ? column : null;
      });
      break;
    case "point-scalarized":
      change((point) => {
        const scalar = object(event, "scalar");
        point.stage = "scalarized";
        point.value = number(scalar, "value");
        point.error = number(scalar, "standardError");
        point.quality = (text(scalar, "quality") ?? "good") as Point["quality"];
        point.remark = text(scalar, "reason");
      });
      break;
    case "scalarizer-changed":
      points.changeAll((point) => point.stage === "scalarized" || point.predicted !== null, unscale);
      break;
    case "point-abandoned":
      change((point) => {
        point.stage = "abandoned";
        point.remark = text(event, "reason");
      });
      break;
  }
}
