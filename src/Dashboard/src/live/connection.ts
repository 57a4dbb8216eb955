import {
  HubConnectionBuilder, LogLevel, type HubConnection, type ISubscription,
} from "@microsoft/signalr";
import { token } from "../api/identity";
import { signal, type Readable } from "../ui/signal";
import { Backoff } from "./backoff";

export type Link = "connecting" | "connected" | "lost";

interface Stream {
  method: string;
  arguments: () => unknown[];
  next(item: unknown): void;
  /** The daemon has nothing more to send. */
  ended(): void;
  subscription: ISubscription<unknown> | null;
  backoff: Backoff;
}

/** Every stream speaks at least once a second: after so long without a word the connection is taken for dead. */
const silenceMs = 6_000;

/**
 * The connection for what is live. It comes back by itself, with growing pauses and for as long as it takes, and then
 * asks every stream to go on where it was: the arguments are asked for anew each time.
 */
export class LiveConnection {
  private readonly link_ = signal<Link>("connecting");
  private readonly heard_ = signal(0);
  private readonly streams = new Set<Stream>();
  private readonly backoff = new Backoff(250, 5_000);
  private hub: HubConnection | null = null;
  private over = false;
  private watch: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  readonly link: Readable<Link> = this.link_;
  /** `performance.now()` of the last item of any stream. */
  readonly heard: Readable<number> = this.heard_;

  /** Once; after another login the next try has the new token. */
  start(): void {
    if (this.watch !== undefined) {
      this.hurry();
      return;
    }
    this.watch = setInterval(() => this.listen(), 1_000);
    void this.connect();
  }

  stop(): void {
    this.over = true;
    clearInterval(this.watch);
    clearTimeout(this.retry);
    void this.hub?.stop();
  }

  /** @returns what ends the stream. */
  follow<T>(method: string, args: () => unknown[], next: (item: T) => void, ended: () => void = () => undefined) {
    const stream: Stream = {
      method, arguments: args, next: next as (item: unknown) => void, ended, subscription: null,
      backoff: new Backoff(250, 5_000),
    };
    this.streams.add(stream);
    if (this.link_.peek() === "connected") this.open(stream);
    return () => {
      this.streams.delete(stream);
      stream.subscription?.dispose();
    };
  }

  /** Tries at once, without waiting for the pause to pass. */
  hurry(): void {
    if (this.link_.peek() === "connected" || this.over) return;
    clearTimeout(this.retry);
    void this.connect();
  }

  private async connect(): Promise<void> {
    const hub = new HubConnectionBuilder()
      .withUrl("/api/v1/live", { accessTokenFactory: () => token() ?? "" })
      .configureLogging(LogLevel.None)
      .build();
    this.hub = hub;
    hub.onclose(() => this.lost(hub));
    try {
      await hub.start();
    } catch {
      this.lost(hub);
      return;
    }
    if (this.hub !== hub || this.over) {
      void hub.stop();
      return;
    }
    this.backoff.reset();
    this.heard_.set(performance.now());
    this.link_.set("connected");
    for (const stream of this.streams) this.open(stream);
  }

  private lost(hub: HubConnection): void {
    if (this.hub !== hub || this.over) return;
    this.hub = null;
    this.link_.set("lost");
    for (const stream of this.streams) stream.subscription = null;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), this.backoff.next());
  }

  private listen(): void {
    const { hub } = this;
    if (hub === null || this.link_.peek() !== "connected" || this.streams.size === 0) return;
    if (performance.now() - this.heard_.peek() < silenceMs) return;
    // A half-open connection is closed by nobody: give it up and make another.
    this.lost(hub);
    void hub.stop();
  }

  private open(stream: Stream): void {
    const { hub } = this;
    if (hub === null || !this.streams.has(stream)) return;
    let current = true;
    stream.subscription = hub.stream<unknown>(stream.method, ...stream.arguments()).subscribe({
      next: (item) => {
        if (!current || this.hub !== hub) return;
        stream.backoff.reset();
        this.heard_.set(performance.now());
        stream.next(item);
      },
      error: () => {
        // Refused or broken off while the connection is up. A lost connection opens all streams when it is back.
        if (!current || this.hub !== hub || !this.streams.has(stream)) return;
        current = false;
        setTimeout(() => { if (this.hub === hub) this.open(stream); }, stream.backoff.next());
      },
      complete: () => {
        if (!current || this.hub !== hub || !this.streams.delete(stream)) return;
        stream.ended();
      },
    });
  }
}
