import type { Store } from "../store/store";
import { h } from "../ui/element";
import { computed } from "../ui/signal";
import { command, pauseWithReason, whyNot, type CommandId } from "./commands";
import { readouts, stale } from "./readouts";

interface Button {
  id: CommandId;
  label: string;
  hint: string;
  key?: string;
  look: "button" | "button.danger" | "button.danger.solid";
}

const buttons: readonly Button[] = [
  { id: "pause", label: "Pause", hint: "Holds after the point under way. Shift: with a reason.", key: "space",
    look: "button" },
  { id: "resume", label: "Resume", hint: "Goes on with the next point.", key: "space", look: "button" },
  { id: "stop", label: "Stop", hint: "Ends after the point under way (asks).", look: "button" },
  { id: "abort", label: "Abort", hint: "Blanks and ends now (asks).", key: "Esc", look: "button.danger" },
  { id: "blank", label: "Blank", hint: "Blanks the beam at once and pauses: the point under way is measured again.",
    key: "b", look: "button.danger.solid" },
];

/** A button that says why it does nothing: still focusable, so that the reason can be read with the keyboard. */
function commandButton(store: Store, { id, label, hint, key, look }: Button): HTMLElement {
  const why = computed(() => whyNot(store, id));
  return h(look, {
    type: "button",
    "data-command": id,
    "aria-disabled": computed(() => why() === null ? null : "true"),
    "aria-keyshortcuts": key === "space" ? "Space" : key === "Esc" ? "Escape" : key,
    title: computed(() => (why() ?? hint) + (key === undefined ? "" : ` (${key})`)),
    on: { click: (event) => {
      if (id === "pause" && event.shiftKey) void pauseWithReason(store);
      else void command(store, id);
    } },
  }, label);
}

export function bar(store: Store): HTMLElement {
  const old = computed(() => stale(store) ? "true" : null);
  return h("header.bar", { "aria-label": "State and commands", "data-stale": old },
    h("div.readouts", {}, readouts(store)),
    h("div.commands", { role: "group", "aria-label": "Commands" }, buttons.map((each) => commandButton(store, each))));
}
