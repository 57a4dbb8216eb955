import { daemon } from "../../api/daemon";
import type { Area } from "../../api/types";
import { whyNoSeat } from "../../shell/commands";
import type { Store } from "../../store/store";
import { ask } from "../../ui/dialog";
import { say } from "../../ui/toast";

/** Why nothing can be asked of the experiment in view, or null. Reads signals. */
export function whyNotHere(store: Store): string | null {
  const status = store.status();
  if (status === null) return "No experiment is in view.";
  if (status.phase !== "live") return "Only a live run can be asked to.";
  if (store.at() !== null) return "A past moment is shown: go back to now first.";
  return whyNoSeat(store);
}

function place(store: Store, row: number, column: number): string {
  const pixel = store.status.peek()?.structure?.pixelSizeNm ?? 0;
  return `row ${row}, column ${column}`
    + (pixel > 0 ? ` (${(row * pixel).toFixed(1)} nm, ${(column * pixel).toFixed(1)} nm)` : "");
}

export async function force(store: Store, row: number, column: number): Promise<void> {
  const why = whyNotHere(store);
  const id = store.status.peek()?.id;
  if (why !== null || id === undefined) {
    say(why ?? "");
    return;
  }
  const done = await ask({
    title: "Measure here next?",
    text: `At ${place(store, row, column)}, after the point under way.`,
    reason: { label: "Reason, for the journal" },
    confirm: "Measure here",
    act: (reason) => daemon.force(id, row, column, reason || "Asked for on the map."),
  });
  if (done) say("It will be measured next.");
}

export async function exclude(store: Store, area: Area): Promise<void> {
  const why = whyNotHere(store);
  const id = store.status.peek()?.id;
  if (why !== null || id === undefined) {
    say(why ?? "");
    return;
  }
  const [rows, columns] = [area.rows[1] - area.rows[0], area.columns[1] - area.columns[0]];
  const done = await ask({
    title: "Exclude this area?",
    text: `${rows} × ${columns} px from ${place(store, area.rows[0], area.columns[0])}: nothing is planned there `
      + "again. What was measured stays.",
    reason: { label: "Reason, for the journal" },
    confirm: "Exclude",
    act: (reason) => daemon.exclude(id, area, reason || "Drawn on the map."),
  });
  if (done) say("The area is excluded.");
}
