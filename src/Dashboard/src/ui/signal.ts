/**
 * Values that tell when they change. An effect runs again, in the next animation frame, when one of the signals that
 * it read has changed; a computed value is computed when somebody reads it.
 */

export interface Readable<T> {
  /** Reads and, inside an effect or a computed value, depends on it. */
  (): T;
  /** Reads without depending on it. */
  peek(): T;
}

export interface Signal<T> extends Readable<T> {
  set(value: T): void;
  update(change: (value: T) => T): void;
}

interface Source {
  version: number;
  readers: Set<Reader>;
  /** Of a computed value: makes it current, and its version with it. */
  refresh?: () => void;
}

interface Reader {
  /** With the version of each that was read. */
  sources: Map<Source, number>;
  stale(): void;
}

let reader: Reader | null = null;
let owner: Scope | null = null;

function track(source: Source): void {
  if (reader !== null) {
    source.readers.add(reader);
    reader.sources.set(source, source.version);
  }
}

/** Nobody is told any more; what was read is remembered, to see later whether it changed. */
function detach(of: Reader): void {
  for (const source of of.sources.keys()) source.readers.delete(of);
}

function release(of: Reader): void {
  detach(of);
  of.sources.clear();
}

/** Whether something that was read has another value now. If not, it is listened to again. */
function changed(of: Reader): boolean {
  for (const [source, version] of of.sources) {
    source.refresh?.();
    if (source.version !== version) return true;
  }
  for (const source of of.sources.keys()) source.readers.add(of);
  return false;
}

function reading<T>(by: Reader | null, work: () => T): T {
  const before = reader;
  reader = by;
  try {
    return work();
  } finally {
    reader = before;
  }
}

export function signal<T>(initial: T, same: (a: T, b: T) => boolean = Object.is): Signal<T> {
  let value = initial;
  const source: Source = { version: 0, readers: new Set() };
  const read = () => { track(source); return value; };
  const set = (next: T) => {
    if (same(value, next)) return;
    value = next;
    source.version++;
    for (const each of [...source.readers]) each.stale();
  };
  return Object.assign(read, { peek: () => value, set, update: (change: (v: T) => T) => set(change(value)) });
}

/** A value made of others; who reads it runs again only when it differs from before as `same` says. */
export function computed<T>(work: () => T, same: (a: T, b: T) => boolean = Object.is): Readable<T> {
  let value: T;
  let dirty = true;
  const source: Source = { version: 0, readers: new Set(), refresh };
  const self: Reader = {
    sources: new Map(),
    stale() {
      if (dirty) return;
      dirty = true;
      // Not held by what it reads until somebody asks again: one that nobody reads any more goes away.
      detach(self);
      for (const each of [...source.readers]) each.stale();
    },
  };
  function refresh(): void {
    if (!dirty) return;
    if (source.version > 0 && !untracked(() => changed(self))) {
      dirty = false;
      return;
    }
    release(self);
    const next = reading(self, work);
    dirty = false;
    if (source.version > 0 && same(value, next)) return;
    value = next;
    source.version++;
  }
  return Object.assign(
    () => { refresh(); track(source); return value; },
    { peek: () => { refresh(); return value; } });
}

/** Reads signals without depending on them. */
export function untracked<T>(work: () => T): T {
  return reading(null, work);
}

/** What is undone together: effects, listeners, timers. */
export class Scope {
  private readonly undo: (() => void)[] = [];
  private over = false;

  add(undo: () => void): void {
    if (this.over) undo();
    else this.undo.push(undo);
  }

  get disposed(): boolean { return this.over; }

  /** Effects begun in `work` belong to this scope. */
  run<T>(work: () => T): T {
    const before = owner;
    owner = this;
    try {
      return untracked(work);
    } finally {
      owner = before;
    }
  }

  dispose(): void {
    this.over = true;
    for (const each of this.undo.splice(0).reverse()) each();
  }
}

/** Undone with the scope that is being set up; forever where there is none. */
export function onDispose(undo: () => void): void {
  owner?.add(undo);
}

/** The scope being set up, for work that goes on later (after an `await`). */
export function currentScope(): Scope | null {
  return owner;
}

/**
 * Runs now, and again in an animation frame after what it read has changed. Before that, and at the end, what `work`
 * returned is called and the effects that it began are undone.
 */
export function effect(work: () => void | (() => void)): void {
  let inner = new Scope();
  let over = false;
  const self: Reader = { sources: new Map(), stale: () => schedule(again) };
  const again = () => { if (!over && changed(self)) run(); };
  function run(): void {
    release(self);
    inner.dispose();
    inner = new Scope();
    const before = owner;
    owner = inner;
    try {
      const undo = reading(self, work);
      if (undo) inner.add(undo);
    } finally {
      owner = before;
    }
  }
  onDispose(() => {
    over = true;
    release(self);
    inner.dispose();
  });
  run();
}

const waiting = new Set<() => void>();
let frame = 0;

function schedule(run: () => void): void {
  waiting.add(run);
  if (frame === 0) frame = requestFrame(flush);
}

/** Runs what waits, now: for tests, and where a page in the background gives no animation frames. */
export function flush(): void {
  frame = 0;
  for (let round = 0; waiting.size > 0; round++) {
    if (round > 50) throw new Error("An effect changes what it depends on, without end.");
    const now = [...waiting];
    waiting.clear();
    for (const each of now) each();
  }
}

function requestFrame(work: () => void): number {
  if (typeof requestAnimationFrame === "undefined") return setTimeout(work, 0) as unknown as number;
  // A page in the background gets no frames, but its title and its alarms have to be right all the same.
  if (document.hidden) return setTimeout(work, 250) as unknown as number;
  return requestAnimationFrame(work);
}
