import { themeColour, surface, type Surface } from "../../charts/canvas";
import { colourBar, colourRamp } from "../../charts/colour-bar";
import { lut, paint, type Domain } from "../../charts/colours";
import type { Grid } from "../../api/arrays";
import { theme } from "../../shell/theme";
import { h } from "../../ui/element";
import { significant, withUnit } from "../../ui/format";
import { computed, effect, signal, type Readable } from "../../ui/signal";
import { drawAreas, drawPoints, hatched } from "./draw-points";
import { gestures, type Band } from "./gestures";
import { layerOf, type LayerId } from "./layers";
import { choices, type MapState } from "./map-state";
import { domainControl } from "./toolbar";
import { scaleBar, scaleOf, toPane, whole } from "./transform";

interface Painted { grid: Grid; name: string; low: number; high: number; canvas: HTMLCanvasElement }

/** Keeps a painted map until its values, colours or domain differ: panning and hovering paint nothing. */
function painter(): (grid: Grid | null, name: string, domain: Domain | null) => HTMLCanvasElement | null {
  let last: Painted | null = null;
  return (grid, name, domain) => {
    if (grid === null || domain === null) return null;
    if (last === null || last.grid !== grid || last.name !== name
      || last.low !== domain.low || last.high !== domain.high) {
      const canvas = paint(grid.values, grid.rows, grid.columns, lut(name), domain);
      last = { grid, name, ...domain, canvas };
    }
    return last.canvas;
  };
}

/** One map: structure below, one layer over it, points and cursor on top of both. */
export function pane(state: MapState, layer: Readable<LayerId>, compact: boolean): HTMLElement {
  const { store } = state;
  const host = h("div.pane-canvas", {
    tabindex: 0, role: "application",
    "aria-label": computed(() => `Map, ${layerOf(layer()).title.toLowerCase()}. Arrows move the cursor, Enter opens `
      + "the nearest point, plus and minus zoom, 0 shows all, Shift and Enter measures here."),
  });
  const paintBase = painter();
  const paintLayer = painter();
  const band = signal<Band | null>(null);
  const title = computed(() => layerOf(layer()).title);
  const domain = computed(() => state.domain(layerOf(layer()).domain));
  const values = computed(() => state.values(layer()));
  const scale = computed(() => state.lut(layer()));
  const label = computed(() => {
    const grid = values();
    return grid === null ? "" : grid.unit === "" ? grid.label : `${grid.label} / ${grid.unit}`;
  });

  const drawMap = ({ context, width, height }: Surface) => {
    context.clearRect(0, 0, width, height);
    const extent = state.extent.peek();
    if (extent === null) return;
    const window = state.window.peek() ?? whole(extent);
    const size = { width, height };
    const from = toPane(0, 0, window, extent, size);
    const scale = scaleOf(window, extent, size);
    const draw = (image: HTMLCanvasElement | null, opacity: number) => {
      if (image === null) return;
      context.globalAlpha = opacity;
      context.imageSmoothingEnabled = scale * devicePixelRatio < 1;
      context.drawImage(image, from.x, from.y, extent.columns * scale, extent.rows * scale);
      context.globalAlpha = 1;
    };
    const id = layer.peek();
    draw(paintBase(state.values("structure"), "grey", state.domain("structure")), 1);
    if (id !== "structure") {
      draw(paintLayer(values.peek(), state.lut(id), domain.peek()), compact ? 1 : choices.opacity.peek());
    }
  };

  const drawTop = ({ context, width, height }: Surface) => {
    context.clearRect(0, 0, width, height);
    const extent = state.extent.peek();
    const shown = store.shown.peek();
    if (extent === null || shown === null) return;
    const window = state.window.peek() ?? whole(extent);
    const size = { width, height };
    const place = (row: number, column: number) => toPane(row, column, window, extent, size);
    const scale = scaleOf(window, extent, size);
    const at = { place, scale };
    if (choices.areas.peek()) {
      drawAreas(context, shown.choices.region, shown.choices.exclusions, at, width, height);
    }
    if (choices.points.peek()) {
      drawPoints(context, shown.points, at, {
        colour: choices.pointColour.peek(), scalars: choices.lut.peek(), domain: state.domain("scalar"),
        path: choices.path.peek(), selected: store.selected.peek(), selection: store.selection.peek(),
        pinned: store.pinned.peek(), mark: themeColour("--mark"), small: compact,
      });
    }
    const drawn = band.peek();
    if (drawn !== null) {
      const [a, b] = [place(drawn.rows[0], drawn.columns[0]), place(drawn.rows[1], drawn.columns[1])];
      hatched(context, a.x, a.y, b.x - a.x, b.y - a.y);
    }
    const cursor = store.cursor.peek();
    if (cursor !== null) drawCursor(context, place(cursor.row, cursor.column), scale, width, height);
    const pixel = store.status.peek()?.structure?.pixelSizeNm ?? 0;
    if (pixel > 0) drawScaleBar(context, pixel / scale, compact ? 60 : Math.min(160, width * 0.3), height);
  };

  const base = surface(host, drawMap);
  const top = surface(host, drawTop);
  effect(() => {
    theme(); state.extent(); state.window(); layer(); values(); domain(); choices.opacity(); choices.lut();
    state.values("structure"); state.domain("structure");
    base.request();
  });
  effect(() => {
    theme(); state.extent(); state.window(); store.shown(); store.cursor(); store.selected(); store.selection();
    store.pinned(); band(); choices.points(); choices.path(); choices.areas(); choices.pointColour(); choices.lut();
    state.domain("scalar");
    top.request();
  });
  gestures(host, state, band);

  const cursorValue = computed(() => {
    const cursor = store.cursor();
    const grid = values();
    if (cursor === null || grid === null) return "";
    return withUnit(significant(grid.values[cursor.row * grid.columns + cursor.column]), grid.unit);
  });
  const missing = computed(() => values() === null && state.extent() !== null ? `No ${title().toLowerCase()} yet` : "");
  return h(compact ? "section.pane.compact" : "section.pane", { "data-layer": layer },
    compact && h("header.pane-head", {}, h("h3", {}, title), h("span.spacer"), h("span.number", {}, cursorValue)),
    host,
    h("p.pane-missing", { hidden: computed(() => missing() === "") }, missing),
    h("footer.pane-foot", {}, compact ? colourBar(scale, domain, label)
      : domainControl(state, layer, colourRamp(scale), label)));
}

