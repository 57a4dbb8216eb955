import { daemon } from "../../api/daemon";
import type { JournalEvent } from "../../api/types";
import type { Store } from "../../store/store";
import { computed, effect, onDispose, signal, type Readable } from "../../ui/signal";

export interface EventLog {
  events: Readable<readonly JournalEvent[]>;
  /** Whether all events up to the last known one are there. */
  complete: Readable<boolean>;
  error: Readable<string | null>;
}

const pageSize = 5000;
/** Not more often than this asked for what came since. */
const intervalMs = 500;

/**
 * All events of the chosen run in order, fetched page by page from the first and kept up with its last durable event.
 * Views that need the whole past (journal, strip) share one while they are open.
 */
export function eventLog(store: Store): EventLog {
  const id = store.run.peek()!.id;
  const sequence = computed(() => store.run()?.live()?.sequence ?? 0);
  const shared = logs.get(id) ?? { events: signal<readonly JournalEvent[]>([]), complete: signal(false),
    error: signal<string | null>(null), busy: false };
  logs.set(id, shared);
  // A log of a run that nobody looks at is dropped when another is opened.
  for (const other of logs.keys()) if (other !== id) logs.delete(other);
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onDispose(() => {
    over = true;
    clearTimeout(timer);
  });
  const last = (): number => shared.events.peek()[shared.events.peek().length - 1]?.sequence ?? 0;

  async function catchUp(): Promise<void> {
    timer = undefined;
    if (over || shared.busy) return;
    shared.busy = true;
    try {
      for (let more = true; more && !over;) {
        const page = await daemon.events(id, { after: last(), limit: pageSize });
        const fresh = page.events.filter((e) => e.sequence > last());
        if (fresh.length > 0) shared.events.set([...shared.events.peek(), ...fresh]);
        more = fresh.length > 0 && last() < page.last;
      }
      shared.error.set(null);
      shared.complete.set(true);
    } catch (error) {
      shared.error.set(error instanceof Error ? error.message : String(error));
    } finally {
      shared.busy = false;
    }
    if (!over && sequence.peek() > last()) plan();
  }
  function plan(): void {
    timer ??= setTimeout(() => void catchUp(), intervalMs);
  }
  effect(() => {
    if (sequence() > last()) plan();
  });
  void catchUp();
  return shared;
}

interface Shared {
  events: ReturnType<typeof signal<readonly JournalEvent[]>>;
  complete: ReturnType<typeof signal<boolean>>;
  error: ReturnType<typeof signal<string | null>>;
  busy: boolean;
}

const logs = new Map<string, Shared>();
