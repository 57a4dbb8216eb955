import { signal, type Readable } from "./signal";

const now = signal(performance.now());
setInterval(() => now.set(performance.now()), 250);

/** `performance.now()`, four times a second: for ages that grow while nothing else happens. */
export const ticking: Readable<number> = now;
