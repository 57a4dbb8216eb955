/**
 * Runs work at most so often, in an animation frame: what comes faster is done together the next time. A page in the
 * background gets no frames; there a timer does it, so that title and alarms stay right.
 */
export class Pacer {
  private last = -Infinity;
  private waiting = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly work: () => void, private readonly intervalMs = 100) {}

  request(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.timer = setTimeout(() => {
      if (document.hidden) this.go();
      else requestAnimationFrame(() => this.go());
    }, Math.max(0, this.last + this.intervalMs - performance.now()));
  }

  cancel(): void {
    clearTimeout(this.timer);
    this.waiting = false;
  }

  private go(): void {
    if (!this.waiting) return;
    this.waiting = false;
    this.last = performance.now();
    this.work();
  }
}
