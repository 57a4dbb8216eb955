import { signal, type Readable } from "../ui/signal";

/** `#/experiments/ID/view`, `#/view` for what belongs to no experiment, or nothing. */
export interface Address { id: string | null; view: string | null }

export function parseAddress(hash: string): Address {
  const parts = hash.replace(/^#\/?/, "").split("/").filter((part) => part !== "").map(decode);
  if (parts[0] === "experiments") return { id: parts[1] ?? null, view: parts[2] ?? null };
  return { id: null, view: parts[0] ?? null };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function formatAddress({ id, view }: Address): string {
  if (id === null) return view === null ? "#/" : `#/${encodeURIComponent(view)}`;
  return `#/experiments/${encodeURIComponent(id)}${view === null ? "" : `/${encodeURIComponent(view)}`}`;
}

const here = signal<Address>(
  parseAddress(typeof location === "undefined" ? "" : location.hash),
  (a, b) => a.id === b.id && a.view === b.view);

/** Where the page is. */
export const address: Readable<Address> = here;

export function listenToAddress(): void {
  here.set(parseAddress(location.hash));
  addEventListener("hashchange", () => here.set(parseAddress(location.hash)));
}

export function go(to: Address): void {
  location.hash = formatAddress(to);
}
