import type { ExperimentStatus, Hold, Shift } from "../../api/types";
import { signed } from "../../ui/format";

export const length = ({ rows, columns }: Shift): number => Math.hypot(rows, columns);

/** Rows and columns. */
export const pair = ({ rows, columns }: Shift): string => `${signed(rows)}, ${signed(columns)}`;

/** The same within a sentence, as the journal writes it. */
export const words = (shift: Shift): string => `(${pair(shift)})`;

/** The hold of the drift itself, where there is one. */
export const heldByDrift = (status: ExperimentStatus | null): Hold | null =>
  status?.holds.find((hold) => hold.by === "drift") ?? null;
