import type { ViewEntry } from "./view";

/** The views in the order of their tabs. Each is fetched when it is first shown. */
export const views: readonly ViewEntry[] = [
  { id: "map", title: "Map", scope: "experiment", load: () => import("./map/map-view") },
  { id: "frames", title: "Frames", scope: "experiment", load: () => import("./frames/frames-view") },
  { id: "learning", title: "Learning", scope: "experiment", load: () => import("./learning/learning-view") },
  { id: "embedding", title: "Embedding", scope: "experiment", load: () => import("./embedding/embedding-view") },
  { id: "pipeline", title: "Pipeline", scope: "experiment", load: () => import("./pipeline/pipeline-view") },
  { id: "journal", title: "Journal", scope: "experiment", load: () => import("./journal/journal-view") },
  { id: "physics", title: "Physics", scope: "experiment", load: () => import("./physics/physics-view") },
  { id: "regions", title: "Regions", scope: "experiment", ofCampaign: true,
    load: () => import("./regions/regions-view") },
  { id: "start", title: "Start", scope: "daemon", load: () => import("./start/start-view") },
];

export const firstView = "map";
