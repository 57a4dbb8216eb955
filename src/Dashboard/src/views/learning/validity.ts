import { daemon } from "../../api/daemon";
import type { Learning, Model, Point } from "../../api/types";
import { computed, currentScope, effect, onDispose, signal, type Readable } from "../../ui/signal";
import type { Store } from "../../store/store";

/** Number of the last change of the scalarizer up to a moment, 0 for none. */
export function lastChange(changes: readonly number[], sequence: number): number {
  return Math.max(0, ...changes.filter((c) => c <= sequence));
}

/**
 * Points without the predictions that were made of another scalarizer's numbers: after a change what was measured is
 * scalarized anew, and what was expected before speaks of something else.
 */
export function comparable(points: readonly Point[], models: readonly Model[], since: number): readonly Point[] {
  if (since === 0) return points;
  const fresh = new Set(models.filter((m) => m.sequence > since).map((m) => m.version));
  return points.map((p) => (p.predicted === null || fresh.has(p.model) ? p
    : { ...p, predicted: null, deviation: null }));
}

/** The part of the course that belongs to the scalarizer in force. */
export function courseSince(learning: Learning | null, models: readonly Model[], since: number): Learning | null {
  if (learning === null) return null;
  const known = models.filter((m) => m.sequence > since);
  const [first, last] = [known[0]?.observations ?? Infinity, known.at(-1)?.observations ?? 0];
  const steps = learning.steps.filter((s) => s.observations >= first && s.observations <= last);
  return { steps: steps.slice(-known.length) };
}

/** Number of the event from which the scalars shown are of one scalarizer; 0 for the whole run. */
export function scalarizerSince(store: Store): Readable<number> {
  const changes = signal<readonly number[]>([]);
  const run = store.run.peek();
  if (run === null) return computed(() => 0);
  const scope = currentScope();
  const add = (more: readonly number[]): void => changes.update((c) => [...new Set([...c, ...more])]);
  onDispose(run.onEvents((events) => {
    const more = events.filter((e) => e.kind === "scalarizer-changed").map((e) => e.sequence);
    if (more.length > 0) add(more);
  }));
  const load = (): void => {
    daemon.events(run.id, { after: 0, limit: 5000, kind: "scalarizer-changed" }).then((page) => {
      if (scope?.disposed !== true) add(page.events.map((e) => e.sequence));
    }, () => {
      // The link is told of elsewhere; without the answer old predictions would be judged.
      if (scope?.disposed !== true) setTimeout(load, 2000);
    });
  };
  effect(load);
  return computed(() => lastChange(changes(), store.shown()?.sequence ?? 0));
}
