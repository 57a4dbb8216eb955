import { daemon } from "../../api/daemon";
import type { Grid } from "../../api/arrays";
import { cssColour, lut, paint, percentileDomain } from "../../charts/colours";
import { h } from "../../ui/element";
import { computed, effect, signal, type Readable } from "../../ui/signal";
import type { Store } from "../../store/store";
import { axisLabel, compact } from "../format/numbers";
import { fitCanvas, palette, sizeOf } from "../plot/palette";
import type { Cloud } from "./cloud";
import type { ColourBy, Scale } from "./draw";
import type { Shared } from "./embedding-view";

/** Beside the embedding: what colours mean, where the chosen places lie on the sample, and what can be done. */
export function sidePanel(store: Store, places: Readable<Cloud>, scale: Readable<Scale>, shared: Shared): HTMLElement {
  const { by, pans, chosen, text } = shared;
  const option = (value: ColourBy, label: string): HTMLElement =>
    h("option", { value, selected: by.peek() === value }, label);
  const tool = (label: string, value: boolean, hint: string): HTMLElement =>
    h("button", { type: "button", title: hint, "aria-pressed": computed(() => String(pans() === value)),
      on: { click: () => pans.set(value) } }, label);
  const measured = computed(() => (store.shown()?.points ?? [])
    .filter((p) => p.value !== null && store.selection().has(p.id)));
  const chosenText = computed(() => {
    const places = chosen().size;
    if (places === 0) return "Draw around places to see where they lie on the sample.";
    const values = measured().map((p) => p.value!);
    const mean = values.reduce((s, v) => s + v, 0) / values.length;
    const unit = store.status()?.choices.scalarUnit ?? "";
    return `${places} places, ${values.length} measured`
      + (values.length === 0 ? "." : `, ${compact(mean)} ${unit} on average.`);
  });
  return h("aside.embedding-side", { "aria-label": "Colours and choice" },
    h("label.stack", {}, "Colour by",
      h("select", { on: { change: (e) => by.set((e.target as HTMLSelectElement).value as ColourBy) } },
        option("scalar", "Scalar"), option("surprise", "Surprise"), option("step", "Step"))),
    colourBar(store, scale, by),
    h("div.button-row", { role: "group", "aria-label": "What dragging does" },
      tool("Lasso", false, "Drag draws around places; with Shift adds to the choice"),
      tool("Pan", true, "Drag moves the picture; so does Alt or the middle button"),
      h("button", { type: "button", on: { click: shared.whole } }, "Fit")),
    miniature(store, places, chosen),
    h("p.side-text", { "aria-live": "polite" }, chosenText),
    h("button", { type: "button", disabled: computed(() => chosen().size === 0), on: { click: shared.clear } },
      "Clear choice"),
    h("p.side-readout", {}, text));
}

function colourBar(store: Store, scale: Readable<Scale>, by: Readable<ColourBy>): HTMLElement {
  const canvas = h("canvas.cloud-bar-canvas", { width: 256, height: 1, "aria-hidden": "true" });
  effect(() => {
    const c = canvas.getContext("2d")!;
    const { table } = scale();
    for (let i = 0; i < 256; i++) {
      c.fillStyle = cssColour(table, { low: 0, high: 255 }, i);
      c.fillRect(i, 0, 1, 1);
    }
  });
  const label = computed(() => {
    const choices = store.status()?.choices;
    return by() === "scalar" ? axisLabel(choices?.scalarLabel ?? "Scalar", choices?.scalarUnit ?? "")
      : by() === "step" ? "Point" : "Measured − expected (σ)";
  });
  const end = (of: "low" | "high"): Readable<string> => computed(() => compact(scale().domain[of], 3));
  return h("div.cloud-bar", {}, canvas,
    h("div.cloud-bar-ends", {}, h("span", {}, end("low")), h("span", {}, label), h("span", {}, end("high"))));
}

/** The structural image with the chosen places: what the network holds for alike, seen on the sample. */
function miniature(store: Store, places: Readable<Cloud>, chosen: Readable<ReadonlySet<number>>): HTMLElement {
  const canvas = h("canvas.mini-canvas", { role: "img", "aria-label": "Chosen places on the structural image" });
  const area = h("div.mini", {}, canvas);
  const size = sizeOf(area);
  const image = signal<{ grid: Grid; picture: HTMLCanvasElement } | null>(null);
  const hash = computed(() => store.status()?.structure?.hash ?? null);
  effect(() => {
    const id = store.run.peek()?.id;
    if (hash() === null || id === undefined) return;
    // Without its picture the choice is still told in words.
    daemon.map(id, "structure").then((grid) => {
      const domain = grid === null ? null : percentileDomain(grid.values);
      if (grid === null || domain === null) return;
      image.set({ grid, picture: paint(grid.values, grid.rows, grid.columns, lut("grey"), domain) });
    }, () => image.set(null));
  });
  effect(() => {
    const { width, height } = size();
    const colours = palette();
    const c = fitCanvas(canvas, width, height);
    const shown = image();
    if (c === null) return;
    c.clearRect(0, 0, width, height);
    if (shown === null) return;
    const scale = Math.min(width / shown.grid.columns, height / shown.grid.rows);
    const [left, top] = [(width - scale * shown.grid.columns) / 2, (height - scale * shown.grid.rows) / 2];
    c.imageSmoothingEnabled = false;
    c.drawImage(shown.picture, left, top, scale * shown.grid.columns, scale * shown.grid.rows);
    c.fillStyle = colours.selected;
    c.globalAlpha = 0.75;
    const all = places();
    const edge = Math.max(2, scale);
    for (const i of chosen()) {
      c.fillRect(left + scale * all.columns[i]!, top + scale * all.rows[i]!, edge, edge);
    }
    c.globalAlpha = 1;
    const cursor = store.cursor();
    if (cursor === null) return;
    c.strokeStyle = colours.selected;
    c.lineWidth = 2;
    c.strokeRect(left + scale * cursor.column - 4, top + scale * cursor.row - 4, 8 + scale, 8 + scale);
  });
  return area;
}
