import type { Point } from "../../api/types";
import { surface } from "../../charts/canvas";
import { lut, paint, percentileDomain } from "../../charts/colours";
import type { Grid } from "../../api/arrays";
import type { Store } from "../../store/store";
import { h } from "../../ui/element";
import { computed, effect, signal, type Readable } from "../../ui/signal";
import { structureOf } from "./frame-source";

/** The patch of the structural image that is learned from, in a little of its surroundings. */
export function patchPicture(store: Store, point: Readable<Point | null>): HTMLElement {
  const host = h("div.patch", { role: "img", "aria-label": "Structure about the point, with its patch outlined" });
  const structure = signal<Grid | null>(null);
  const source = computed(() => {
    const status = store.status();
    return status?.structure ? { id: status.id, hash: status.structure.hash } : null;
  }, (a, b) => a?.id === b?.id && a?.hash === b?.hash);
  let painted: HTMLCanvasElement | null = null;
  effect(() => {
    const from = source();
    let over = false;
    if (from !== null) {
      structureOf(from.id, from.hash).then((grid) => {
        if (over || grid === null) return;
        const domain = percentileDomain(grid.values) ?? { low: 0, high: 1 };
        painted = paint(grid.values, grid.rows, grid.columns, lut("grey"), domain);
        structure.set(grid);
      }, () => undefined);
    }
    return () => { over = true; };
  });
  const drawn = surface(host, ({ context, width, height }) => {
    context.clearRect(0, 0, width, height);
    const now = point.peek();
    const edge = store.status.peek()?.patch ?? 0;
    if (painted === null || now === null || edge === 0) return;
    const shown = edge * 2.4;
    const scale = Math.min(width, height) / shown;
    const row = (now.patchRow ?? now.row) + 0.5;
    const column = (now.patchColumn ?? now.column) + 0.5;
    context.imageSmoothingEnabled = false;
    context.drawImage(painted, width / 2 - column * scale, height / 2 - row * scale,
      painted.width * scale, painted.height * scale);
    // As PatchWindow of the daemon: an even patch reaches one pixel further up and left.
    const first = -(edge >> 1) - 0.5;
    for (const [colour, line] of [["rgb(0 0 0 / 70%)", 3], ["#fff", 1.2]] as const) {
      context.strokeStyle = colour;
      context.lineWidth = line;
      context.strokeRect(width / 2 + first * scale, height / 2 + first * scale, edge * scale, edge * scale);
      context.beginPath();
      context.arc(width / 2, height / 2, 3, 0, 2 * Math.PI);
      context.stroke();
    }
  });
  effect(() => { structure(); point(); drawn.request(); });
  return host;
}
