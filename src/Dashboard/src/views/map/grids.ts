import type { Grid } from "../../api/arrays";
import { daemon, type MapKind } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { Store } from "../../store/store";
import { computed, effect, onDispose, signal, untracked, type Readable } from "../../ui/signal";

export type Grids = Readonly<Partial<Record<MapKind, Grid | null>>>;

/** Pauses between two fetches of the same map: a model a second is enough to look at, whatever the daemon trains. */
const pauseMs = 500;

const made: readonly MapKind[] = ["prediction", "uncertainty", "acquisition"];

interface Wanted { id: string; at: number | null; stamp: string }

/**
 * The maps that `kinds` names, fetched when they are first wanted and again when what is believed has changed; the
 * last ones stay until the new ones are here. Null for a map that does not exist yet.
 */
export function followGrids(store: Store, kinds: Readable<readonly MapKind[]>): {
  grids: Readable<Grids>; error: Readable<ApiError | null>;
} {
  const grids = signal<Grids>({});
  const failed = signal<ApiError | null>(null);
  const have = new Map<MapKind, string>();
  const busy = new Map<MapKind, AbortController>();
  let over = false;

  // A live run that was just taken up knows its last model before it believes anything again.
  const hasModel = computed(() => {
    const status = store.status();
    return store.at() !== null ? (store.shown()?.models.length ?? 0) > 0
      : status !== null && status.model !== null && (status.phase !== "live" || status.belief > 0);
  });
  const wantedOf = (kind: MapKind): Wanted | null => {
    const status = store.status();
    if (status === null || status.structure === null) return null;
    const at = store.at();
    // What a model makes is not asked for before there is one.
    if (made.includes(kind) && !hasModel()) return null;
    // The structure is one; the truth is that of the scalarizer, which a person may change.
    const fixed = kind === "structure";
    const changes = fixed ? "" : kind === "truth" ? store.shown()?.choices.scalarizerIdentity : at === null
      ? kind === "dose" ? `${status.belief}/${status.measured}` : String(status.belief) : `at ${at}`;
    return { id: status.id, at: fixed ? null : at, stamp: `${status.id} ${changes}` };
  };

  async function fetchOne(kind: MapKind): Promise<void> {
    const wanted = untracked(() => wantedOf(kind));
    if (over || busy.has(kind) || wanted === null) return;
    if (have.get(kind) === wanted.stamp) {
      failed.set(null);
      return;
    }
    const abort = new AbortController();
    busy.set(kind, abort);
    try {
      const grid = await daemon.map(wanted.id, kind, wanted.at, abort.signal);
      if (over) return;
      have.set(kind, wanted.stamp);
      grids.update((all) => ({ ...all, [kind]: grid }));
      failed.set(null);
    } catch (error) {
      if (over || !(error instanceof ApiError)) return;
      failed.set(error);
    }
    await new Promise((resolve) => setTimeout(resolve, failed.peek() === null ? pauseMs : 4 * pauseMs));
    busy.delete(kind);
    if (kinds.peek().includes(kind)) void fetchOne(kind);
  }

  const wanted = computed(() => kinds().map((kind) => `${kind} ${wantedOf(kind)?.stamp ?? "-"}`).join("\n"));
  effect(() => {
    wanted();
    for (const kind of kinds()) void fetchOne(kind);
  });
  onDispose(() => {
    over = true;
    for (const abort of busy.values()) abort.abort();
  });
  return { grids, error: failed };
}
