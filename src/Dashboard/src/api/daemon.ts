import { getFrame, getGrid, type Frame, type Grid } from "./arrays";
import { getJson, getText, send, sendJson, type Request } from "./http";
import type {
  AcquisitionPreview, ActorNode, Area, Campaign, CampaignSummary, DaemonStatus, EventPage, ExperimentStatus,
  ExperimentSummary, FrameView, Keys, Learning, RecipeCheck, RecipeInfo, ScalarizerPreview, Seat, Session, Snapshot,
  Trainers,
} from "./types";

export type MapKind = "structure" | "prediction" | "uncertainty" | "acquisition" | "dose" | "truth";
export type ExportFormat = "csv" | "npz" | "hspy" | "bluesky" | "backup";
export interface EventQuery { after?: number; limit?: number; kind?: string; text?: string }
export interface Accepted { sequence: number }

function of(id: string, rest = ""): string {
  return `/experiments/${encodeURIComponent(id)}${rest}`;
}

/** The routes of docs/api.md, one function each. */
export const daemon = {
  session: () => getJson<Session>("/session"),
  status: () => getJson<DaemonStatus>("/daemon"),
  trainers: () => getJson<Trainers>("/trainers"),
  takeSeat: (takeOver: boolean, reason: string) => sendJson<Seat>("POST", "/seat", { takeOver, reason }),
  leaveSeat: () => sendJson<void>("DELETE", "/seat"),

  recipes: () => getJson<RecipeInfo[]>("/recipes"),
  recipe: (name: string) => getText(`/recipes/${encodeURIComponent(name)}`),
  recipeSchema: () => getJson<Record<string, unknown>>("/recipe-schema"),
  checkRecipe: (recipe: string, set: Keys) => sendJson<RecipeCheck>("POST", "/recipes/check", { recipe, set }),

  experiments: () => getJson<ExperimentSummary[]>("/experiments"),
  experiment: (id: string) => getJson<ExperimentStatus>(of(id)),
  queue: (recipe: string, set: Keys, instrument: string | null) =>
    sendJson<ExperimentStatus>("POST", "/experiments", { recipe, set, instrument }),
  dequeue: (id: string) => sendJson<void>("DELETE", of(id)),

  campaign: (id: string) => getJson<Campaign>(`/campaigns/${encodeURIComponent(id)}`),
  campaignSummary: (id: string) => getJson<CampaignSummary>(`/campaigns/${encodeURIComponent(id)}/summary`),
  /** A picture to show: the token goes in a header, so a plain address would not do. */
  comparison: async (id: string) =>
    await (await send("GET", `/campaigns/${encodeURIComponent(id)}/comparison`)).blob(),

  pause: (id: string, mode: "soft" | "hard", reason: string) =>
    sendJson<Accepted>("POST", of(id, "/pause"), { mode, reason }),
  resume: (id: string, reason: string) => sendJson<Accepted>("POST", of(id, "/resume"), { reason }),
  stop: (id: string, reason: string) => sendJson<Accepted>("POST", of(id, "/stop"), { reason }),
  abort: (id: string, reason: string) => sendJson<Accepted>("POST", of(id, "/abort"), { reason }),
  halt: (id: string, reason: string) => sendJson<Accepted>("POST", of(id, "/halt"), { reason }),
  continueRun: (id: string, reason: string) => sendJson<ExperimentStatus>("POST", of(id, "/continue"), { reason }),
  setScalarizer: (id: string, keys: Keys, reason: string) =>
    sendJson<Accepted>("PUT", of(id, "/scalarizer"), { keys, reason }),
  setAcquisition: (id: string, keys: Keys, reason: string) =>
    sendJson<Accepted>("PUT", of(id, "/acquisition"), { keys, reason }),
  setRegion: (id: string, region: Area | null, reason: string) =>
    sendJson<Accepted>("PUT", of(id, "/region"), { region, reason }),
  exclude: (id: string, area: Area, reason: string) =>
    sendJson<Accepted>("POST", of(id, "/exclusions"), { area, reason }),
  force: (id: string, row: number, column: number, reason: string) =>
    sendJson<Accepted>("POST", of(id, "/points"), { row, column, reason }),
  note: (id: string, text: string, row: number | null, column: number | null) =>
    sendJson<Accepted>("POST", of(id, "/notes"), { text, row, column }),

  snapshot: (id: string, at: number | null = null) => getJson<Snapshot>(of(id, "/snapshot"), { query: { at } }),
  events: (id: string, query: EventQuery, request: Request = {}) =>
    getJson<EventPage>(of(id, "/events"), { ...request, query: { ...query } }),
  usedRecipe: (id: string) => getText(of(id, "/recipe")),
  map: (id: string, kind: MapKind, at: number | null = null, signal?: AbortSignal): Promise<Grid | null> =>
    getGrid(of(id, `/maps/${kind}`), { query: { at }, ...(signal && { signal }) }),
  embedding: (id: string, at: number | null = null) => getGrid(of(id, "/embedding"), { query: { at } }),
  frame: (id: string, point: number, signal?: AbortSignal): Promise<Frame> =>
    getFrame(id, point, signal ? { signal } : {}),
  /** With null keys: as the run's own scalarizer sees it. */
  view: async (id: string, point: number, scalarizer: Keys | null, signal?: AbortSignal): Promise<FrameView> =>
    await (await send("POST", of(id, `/points/${point}/view`),
      { body: { scalarizer }, ...(signal && { signal }) })).json() as FrameView,
  previewScalarizer: (id: string, keys: Keys) =>
    sendJson<ScalarizerPreview>("POST", of(id, "/preview/scalarizer"), { keys }),
  previewAcquisition: (id: string, keys: Keys) =>
    sendJson<AcquisitionPreview>("POST", of(id, "/preview/acquisition"), { keys }),
  previewMap: (id: string, map: string) => getGrid(of(id, `/previews/${encodeURIComponent(map)}`)),
  learning: (id: string) => getJson<Learning>(of(id, "/learning")),
  actors: (id: string) => getJson<ActorNode>(of(id, "/actors")),
  /** As a file to save: the token goes in a header, so a plain link would not do. */
  exportRun: async (id: string, format: ExportFormat) => await (await send("GET", of(id, `/export/${format}`))).blob(),
};
