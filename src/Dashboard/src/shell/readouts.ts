import type { BudgetUse, ExperimentStatus, RunState } from "../api/types";
import type { Store } from "../store/store";
import { resyncs } from "../store/run";
import { ticking } from "../ui/clock";
import { h, style } from "../ui/element";
import { duration, integer, large, percent, significant } from "../ui/format";
import { computed, effect, type Readable } from "../ui/signal";
import { heldByDrift, length, words } from "../views/drift/shift";

export type Tone = "" | "good" | "warn" | "bad" | "beam" | "accent";

export interface Reading { text: string; detail?: string; tone: Tone; title?: string; share?: number | null }

/** After so many seconds without a word what was said of the beam counts for nothing. */
const staleS = 3;

export const stateTones: Record<RunState, Tone> = {
  new: "", preparing: "accent", running: "good", paused: "warn", completed: "accent", stopped: "",
  aborted: "warn", halted: "bad", interlocked: "bad", failed: "bad",
};

/** Seconds since the daemon last spoke, or null before it did. Reads signals. */
export function silence(store: Store): number | null {
  const heard = store.connection.heard();
  return heard === 0 ? null : Math.max(0, (ticking() - heard) / 1_000);
}

/** Whether what is shown may be old. Reads signals. */
export function stale(store: Store): boolean {
  return store.connection.link() !== "connected" || (silence(store) ?? Infinity) > staleS;
}

export function beamReading(store: Store): Reading {
  const status = store.commanded()?.status() ?? null;
  if (status === null) return { text: "–", detail: "no experiment", tone: "" };
  const { beam } = status;
  if (beam.alarm !== null) return { text: "ALARM", detail: "not blanked", tone: "bad", title: beam.alarm };
  if (status.phase === "ended" || status.phase === "queued") {
    return { text: "–", detail: status.phase === "ended" ? "run over" : "queued", tone: "" };
  }
  if (stale(store)) return { text: "UNKNOWN", detail: "no link", tone: "warn", title: "The daemon is not heard." };
  if (beam.exposing !== null) {
    return {
      text: "EXPOSING", detail: `${(beam.exposing.leftMs / 1_000).toFixed(2)} s left`, tone: "beam",
      title: `Point ${beam.exposing.point}, attempt ${beam.exposing.attempt}: dwell ${beam.exposing.dwellMs} ms, `
        + `at most ${beam.exposing.longestMs} ms.`,
    };
  }
  if (beam.blanked === true) return { text: "BLANKED", detail: "read back", tone: "good" };
  if (beam.blanked === false) return { text: "ON", detail: "between points", tone: "beam" };
  return { text: "UNKNOWN", detail: "no read-back", tone: "warn", title: "The instrument does not tell." };
}

function runReading(status: ExperimentStatus | null): Reading {
  if (status === null) return { text: "–", tone: "" };
  const eta = status.phase === "live" && status.etaS !== null ? `${duration(status.etaS)} left` : "";
  const hold = status.holds[0];
  return {
    text: status.phase === "queued" ? "queued" : status.state, tone: stateTones[status.state],
    detail: hold !== undefined ? `by ${hold.by}` : eta,
    title: [status.name, status.reason ?? ""].filter(Boolean).join(": "),
  };
}

const budgetNames: Record<BudgetUse["budget"], string> = {
  electrons: "electrons", dosePerPixel: "dose of a pixel", duration: "time", convergence: "convergence",
};

/** Whatever is used up first completes the run: the number of points, or a budget of the recipe. */
function pointsReading(status: ExperimentStatus | null): Reading {
  if (status === null) return { text: "–", tone: "", share: null };
  const points = status.total > 0 ? status.measured / status.total : 0;
  const nearest = status.budgets.reduce<BudgetUse | null>(
    (most, use) => use.share > (most?.share ?? points) ? use : most, null);
  const rate = status.pointsPerHour === null ? "" : `${large(status.pointsPerHour)}/h`;
  const used = status.budgets.map((use) => `${budgetNames[use.budget]} ${
    use.used === null ? "not yet known" : percent(use.share)}`);
  return {
    text: `${integer(status.measured)} / ${integer(status.total)}`, tone: "accent",
    detail: nearest === null ? rate : `${budgetNames[nearest.budget]} ${percent(nearest.share)}`,
    share: nearest?.share ?? (status.total > 0 ? points : null),
    title: `${status.measured} of ${status.total} points measured, ${status.pending} under way`
      + (used.length > 0 ? `; budgets used: ${used.join(", ")}` : ""),
  };
}

function limit(value: number | null): string {
  return value === null ? "none" : large(value);
}

