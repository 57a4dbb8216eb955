import { effect, signal, type Readable } from "../ui/signal";

/**
 * A value made of others that tells its readers only when it differs, unlike `computed`, which tells of every change
 * of what it is made of: what rebuilds elements reads these.
 */
export function distinct<T>(work: () => T, same: (a: T, b: T) => boolean = Object.is): Readable<T> {
  const value = signal<T>(undefined as T, (a, b) => a !== undefined && same(a, b));
  // The first run is at once, so that nobody reads it empty.
  effect(() => value.set(work()));
  return value;
}
