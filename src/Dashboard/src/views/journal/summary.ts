import type { Area, JournalEvent, Shift } from "../../api/types";
import { signed } from "../../ui/format";
import { compact } from "../format/numbers";
import { seconds } from "../../fold/fields";
import { brief } from "../pipeline/durations";

type Fields = Record<string, unknown>;

const place = (of: unknown): string => {
  const p = (of ?? {}) as { row?: number; column?: number };
  return p.row === undefined ? "" : `(${Math.round(p.row)}, ${Math.round(p.column ?? 0)})`;
};

/** An area, whose ranges are half-open, with its last row and column. */
const area = (of: unknown): string => {
  const { rows, columns } = (of ?? {}) as Partial<Area>;
  return rows === undefined || columns === undefined ? "an area"
    : `rows ${rows[0]} to ${rows[1] - 1}, columns ${columns[0]} to ${columns[1] - 1}`;
};

const took = (e: Fields): string => {
  const s = seconds(e.took);
  return Number.isFinite(s) ? `, took ${brief(s)}` : "";
};

/** Where a model was trained, if that may be another machine. */
const trainer = (of: unknown): string => {
  const { node, fallback } = (of ?? {}) as { node?: string | null; fallback?: string | null };
  return typeof node === "string" ? `, by ${node}` : typeof fallback === "string" ? `, here: ${fallback}` : "";
};

const said = (e: Fields): string => [e.by, e.reason].filter((x) => typeof x === "string" && x !== "").join(": ");

/** One event in a few words; what is not known here is told by its kind alone. */
export function summary(e: JournalEvent): string {
  const f = e.event;
  switch (e.kind) {
    case "experiment-started": return `${String(f.name)} with ${String(f.scalarizer)}`;
    case "experiment-continued": return `taken up again, epoch ${String(f.epoch)}`;
    case "survey-recorded": {
      const shape = (f.shape ?? {}) as { rows?: number; columns?: number };
      return `${String(f.channel)} ${shape.rows}×${shape.columns} px, ${String(f.candidates)} candidates`;
    }
    case "survey-lost": return String(f.reason);
    case "drift-corrected": return look(f);
    case "stage-moved": return `from ${stage(f.found)} to ${stage(f.readBack)} nm, in ${brief(seconds(f.took))}`;
    case "stage-confirmed": return `found at ${stage(f.readBack)} nm, not moved`;
    case "point-planned": return planned(f);
    case "neighbour-planned": return `beside point ${String(f.centre)} ${place(f.target)}`;
    case "exposure-intended": return `attempt ${String(f.attempt)} at ${place(f.requested)}`;
    case "exposure-failed": return `attempt ${String(f.attempt)}: ${String(f.reason)}`;
    case "exposure-outcome-unknown": return `attempt ${String(f.attempt)}, charged in full`;
    case "frame-recorded": {
      const timing = (f.timing ?? {}) as Fields;
      return `${place(f.patch)} in ${brief(seconds(timing.exposed))}, ${compact(Number(f.chargedElectrons))} e⁻`;
    }
    case "point-scalarized": {
      const s = (f.scalar ?? {}) as { value?: unknown; standardError?: unknown; quality?: string; reason?: unknown };
      const quality = s.quality === "good" || s.quality === undefined ? "" : `, ${s.quality}: ${String(s.reason)}`;
      return `${number(s.value)} ± ${number(s.standardError)}${quality}`;
    }
    case "training-sent": return `version ${String(f.version)} on ${String(f.observations)} scalars`;
    case "model-trained":
      return `version ${String(f.version)} on ${String(f.observations)} scalars${took(f)}${trainer(f.trainer)}`;
    case "model-transferred":
      return `starts from model ${String(f.fromVersion)} of ${String(f.fromRun)}`;
    case "budget-reached": return `${String(f.budget)}: ${String(f.reason)}`;
    case "training-failed": return `${String(f.reason)}${took(f)}`;
    case "note-added": return `${String(f.by)}: ${String(f.text)} ${place(f.at)}`.trim();
    case "scalarizer-changed":
    case "acquisition-changed": return `${String(f.identity)}, by ${said(f)}`;
    case "region-changed": return `${f.region === null ? "everywhere" : area(f.region)}, by ${said(f)}`;
    case "region-excluded": return `${area(f.area)}, by ${said(f)}`;
    case "controller-changed":
      return typeof f.from === "string" ? `${String(f.by)} took over from ${f.from}` : `${String(f.by)} took the seat`;
    case "run-paused": return `${said(f)}${f.kind === "hard" ? ", blanked at once" : ""}`;
    case "experiment-completed": return `${String(f.measured)} measured. ${String(f.reason)}`;
    default: return said(f) || fields(f);
  }
}

function planned(f: Fields): string {
  const basis = (f.basis ?? {}) as Fields;
  const expected = typeof basis.predictedMean === "number"
    ? `, expects ${number(basis.predictedMean)} ± ${number(basis.predictedDeviation)}` : "";
  return `${String(basis.reason ?? "")} ${place(f.target)}${expected}`;
}

function look(f: Fields): string {
  const moved = by((f.shift ?? {}) as Partial<Shift>);
  const rate = f.ratePerMinute as Shift | null | undefined;
  const quality = `quality ${number(f.quality)}`;
  return typeof f.rejected === "string" ? `not trusted, ${moved}, ${quality}: ${f.rejected}`
    : `${moved}, ${quality}${rate == null ? "" : `, ${compact(Math.hypot(rate.rows, rate.columns), 3)} px/min`}`;
}

/** A place of the sample's stage, in nm. */
function stage(place: unknown): string {
  const { x, y } = (place ?? {}) as { x?: { value?: number }; y?: { value?: number } };
  return `(${number(x?.value)}, ${number(y?.value)})`;
}

const by = ({ rows = 0, columns = 0 }: Partial<Shift>): string => `moved by (${signed(rows)}, ${signed(columns)}) px`;

const number = (x: unknown): string => (typeof x === "number" ? compact(x) : String(x ?? "none"));

/** The plain fields of an event that has no words of its own yet. */
const fields = (f: Fields): string => Object.entries(f)
  .filter(([, v]) => typeof v === "string" || typeof v === "number")
  .slice(0, 4)
  .map(([k, v]) => `${k} ${String(v)}`)
  .join(", ");
