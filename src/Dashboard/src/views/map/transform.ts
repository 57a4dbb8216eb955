/**
 * What part of the map is shown, without regard to the size of what it is shown in, so that several panes share it:
 * zoom 1 shows all of it, and the centre is in pixels of the map. The centre of pixel (r, c) is at (r + ½, c + ½).
 */
export interface MapWindow { zoom: number; row: number; column: number }

export interface Extent { rows: number; columns: number }
export interface Size { width: number; height: number }

export const largestZoom = 60;

export function whole({ rows, columns }: Extent): MapWindow {
  return { zoom: 1, row: rows / 2, column: columns / 2 };
}

/** CSS pixels to a pixel of the map. */
export function scaleOf(window: MapWindow, extent: Extent, size: Size): number {
  return Math.min(size.width / extent.columns, size.height / extent.rows) * window.zoom;
}

/** Place of a point of the map, in pixels of it, on the pane. */
export function toPane(
  row: number, column: number, window: MapWindow, extent: Extent, size: Size): { x: number; y: number } {
  const scale = scaleOf(window, extent, size);
  return { x: size.width / 2 + (column - window.column) * scale, y: size.height / 2 + (row - window.row) * scale };
}

export function toMap(
  x: number, y: number, window: MapWindow, extent: Extent, size: Size): { row: number; column: number } {
  const scale = scaleOf(window, extent, size);
  return { row: window.row + (y - size.height / 2) / scale, column: window.column + (x - size.width / 2) / scale };
}

/** Zoom and centre kept where there is something to see. */
export function kept(window: MapWindow, extent: Extent): MapWindow {
  const zoom = Math.min(largestZoom, Math.max(1, window.zoom));
  // As far as the middle of the outermost pixels shown at this zoom, so that the map never leaves the pane.
  const [halfRows, halfColumns] = [extent.rows / 2 / zoom, extent.columns / 2 / zoom];
  return {
    zoom,
    row: Math.min(extent.rows - halfRows, Math.max(halfRows, window.row)),
    column: Math.min(extent.columns - halfColumns, Math.max(halfColumns, window.column)),
  };
}

/** Zooms so that what is under (x, y) stays there. */
export function zoomedAt(
  window: MapWindow, factor: number, x: number, y: number, extent: Extent, size: Size): MapWindow {
  const held = toMap(x, y, window, extent, size);
  const zoom = Math.min(largestZoom, Math.max(1, window.zoom * factor));
  const scale = scaleOf({ ...window, zoom }, extent, size);
  return kept({
    zoom, row: held.row - (y - size.height / 2) / scale, column: held.column - (x - size.width / 2) / scale,
  }, extent);
}

export function moved(
  window: MapWindow, dx: number, dy: number, extent: Extent, size: Size): MapWindow {
  const scale = scaleOf(window, extent, size);
  return kept({ ...window, row: window.row - dy / scale, column: window.column - dx / scale }, extent);
}

/** A length of 1, 2 or 5 times a power of ten that takes at most `widest` CSS pixels. */
export function scaleBar(nmPerCss: number, widest: number): { nm: number; width: number; label: string } {
  const most = nmPerCss * widest;
  const power = 10 ** Math.floor(Math.log10(most));
  const nm = [5, 2, 1].map((step) => step * power).find((length) => length <= most) ?? power;
  const label = nm >= 1_000 ? `${nm / 1_000} µm` : nm >= 1 ? `${nm} nm` : `${Number((nm * 1_000).toPrecision(3))} pm`;
  return { nm, width: nm / nmPerCss, label };
}
