import { effect, onDispose, type Readable } from "./signal";

/**
 * Asks at once and then again and again, `intervalMs` after each answer, while `of` is not null; anew when it differs.
 * A page that is not seen does not ask. `ask` is told by `wanted()` whether its answer still counts.
 */
export function poll<K>(
  of: Readable<K | null>, intervalMs: number, ask: (of: K, wanted: () => boolean) => Promise<void>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const run = async (key: K, mine: number): Promise<void> => {
    await ask(key, () => mine === turn);
    const again = (): void => {
      if (mine !== turn) return;
      if (document.hidden) timer = setTimeout(again, intervalMs);
      else void run(key, mine);
    };
    timer = setTimeout(again, intervalMs);
  };
  effect(() => {
    const key = of();
    turn++;
    clearTimeout(timer);
    if (key !== null) void run(key, turn);
  });
  onDispose(() => {
    turn++;
    clearTimeout(timer);
  });
}
