import type { ViewEntry } from "./view";

/** The views in the order of their tabs. Each is fetched when it is first shown. */
export const views: readonly ViewEntry[] = [
  { id: "map", title: "Map", scope: "experiment", load: () => import("./map/map-view") },
  { id: "frames", title: "Frames", scope: "experiment", load: () => import("./frames/frames-view") },
];

export const firstView = "map";
