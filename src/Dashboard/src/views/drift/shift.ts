import type { ExperimentStatus, Hold, Shift } from "../../api/types";
import { signed } from "../../ui/format";

export const length = ({ rows, columns }: Shift): number => Math.hypot(rows, columns);

/** Rows and columns, as the journal writes them. */
export const words = ({ rows, columns }: Shift): string => `(${signed(rows)}, ${signed(columns)})`;

/** The hold of the drift itself, where there is one. */
export const heldByDrift = (status: ExperimentStatus | null): Hold | null =>
  status?.holds.find((hold) => hold.by === "drift") ?? null;
