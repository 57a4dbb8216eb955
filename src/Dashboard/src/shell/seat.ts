import { daemon } from "../api/daemon";
import { personName, setPersonName } from "../api/identity";
import type { Store } from "../store/store";
import { ask } from "../ui/dialog";
import { h } from "../ui/element";
import { computed } from "../ui/signal";
import { sayError } from "../ui/toast";

/** Who commands, and how to take or leave the seat. */
export function seatControl(store: Store): HTMLElement {
  const observer = computed(() => store.session()?.role === "observer");
  const who = computed(() => {
    if (observer()) return "Looking on";
    if (store.hasSeat()) return "You command";
    const seat = store.seat();
    return seat === null ? "Nobody commands" : `${seat.name} commands`;
  });
  return h("div.seat", {},
    h("span.chip", {
      "data-seat": computed(() => store.hasSeat() ? "mine" : store.seat() === null ? "free" : "taken"),
      title: "One controller at a time commands; pausing and aborting any controller may.",
    }, who),
    h("button", {
      type: "button", "data-action": "seat", hidden: observer,
      on: { click: () => void (store.hasSeat.peek() ? leave() : take(store)) },
    }, computed(() => store.hasSeat() ? "Leave seat" : store.seat() === null ? "Take seat" : "Take over…")));
}

async function leave(): Promise<void> {
  try {
    await daemon.leaveSeat();
  } catch (error) {
    sayError(error);
  }
}

/** A free seat is taken at once by who has a name; from another one only after asking, with a reason. */
async function take(store: Store): Promise<void> {
  const seat = store.seat.peek();
  if (seat === null && personName() !== "") {
    try {
      await daemon.takeSeat(false, "");
    } catch (error) {
      sayError(error);
    }
    return;
  }
  const name = h("input", { type: "text", maxlength: 64, value: personName(), required: true, autocomplete: "name" });
  await ask({
    title: seat === null ? "Take the seat" : `Take the seat over from ${seat.name}?`,
    text: seat === null ? "Your name goes into the journal with what you do."
      : `${seat.name} has it since ${new Date(seat.since).toLocaleTimeString()} and can then only pause and abort.`,
    fields: [h("label.field", {}, "Your name", name)],
    reason: seat === null ? undefined : { label: "Reason, for the journal" },
    confirm: seat === null ? "Take seat" : "Take over",
    danger: seat !== null,
    act: async (reason) => {
      if (name.value.trim() === "") throw new Error("Enter your name.");
      setPersonName(name.value);
      await daemon.takeSeat(seat !== null, reason);
    },
  });
}
