import type { JournalEvent } from "../../api/types";
import { seconds } from "../../fold/fields";

/** What happened side by side: one lane each in the strip. */
export type Lane = "move" | "expose" | "read" | "scalarize" | "plan" | "train" | "hold";

export const lanes: readonly { lane: Lane; label: string }[] = [
  { lane: "move", label: "Probe moves" },
  { lane: "expose", label: "Exposing" },
  { lane: "read", label: "Read-out" },
  { lane: "scalarize", label: "Scalarizing" },
  { lane: "plan", label: "Planning" },
  { lane: "train", label: "Training" },
  { lane: "hold", label: "Held" },
];

/** A stretch of time, in seconds since 1970; `to` is null for what still goes on. */
export interface Bar {
  lane: Lane;
  from: number;
  to: number | null;
  label: string;
  sequence: number;
  point: number | null;
  /** Ended in a fault, or was given up. */
  failed: boolean;
}

interface Origin { offset: number }

/**
 * Stretches out of events. Planning, scalarizing and training ended when their event was written and tell how long they
 * took. Exposures tell their start on the clock of the process that worked on the run, whose zero the journal does not
 * have: it is at most the time of writing less the end of the exposure, and the least of these over all frames of a
 * process is off by no more than the fastest write.
 */
export function bars(events: readonly JournalEvent[]): Bar[] {
  const result: Bar[] = [];
  const frames: { event: JournalEvent; origin: Origin }[] = [];
  let origin: Origin = { offset: Infinity };
  let hold: Bar | null = null;
  for (const e of events) {
    const at = Date.parse(e.time) / 1000;
    const point = typeof e.event.point === "number" ? e.event.point : null;
    const ended = (lane: Lane, label: string, failed = false): void => {
      const took = seconds(e.event.took);
      if (!Number.isFinite(took)) return;
      result.push({ lane, from: at - took, to: at, label, sequence: e.sequence, point, failed });
    };
    switch (e.kind) {
      case "experiment-started":
      case "experiment-continued":
        origin = { offset: Infinity };
        break;
      case "point-planned": ended("plan", `point ${point} planned`); break;
      case "point-scalarized": ended("scalarize", `point ${point} scalarized`); break;
      case "model-trained":
        ended("train", `model ${String(e.event.version)} on ${String(e.event.observations)} scalars`);
        break;
      case "training-failed": ended("train", `training failed: ${String(e.event.reason)}`, true); break;
      case "frame-recorded":
        origin.offset = Math.min(origin.offset, at - end(e));
        frames.push({ event: e, origin });
        break;
      case "exposure-failed":
        result.push({ lane: "expose", from: at, to: at, sequence: e.sequence, point, failed: true,
          label: `point ${point} gave no frame: ${String(e.event.reason)}` });
        break;
      case "run-paused":
        hold = { lane: "hold", from: at, to: null, label: `${String(e.event.by)}: ${String(e.event.reason)}`,
          sequence: e.sequence, point: null, failed: false };
        result.push(hold);
        break;
      default:
        if (hold !== null && (e.kind === "run-resumed" || ends.has(e.kind))) {
          hold.to = at;
          hold = null;
        }
    }
  }
  for (const f of frames) result.push(...exposure(f.event, f.origin.offset));
  return result.sort((a, b) => a.from - b.from);
}

const ends: ReadonlySet<string> = new Set([
  "experiment-completed", "experiment-stopped", "experiment-aborted", "experiment-halted", "experiment-interlocked",
  "experiment-failed"]);

interface Timing { exposureStart?: unknown; moved?: unknown; exposed?: unknown; readOut?: unknown }

const timing = (e: JournalEvent): Timing => (e.event.timing ?? {}) as Timing;

function end(e: JournalEvent): number {
  const t = timing(e);
  const sum = seconds(t.exposureStart) + seconds(t.exposed) + seconds(t.readOut);
  return Number.isFinite(sum) ? sum : -Infinity;
}

function exposure(e: JournalEvent, offset: number): Bar[] {
  const t = timing(e);
  const start = offset + seconds(t.exposureStart);
  const [moved, exposed, readOut] = [seconds(t.moved), seconds(t.exposed), seconds(t.readOut)];
  if (![start, moved, exposed, readOut].every(Number.isFinite)) return [];
  const point = Number(e.event.point);
  const bar = (lane: Lane, from: number, to: number, label: string): Bar =>
    ({ lane, from, to, label: `point ${point} ${label}`, sequence: e.sequence, point, failed: false });
  return [
    bar("move", start - moved, start, "approached"),
    bar("expose", start, start + exposed, "exposed"),
    bar("read", start + exposed, start + exposed + readOut, "read out"),
  ];
}

/** Bars of a lane that touch a stretch of time; bars are in order of their starts. */
export function within(all: readonly Bar[], from: number, to: number): Bar[] {
  return all.filter((b) => b.from <= to && (b.to ?? Infinity) >= from);
}

export interface Share { lane: Lane; busyS: number; share: number }

/** Which part of a stretch each lane was at work; what overlaps within a lane counts once. */
export function shares(all: readonly Bar[], from: number, to: number): Share[] {
  return lanes.map(({ lane }) => {
    let busyS = 0;
    let until = from;
    for (const b of within(all, from, to).filter((x) => x.lane === lane).sort((x, y) => x.from - y.from)) {
      const start = Math.max(until, b.from);
      const stop = Math.min(to, b.to ?? to);
      if (stop > start) {
        busyS += stop - start;
        until = stop;
      }
    }
    return { lane, busyS, share: to > from ? busyS / (to - from) : 0 };
  });
}

/** Seconds of training or planning during which the detector was at work as well: the time that overlap saves. */
export function overlapS(all: readonly Bar[], from: number, to: number): number {
  const measuring = merged(all.filter((b) => b.lane === "expose" || b.lane === "read"), from, to);
  const thinking = merged(all.filter((b) => b.lane === "train" || b.lane === "plan"), from, to);
  let sum = 0;
  let j = 0;
  for (const [start, stop] of measuring) {
    while (j < thinking.length && thinking[j]![1] <= start) j++;
    for (let k = j; k < thinking.length && thinking[k]![0] < stop; k++) {
      sum += Math.max(0, Math.min(stop, thinking[k]![1]) - Math.max(start, thinking[k]![0]));
    }
  }
  return sum;
}

function merged(some: readonly Bar[], from: number, to: number): [number, number][] {
  const result: [number, number][] = [];
  for (const b of [...some].sort((x, y) => x.from - y.from)) {
    const start = Math.max(from, b.from);
    const stop = Math.min(to, b.to ?? to);
    if (stop <= start) continue;
    const last = result[result.length - 1];
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], stop);
    else result.push([start, stop]);
  }
  return result;
}
