/** Who this page is to the daemon: its token, its client id and the name of the person before it. */

const tokenKey = "dkl.token";
const clientKey = "dkl.client";
const nameKey = "dkl.name";

/** Takes the token out of the address at once, so that it is in no history, bookmark or shared link. */
export function takeTokenFromAddress(): void {
  const given = /^#token=([^&]+)/.exec(location.hash);
  if (given === null) return;
  sessionStorage.setItem(tokenKey, decodeURIComponent(given[1]!));
  const rest = location.hash.slice(given[0].length).replace(/^&/, "#");
  history.replaceState(null, "", location.pathname + location.search + rest);
}

export function token(): string | null {
  return sessionStorage.getItem(tokenKey);
}

export function setToken(value: string | null): void {
  if (value === null) sessionStorage.removeItem(tokenKey);
  else sessionStorage.setItem(tokenKey, value.trim());
}

/** Of this tab: two tabs are two clients, of which one may have the seat. */
export function clientId(): string {
  let id = sessionStorage.getItem(clientKey);
  if (id === null) {
    id = randomId();
    sessionStorage.setItem(clientKey, id);
  }
  return id;
}

/** `crypto.randomUUID` is there in secure contexts only; a daemon in a closed network may be reached without one. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function personName(): string {
  return localStorage.getItem(nameKey) ?? "";
}

export function setPersonName(name: string): void {
  localStorage.setItem(nameKey, name.trim().slice(0, 64));
}
