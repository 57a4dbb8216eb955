import { daemon } from "../api/daemon";
import { ApiError } from "../api/http";
import type { ExperimentStatus, JournalEvent, LiveBatch, Snapshot } from "../api/types";
import { continuity } from "../fold/sequence";
import { fold } from "../fold/fold";
import type { LiveConnection } from "../live/connection";
import { Pacer } from "../ui/pacer";
import { computed, signal, type Readable, type Scope } from "../ui/signal";

/** How often the events did not follow each other and everything was fetched anew; for the link's tooltip and tests. */
export const resyncs = signal(0);

/**
 * One experiment as this page knows it: a snapshot, and every event since folded into it. What the views show is
 * `shown` and `status`; both are replaced, never changed, at most ten times a second.
 */
export class RunFollower {
  private readonly status_ = signal<ExperimentStatus | null>(null);
  private readonly live_ = signal<Snapshot | null>(null);
  private readonly past_ = signal<Snapshot | null>(null);
  private readonly error_ = signal<ApiError | null>(null);
  private readonly batchAt_ = signal(0);
  private readonly listeners = new Set<(events: readonly JournalEvent[]) => void>();
  private readonly pacer = new Pacer(() => this.apply());
  private batches: LiveBatch[] = [];
  private seen = 0;
  private unfollow: () => void = () => undefined;
  private loading = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  readonly status: Readable<ExperimentStatus | null> = this.status_;
  /** As it is now. */
  readonly live: Readable<Snapshot | null> = this.live_;
  /** Why it cannot be shown, or null. */
  readonly error: Readable<ApiError | null> = this.error_;
  /** `performance.now()` when the daemon last spoke of it. */
  readonly batchAt: Readable<number> = this.batchAt_;
  /** Number of the event of a past moment that the page shows, or null for now. Set by {@link goTo}. */
  readonly moment = signal<number | null>(null);
  /** What to show: the past moment that was asked for once it is here, else now. */
  readonly shown: Readable<Snapshot | null> = computed(() =>
    this.moment() === null ? this.live_() : this.past_() ?? this.live_());

  constructor(readonly id: string, private readonly connection: LiveConnection, scope: Scope) {
    scope.add(() => {
      this.unfollow();
      this.loading++;
      this.pacer.cancel();
      clearTimeout(this.retry);
    });
    void this.load();
  }

  /** Told of each event as it is folded in, in order, once. @returns what ends it. */
  onEvents(listener: (events: readonly JournalEvent[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Shows the run as it was after event `sequence`; null for now. Stays where it is until the moment is here. */
  async goTo(sequence: number | null): Promise<void> {
    this.moment.set(sequence);
    if (sequence === null) {
      this.past_.set(null);
      return;
    }
    const past = await daemon.snapshot(this.id, sequence);
    if (this.moment.peek() === sequence) this.past_.set(past);
  }

  /** Fetches everything anew and follows from there. */
  async load(): Promise<void> {
    const mine = ++this.loading;
    this.unfollow();
    this.batches = [];
    clearTimeout(this.retry);
    try {
      const [status, snapshot] = await Promise.all([daemon.experiment(this.id), daemon.snapshot(this.id)]);
      if (mine !== this.loading) return;
      this.error_.set(null);
      this.seen = snapshot.sequence;
      this.batchAt_.set(performance.now());
      this.status_.set(status);
      this.live_.set(snapshot);
      this.unfollow = this.connection.follow<LiveBatch>("Watch", () => [this.id, this.seen],
        (batch) => this.take(batch), () => void this.finish(mine));
    } catch (error) {
      if (mine !== this.loading) return;
      if (!(error instanceof ApiError)) throw error;
      this.error_.set(error);
      if (error.status !== 404) this.retry = setTimeout(() => void this.load(), 2_000);
    }
  }

  private take(batch: LiveBatch): void {
    if (continuity(this.seen, batch.events) !== "ok") {
      // Something is missing or came twice: nothing that is folded on it could be trusted.
      resyncs.update((count) => count + 1);
      void this.load();
      return;
    }
    this.seen = batch.events.at(-1)?.sequence ?? this.seen;
    this.batches.push(batch);
    this.pacer.request();
  }

  private apply(): void {
    const batches = this.batches.splice(0);
    const last = batches.at(-1);
    const before = this.live_.peek();
    if (last === undefined || before === null) return;
    const events = batches.flatMap((batch) => batch.events);
    this.batchAt_.set(performance.now());
    this.status_.set(last.status);
    if (events.length === 0) return;
    const after = fold(before, events);
    const { choices, dose, state, reason } = last.status;
    Object.assign(after, { choices, dose, state, reason });
    this.live_.set(after);
    for (const listener of this.listeners) listener(events);
  }

  /** The stream has ended; the last status may be younger than the last batch. */
  private async finish(mine: number): Promise<void> {
    const status = await daemon.experiment(this.id).catch(() => null);
    if (mine !== this.loading || status === null) return;
    this.apply();
    this.status_.set(status);
    // Ended ones can be continued: then the daemon's list shows it live again and the store opens it anew.
  }
}
