import { daemon } from "../api/daemon";
import { ApiError, onRefused } from "../api/http";
import { clientId, setToken, token } from "../api/identity";
import type { DaemonStatus, Keys, Phase, Session } from "../api/types";
import { LiveConnection } from "../live/connection";
import { computed, effect, Scope, signal, type Readable } from "../ui/signal";
import { address } from "./address";
import { RunFollower } from "./run";

function isLive(phase: Phase | undefined): boolean {
  return phase === "live" || phase === "starting";
}

export interface Cursor { row: number; column: number }

/** What the whole page shares. Views read signals; what changes the experiment goes through `commands`. */
export class Store {
  private readonly run_ = signal<RunFollower | null>(null);
  private readonly daemon_ = signal<DaemonStatus | null>(null);
  private readonly background_ = signal<RunFollower | null>(null);
  private runScope = new Scope();
  private backgroundScope = new Scope();

  readonly connection = new LiveConnection();
  /** Null until the daemon knows this page; `login` is then shown. */
  readonly session = signal<Session | null>(null);
  /** Why there is no session, or null. */
  readonly loginError = signal<ApiError | null>(null);
  readonly needsLogin = signal(false);

  readonly daemon: Readable<DaemonStatus | null> = this.daemon_;
  /** The experiment that the address names, or null. */
  readonly run: Readable<RunFollower | null> = this.run_;
  readonly status = computed(() => this.run_()?.status() ?? null);
  /** The snapshot to show: now, or a past moment. */
  readonly shown = computed(() => this.run_()?.shown() ?? null);
  /** For `at` in requests for maps: a past moment, or null for now. */
  readonly at = computed(() => this.run_()?.moment() ?? null);

  /**
   * The experiment that the bar shows and its commands go to: the one in view while it is live, else one that is live,
   * for a beam that is on must be seen whatever one looks at; else the one in view.
   */
  readonly commanded = computed(() => {
    const run = this.run_();
    return isLive(run?.status()?.phase) ? run : this.background_() ?? run;
  });

  readonly seat = computed(() => this.daemon_()?.seat ?? null);
  readonly hasSeat = computed(() => this.seat()?.client === clientId());

  /** Pixel of the structural image under the pointer, whichever view it is in. */
  readonly cursor = signal<Cursor | null>(null);
  /** Point whose frame is shown. */
  readonly selected = signal<number | null>(null);
  /** Points chosen together, such as by a lasso; they are marked in every view. */
  readonly selection = signal<ReadonlySet<number>>(new Set<number>());
  /** Points held for comparing, in order. */
  readonly pinned = signal<readonly number[]>([]);
  /** Keys of a scalarizer tried in the viewer, for the physics view to take up. */
  readonly proposedScalarizer = signal<Keys | null>(null);

  start(): void {
    onRefused(() => {
      this.needsLogin.set(true);
      this.session.set(null);
    });
    this.needsLogin.set(token() === null);
    if (!this.needsLogin.peek()) void this.login();
    this.connection.follow<DaemonStatus>("WatchDaemon", () => [], (status) => this.daemon_.set(status));
    effect(() => {
      const id = address().id;
      const known = this.session() !== null;
      if (this.run_.peek()?.id === id && known) return;
      this.open(known ? id : null);
    });
    effect(() => {
      const live = this.daemon_()?.experiments.find((each) => isLive(each.phase) && each.id !== this.run_()?.id);
      const wanted = isLive(this.run_()?.status()?.phase) ? null : live?.id ?? null;
      if (wanted === (this.background_.peek()?.id ?? null)) return;
      this.backgroundScope.dispose();
      this.backgroundScope = new Scope();
      this.background_.set(wanted === null ? null : new RunFollower(wanted, this.connection, this.backgroundScope));
    });
    // One that had ended and is live again is followed again.
    effect(() => {
      const run = this.run_();
      const shown = run?.status()?.phase;
      const said = this.daemon_()?.experiments.find((each) => each.id === run?.id)?.phase;
      if (run !== null && shown === "ended" && said !== undefined && said !== "ended") void run.load();
    });
  }

  async login(given?: string): Promise<void> {
    if (given !== undefined) setToken(given);
    try {
      const session = await daemon.session();
      this.loginError.set(null);
      this.daemon_.set({ ...session.daemon, seat: session.seat });
      this.session.set(session);
      this.needsLogin.set(false);
      this.connection.start();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.loginError.set(error);
      if (error.status === 401) {
        setToken(null);
        this.needsLogin.set(true);
      } else {
        setTimeout(() => { if (this.session.peek() === null && token() !== null) void this.login(); }, 2_000);
      }
    }
  }

  logout(): void {
    setToken(null);
    location.hash = "";
    location.reload();
  }

  private open(id: string | null): void {
    this.runScope.dispose();
    this.runScope = new Scope();
    this.selected.set(null);
    this.selection.set(new Set());
    this.pinned.set([]);
    this.cursor.set(null);
    this.proposedScalarizer.set(null);
    this.run_.set(id === null ? null : new RunFollower(id, this.connection, this.runScope));
  }
}

export const store = new Store();
