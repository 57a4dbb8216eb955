import { h, region } from "../../ui/element";
import { significant } from "../../ui/format";
import { computed, type Readable, type Signal } from "../../ui/signal";
import { whyNotHere } from "./acts";
import { layerOf, layersOf, type LayerId } from "./layers";
import { choices, type MapState, type Mode } from "./map-state";

function toggle(label: string, of: Signal<boolean>, title: string): HTMLElement {
  return h("button", {
    type: "button", title, "aria-pressed": computed(() => String(of())), on: { click: () => of.update((is) => !is) },
  }, label);
}

export function toolbar(state: MapState): HTMLElement {
  return h("div.map-tools", { role: "toolbar", "aria-label": "Map" },
    layerChoice(state),
    toggle("Grid", choices.grid, "All layers side by side, with one cursor"),
    h("button", { type: "button", title: "Show all of it (0)", on: { click: () => state.setWindow(null) } }, "Fit"),
    h("span.tool-break"),
    toggle("Points", choices.points, "Measured and planned points"),
    toggle("Path", choices.path, "The order in which they were measured"),
    toggle("Areas", choices.areas, "Region and exclusions"),
    colourChoice(),
    h("span.tool-gap"),
    modes(state),
    h("span.spacer"));
}

function layerChoice(state: MapState): HTMLElement {
  const available = computed(() => layersOf(state.store.status()).map(({ id }) => id).join());
  const host = h("div.segmented", { role: "group", "aria-label": "Layer" });
  return region(host, () => (available().split(",") as LayerId[]).map((id) => h("button", {
    type: "button", "data-layer": id,
    "aria-pressed": computed(() => String(!choices.grid() && choices.layer() === id)),
    on: { click: () => {
      choices.grid.set(false);
      choices.layer.set(id);
    } },
  }, layerOf(id).title)));
}

function colourChoice(): HTMLElement {
  const select = (label: string, of: Signal<string>, options: [string, string][]) => h("select", {
    "aria-label": label, title: label,
    on: { change: (event) => of.set((event.target as HTMLSelectElement).value) },
  }, options.map(([value, text]) => h("option", { value, selected: of.peek() === value }, text)));
  return h("div.row", {},
    select("Colour of the points", choices.pointColour as Signal<string>,
      [["value", "by value"], ["order", "by order"]]),
    select("Colour scale", choices.lut as Signal<string>, [["viridis", "viridis"], ["cividis", "cividis"]]));
}

const modeNames: [Mode, string, string][] = [
  ["force", "Measure here", "Then click where to measure next (or Shift-click at any time)"],
  ["exclude", "Exclude", "Then draw what never to plan again (or Shift-drag at any time)"],
];

function modes(state: MapState): HTMLElement {
  const why = computed(() => whyNotHere(state.store));
  return h("div.row", {}, modeNames.map(([mode, label, hint]) => h("button", {
    type: "button", "data-mode": mode,
    "aria-pressed": computed(() => String(state.mode() === mode && why() === null)),
    "aria-disabled": computed(() => why() === null ? null : "true"),
    title: computed(() => why() ?? hint),
    on: { click: () => {
      if (why.peek() === null) state.mode.set(state.mode.peek() === mode ? "look" : mode);
    } },
  }, label)));
}

/** The two ends of the colour scale: by percentiles until they are locked, then what one enters. */
export function domainControl(
  state: MapState, layer: Readable<LayerId>, ramp: HTMLElement, label: Readable<string>): HTMLElement {
  const id = computed(() => layerOf(layer()).domain);
  const locked = computed(() => choices.locked()[id()] !== undefined);
  const now = computed(() => state.domain(id()));
  const change = (end: "low" | "high", text: string) => {
    const value = Number(text.replace("−", "-"));
    const domain = now.peek();
    if (domain === null || !Number.isFinite(value)) return;
    const next = { ...domain, [end]: value };
    if (next.low < next.high) choices.locked.update((all) => ({ ...all, [id.peek()]: next }));
  };
  const field = (end: "low" | "high", label: string) => h("input.domain-end", {
    type: "text", inputmode: "decimal", "aria-label": label, title: label,
    disabled: computed(() => !locked()),
    value: text(now, end),
    on: { change: (event) => change(end, (event.target as HTMLInputElement).value) },
  });
  return h("div.domain", { role: "group", "aria-label": "Colours" },
    h("span.colour-bar-label", { title: label }, label), h("span.spacer"),
    h("label.check.opacity", { hidden: computed(() => layer() === "structure") }, "Opacity",
      h("input", {
        type: "range", min: 0, max: 1, step: 0.05, value: choices.opacity.peek(),
        on: { input: (event) => choices.opacity.set(Number((event.target as HTMLInputElement).value)) },
      })),
    field("low", "Lower end of the colours"), ramp, field("high", "Upper end of the colours"),
    h("button", {
      type: "button", "aria-pressed": computed(() => String(locked())),
      title: "Keep the colours as they are now, and set their ends",
      on: { click: () => {
        const domain = now.peek();
        choices.locked.update((all) => {
          const rest = { ...all };
          if (locked.peek()) delete rest[id.peek()];
          else if (domain !== null) rest[id.peek()] = domain;
          return rest;
        });
      } },
    }, computed(() => locked() ? "Locked" : "Lock")));
}

function text(domain: Readable<{ low: number; high: number } | null>, end: "low" | "high"): Readable<string> {
  return computed(() => significant(domain()?.[end], 4));
}
