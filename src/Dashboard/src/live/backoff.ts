/** Growing pauses, with a share of chance so that many clients do not come back in the same moment. */
export class Backoff {
  private attempt = 0;

  constructor(
    private readonly firstMs: number,
    private readonly longestMs: number,
    private readonly chance: () => number = Math.random) {}

  next(): number {
    const full = Math.min(this.longestMs, this.firstMs * 2 ** this.attempt++);
    return full * (0.75 + 0.25 * this.chance());
  }

  reset(): void {
    this.attempt = 0;
  }
}