function drawCursor(
  context: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, scale: number,
  width: number, height: number): void {
  const size = Math.max(scale, 5);
  const [left, up] = [x + scale / 2 - size / 2, y + scale / 2 - size / 2];
  for (const [colour, lineWidth] of [["rgb(0 0 0 / 70%)", 3], ["#fff", 1]] as const) {
    context.strokeStyle = colour;
    context.lineWidth = lineWidth;
    context.strokeRect(left, up, size, size);
    context.beginPath();
    const [mx, my] = [x + scale / 2, y + scale / 2];
    for (const [x1, y1, x2, y2] of [
      [left - 12, my, left - 3, my], [left + size + 3, my, left + size + 12, my],
      [mx, up - 12, mx, up - 3], [mx, up + size + 3, mx, up + size + 12],
    ] as const) {
      const across = Math.max(x1, x2) >= 0 && Math.min(x1, x2) <= width;
      if (!across || Math.max(y1, y2) < 0 || Math.min(y1, y2) > height) continue;
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
    context.stroke();
  }
}

function drawScaleBar(context: CanvasRenderingContext2D, nmPerCss: number, widest: number, height: number): void {
  const bar = scaleBar(nmPerCss, widest);
  const [x, y] = widest > 60 ? [14, height - 14] : [10, height - 9];
  context.font = `600 ${widest > 60 ? 12 : 10}px ${themeColour("--font")}`;
  const text = context.measureText(bar.label).width;
  context.fillStyle = "rgb(10 14 18 / 70%)";
  const [pad, tall] = widest > 60 ? [8, 34] : [5, 24];
  context.fillRect(x - pad, y + pad - tall, Math.max(bar.width, text) + 2 * pad, tall);
  context.fillStyle = "#fff";
  context.fillRect(x, y - 3, bar.width, 3);
  context.textBaseline = "bottom";
  context.fillText(bar.label, x, y - 5);
}