/** How far the sample has moved of what is allowed; null where nobody looks. */
function driftReading(status: ExperimentStatus | null): Reading | null {
  const drift = status?.drift ?? null;
  if (status === null || drift === null) return null;
  const moved = length(drift.shift);
  const rate = drift.ratePerMinute === null ? null : length(drift.ratePerMinute);
  const share = Math.max(moved / drift.largestShiftPx, (rate ?? 0) / (drift.largestRatePxPerMinute ?? Infinity));
  const hold = heldByDrift(status);
  const since = drift.everyFrames === null ? "" : `${drift.framesSince}/${drift.everyFrames}`;
  return {
    text: `${moved.toFixed(1)} / ${drift.largestShiftPx}`, share, detail: hold === null ? since : "holds",
    tone: hold !== null || share > 0.8 ? "warn" : "accent",
    title: hold !== null ? hold.reason : `The sample has moved by ${words(drift.shift)} px since the first image`
      + `${rate === null ? "" : `, by ${significant(rate, 3)} px a minute`}; ${drift.looks} looks, ${drift.rejected} `
      + `not trusted. The last exposure was corrected by ${words(drift.correction)} px.`,
  };
}

/** The nearer of the two limits is what matters. */
function doseReading(status: ExperimentStatus | null): Reading {
  if (status === null) return { text: "–", tone: "", share: null };
  const { electrons, limitElectrons, highestPixel, limitPerPixel } = status.dose;
  const total = limitElectrons === null ? null : electrons / limitElectrons;
  const pixel = limitPerPixel === null ? null : highestPixel / limitPerPixel;
  const share = total === null && pixel === null ? null : Math.max(total ?? 0, pixel ?? 0);
  const byPixel = pixel !== null && pixel >= (total ?? 0);
  const text = byPixel
    ? `${large(highestPixel)} / ${large(limitPerPixel)}` : `${large(electrons)} / ${large(limitElectrons)}`;
  return {
    text, detail: byPixel ? "e/Å² at a pixel" : limitElectrons === null ? "e⁻, no limit" : "e⁻ in all", share,
    tone: share !== null && share > 0.95 ? "bad" : share !== null && share > 0.8 ? "warn" : "accent",
    title: `${large(electrons)} electrons in all (limit ${limit(limitElectrons)}); `
      + `${large(highestPixel)} e/Å² at the pixel with most (limit ${limit(limitPerPixel)})`,
  };
}

function modelReading(status: ExperimentStatus | null): Reading {
  const model = status?.model ?? null;
  if (model === null) return { text: "–", detail: "no model yet", tone: "" };
  const share = model.agePoints / model.stalenessLimit;
  return {
    text: `${model.agePoints} / ${model.stalenessLimit} pt`, tone: share >= 1 ? "bad" : share > 0.6 ? "warn" : "",
    title: `Model ${model.version} knows ${model.observations} points; ${model.agePoints} came since. At `
      + `${model.stalenessLimit} exposures are held back. Training took ${duration(model.lastTrainingS)}.`,
  };
}

function linkReading(store: Store): Reading {
  const link = store.connection.link();
  const age = silence(store);
  const title = `Resynchronised ${resyncs()} times.`;
  if (link === "connected" && age !== null && age <= staleS) {
    return { text: "live", detail: `${age.toFixed(1)} s`, tone: "good", title };
  }
  if (link === "connecting") return { text: "…", detail: "connecting", tone: "" };
  return { text: "lost", detail: age === null ? "" : duration(age), tone: "bad", title };
}

function watchdogReading(status: ExperimentStatus | null): Reading {
  const watchdog = status?.beam.watchdog ?? "none";
  if (status === null) return { text: "–", tone: "" };
  return {
    none: { text: "none", tone: "" as Tone, title: "No watchdog outside the process is set up." },
    armed: { text: "armed", tone: "good" as Tone, title: "It blanks when the heartbeat stops." },
    lost: { text: "LOST", tone: "bad" as Tone, title: "Nothing blanks the beam if the daemon dies." },
  }[watchdog];
}

/** One labelled reading of fixed width, so that nothing moves while numbers change; away where there is none. */
function readout(id: string, label: string, reading: Readable<Reading | null>): HTMLElement {
  const value = h("span.readout-value");
  const detail = h("span.readout-detail");
  const fill = h("span.meter-fill");
  const meter = h("span.meter", { "aria-hidden": "true" }, fill);
  const root = h("div.readout", { "data-readout": id, role: "group", "aria-label": label },
    h("span.readout-label", {}, label), value, detail, meter);
  effect(() => {
    const now = reading();
    root.hidden = now === null;
    if (now === null) return;
    value.textContent = now.text;
    detail.textContent = now.detail ?? "";
    root.dataset["tone"] = now.tone;
    root.title = now.title ?? "";
    meter.hidden = now.share === undefined || now.share === null;
    style(fill, { "--share": String(Math.min(1, Math.max(0, now.share ?? 0))) });
  });
  return root;
}

export function readouts(store: Store): HTMLElement[] {
  const status = computed(() => store.commanded()?.status() ?? null);
  return [
    readout("beam", "Beam", computed(() => beamReading(store))),
    readout("run", "Run", computed(() => runReading(status()))),
    readout("points", "Points", computed(() => pointsReading(status()))),
    readout("dose", "Dose / limit", computed(() => doseReading(status()))),
    readout("drift", "Drift, px", computed(() => driftReading(status()))),
    readout("model", "Model age", computed(() => modelReading(status()))),
    readout("link", "Link", computed(() => linkReading(store))),
    readout("watchdog", "Watchdog", computed(() => watchdogReading(status()))),
  ];
}
