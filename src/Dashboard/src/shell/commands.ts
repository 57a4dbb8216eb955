import { daemon } from "../api/daemon";
import type { ExperimentStatus, RunState } from "../api/types";
import type { Store } from "../store/store";
import { ask } from "../ui/dialog";
import { say, sayError } from "../ui/toast";

export type CommandId = "pause" | "resume" | "stop" | "abort" | "blank";

/** Any controller may make things safer; the others need the seat. */
const safe: readonly CommandId[] = ["pause", "abort", "blank"];
const byHand = "Asked for in the dashboard.";

/** Why this page may not command, or null. Reads signals. */
export function whyNoSeat(store: Store): string | null {
  const session = store.session();
  if (session === null) return "Not logged in.";
  if (session.role === "observer") return "You look on: log in with the controller token to command.";
  if (store.hasSeat()) return null;
  const seat = store.seat();
  return seat === null ? "Take the seat first." : `${seat.name} has the seat: take it over first.`;
}

/** Why this cannot be done to the commanded experiment now, or null. Reads signals. */
export function whyNot(store: Store, command: CommandId): string | null {
  const status = store.commanded()?.status() ?? null;
  if (store.session()?.role === "observer") return "You look on: log in with the controller token to command.";
  if (status === null || status.phase === "queued") {
    return command === "blank" ? "No run is live: the daemon holds no beam to blank." : "No run is live.";
  }
  if (status.phase === "ended") {
    return command === "blank" ? "The run is over, and its beam blanked with it." : "The run is over.";
  }
  const byState = whyNotInState(status, command);
  if (byState !== null) return byState;
  return safe.includes(command) ? null : whyNoSeat(store);
}

const going: readonly RunState[] = ["new", "preparing", "running", "paused"];

function whyNotInState({ state }: ExperimentStatus, command: CommandId): string | null {
  // Over, and for a moment not yet put away; what is safe may be asked for as long as the daemon takes it.
  if (!going.includes(state) && command !== "blank") return `It is ${state}.`;
  if (command === "resume" && state !== "paused") return "It is not paused.";
  if (command === "pause" && state === "paused") return "It is paused.";
  return null;
}

/** Does it, or says why not. Abort and stop ask first. */
export async function command(store: Store, id: CommandId): Promise<void> {
  const why = whyNot(store, id);
  const status = store.commanded.peek()?.status.peek();
  if (why !== null || !status) {
    say(why ?? "No run is live.");
    return;
  }
  try {
    await perform(status, id);
  } catch (error) {
    sayError(error);
  }
}

async function perform(status: ExperimentStatus, id: CommandId): Promise<unknown> {
  switch (id) {
    case "pause":
      return await daemon.pause(status.id, "soft", byHand);
    case "blank":
      return await daemon.pause(status.id, "hard", byHand);
    case "resume":
      return await daemon.resume(status.id, byHand);
    case "stop":
      return await ask({
        title: `Stop ${status.name}?`,
        text: status.campaign === null ? "It ends after the point under way and can be continued later."
          : "It ends after the point under way, and the campaign with it; both can be continued later.",
        reason: { label: "Reason, for the journal", suggestion: byHand },
        confirm: "Stop after this point",
        act: (reason) => daemon.stop(status.id, reason || byHand),
      });
    case "abort":
      return await ask({
        title: `Abort ${status.name}?`,
        text: "Blanks the beam and ends the run now, with its report. The point under way is given up."
          + (status.campaign === null ? "" : " The campaign ends with it."),
        reason: { label: "Reason, for the journal", suggestion: byHand },
        confirm: "Abort now",
        danger: true,
        act: (reason) => daemon.abort(status.id, reason || byHand),
      });
  }
}

/** Pauses with a reason of one's own. */
export async function pauseWithReason(store: Store): Promise<void> {
  const why = whyNot(store, "pause");
  const status = store.commanded.peek()?.status.peek();
  if (why !== null || !status) {
    say(why ?? "No run is live.");
    return;
  }
  await ask({
    title: `Pause ${status.name}`,
    text: "It holds after the point under way, with the beam blanked.",
    reason: { label: "Reason, for the journal" },
    confirm: "Pause",
    act: (reason) => daemon.pause(status.id, "soft", reason || byHand),
  });
}
