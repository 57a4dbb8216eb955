import { h } from "../ui/element";

const keys: [string, string][] = [
  ["Space", "Pause, or resume"],
  ["b", "Blank the beam at once and pause"],
  ["Esc", "Abort (asks)"],
  ["Arrows", "On a map: move the cursor; with Shift ten pixels"],
  ["Enter", "On a map: open the nearest point; with Shift measure here (asks)"],
  ["+  −  0", "On a map: zoom in, zoom out, show all"],
  ["Click", "Open the point"],
  ["Shift-click", "Measure here next (asks)"],
  ["Shift-drag", "Exclude an area (asks)"],
  ["Wheel, drag", "Zoom, move; double-click shows all"],
  ["?", "This"],
];

export function showHelp(): void {
  const before = document.activeElement as HTMLElement | null;
  const close = h("button.primary", { type: "button", on: { click: () => dialog.close() } }, "Close");
  const dialog: HTMLDialogElement = h("dialog.dialog", { "aria-label": "Keys", on: { close: () => {
    dialog.remove();
    before?.focus();
  } } },
  h("div.column", {}, h("h2", {}, "Keys and pointer"),
    h("dl.keys", {}, keys.map(([key, what]) => [h("dt", {}, key), h("dd", {}, what)])),
    h("div.dialog-actions", {}, close)));
  document.body.append(dialog);
  dialog.showModal();
}

export function helpButton(): HTMLElement {
  return h("button.quiet", {
    type: "button", "aria-label": "Keys", title: "Keys and pointer (?)", on: { click: showHelp },
  }, "?");
}
