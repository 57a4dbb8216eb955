import { percentileDomain, type Domain } from "../../charts/colours";
import type { Store } from "../../store/store";
import { computed, signal, type Readable } from "../../ui/signal";
import { followGrids } from "./grids";
import { layerOf, layersOf, valuesOf, type DomainId, type LayerId } from "./layers";
import type { Extent, MapWindow } from "./transform";
import type { Grid } from "../../api/arrays";

export type Mode = "look" | "force" | "exclude";
export type PointColour = "value" | "order";

/** What a person chose for the map. It outlives the view, so that coming back finds it as it was left. */
export const choices = {
  layer: signal<LayerId>("prediction"),
  opacity: signal(0.75),
  grid: signal(false),
  lut: signal<"viridis" | "cividis">("viridis"),
  points: signal(true),
  path: signal(false),
  areas: signal(true),
  pointColour: signal<PointColour>("value"),
  locked: signal<Readonly<Partial<Record<DomainId, Domain>>>>({}),
};

const window_ = signal<{ id: string; window: MapWindow } | null>(null);

export interface MapState {
  store: Store;
  extent: Readable<Extent | null>;
  /** Null for all of it. */
  window: Readable<MapWindow | null>;
  setWindow(window: MapWindow | null): void;
  mode: ReturnType<typeof signal<Mode>>;
  /** Layers to show, one a pane. */
  shown: Readable<readonly LayerId[]>;
  values(layer: LayerId): Grid | null;
  domain(id: DomainId): Domain | null;
  lut(layer: LayerId): string;
  error: ReturnType<typeof followGrids>["error"];
}

function memo<K, T>(make: (key: K) => T, same: (a: T, b: T) => boolean = Object.is): (key: K) => Readable<T> {
  const made = new Map<K, Readable<T>>();
  return (key) => {
    let value = made.get(key);
    if (value === undefined) {
      value = computed(() => make(key), same);
      made.set(key, value);
    }
    return value;
  };
}

export function mapState(store: Store): MapState {
  const available = computed(() => layersOf(store.status()).map(({ id }) => id).join());
  const shown = computed(() => {
    const there = available().split(",") as LayerId[];
    if (choices.grid()) return there;
    return [there.includes(choices.layer()) ? choices.layer() : "structure"] as LayerId[];
  });
  const kinds = computed(() => [...new Set(["structure" as const, ...shown().flatMap((id) => layerOf(id).needs)])]);
  const { grids, error } = followGrids(store, kinds);
  const extent = computed<Extent | null>(() => {
    const found = store.status()?.structure ?? null;
    return found === null ? null : { rows: found.rows, columns: found.columns };
  }, (a, b) => a?.rows === b?.rows && a?.columns === b?.columns);
  const values = memo((id: LayerId) => valuesOf(layerOf(id), grids()));
  const automatic = memo((id: DomainId): Domain | null => {
    if (id === "scalar") return scalarDomain(store, values("prediction")(), values("truth")());
    const grid = values(id)();
    if (grid === null) return null;
    const found = percentileDomain(grid.values);
    if (id !== "error" || found === null) return found;
    const most = Math.max(Math.abs(found.low), Math.abs(found.high));
    return { low: -most, high: most };
  }, (a, b) => a?.low === b?.low && a?.high === b?.high);
  return {
    store, extent, shown, error,
    window: computed(() => window_()?.id === store.run()?.id ? window_()?.window ?? null : null),
    setWindow: (window) => window_.set(window === null ? null : { id: store.run.peek()?.id ?? "", window }),
    mode: signal<Mode>("look"),
    values: (layer) => values(layer)(),
    domain: (id) => choices.locked()[id] ?? automatic(id)(),
    lut: (layer) => layerOf(layer).lut ?? choices.lut(),
  };
}

/** Prediction and points together: the colours of the points mean the same as those of the map that they lie on. */
function scalarDomain(store: Store, prediction: Grid | null, truth: Grid | null): Domain | null {
  const points = (store.shown()?.points ?? []).map(({ value, quality }) => quality === "bad" ? NaN : value ?? NaN);
  const domains = [percentileDomain(points), prediction && percentileDomain(prediction.values),
    truth && choices.layer() === "truth" ? percentileDomain(truth.values) : null].filter((each) => each !== null);
  if (domains.length === 0) return null;
  return { low: Math.min(...domains.map(({ low }) => low)), high: Math.max(...domains.map(({ high }) => high)) };
}
