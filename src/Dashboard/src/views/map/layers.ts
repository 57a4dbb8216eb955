import type { Grid } from "../../api/arrays";
import type { MapKind } from "../../api/daemon";
import type { ExperimentStatus } from "../../api/types";
import type { Lut } from "../../charts/colours";

export type LayerId = MapKind | "error";

/** Layers with the same domain have the same colours for the same value, as do the points with theirs. */
export type DomainId = "scalar" | "structure" | "uncertainty" | "acquisition" | "dose" | "error";

export interface Layer {
  id: LayerId;
  title: string;
  domain: DomainId;
  /** What it is made of. */
  needs: readonly MapKind[];
  /** Its own scale, whatever is chosen for the others. */
  lut?: Lut;
}

export const layers: readonly Layer[] = [
  { id: "structure", title: "Structure", domain: "structure", needs: ["structure"], lut: "grey" },
  { id: "prediction", title: "Prediction", domain: "scalar", needs: ["prediction"] },
  { id: "uncertainty", title: "Uncertainty", domain: "uncertainty", needs: ["uncertainty"] },
  { id: "acquisition", title: "Acquisition", domain: "acquisition", needs: ["acquisition"] },
  { id: "dose", title: "Dose", domain: "dose", needs: ["dose"] },
  { id: "truth", title: "Truth", domain: "scalar", needs: ["truth"] },
  { id: "error", title: "Residual", domain: "error", needs: ["prediction", "truth"], lut: "balance" },
];

export function layerOf(id: LayerId): Layer {
  return layers.find((layer) => layer.id === id) ?? layers[0]!;
}

/** Those that there can be: truth and residual only where the instrument knows the truth. */
export function layersOf(status: ExperimentStatus | null): readonly Layer[] {
  return layers.filter(({ id }) => (id !== "truth" && id !== "error") || status?.hasTruth === true);
}

/** The values of a layer from the maps that it needs; null where one is missing. */
export function valuesOf(layer: Layer, grids: Readonly<Partial<Record<MapKind, Grid | null>>>): Grid | null {
  const [first, second] = layer.needs.map((kind) => grids[kind] ?? null);
  if (first === null || first === undefined || second === null) return null;
  if (second === undefined) return first;
  if (second.values.length !== first.values.length) return null;
  const values = first.values.map((value, index) => value - second.values[index]!);
  return { ...first, values, label: "prediction − truth" };
}
