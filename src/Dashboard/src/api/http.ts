import { clientId, personName, token } from "./identity";
import type { Problem } from "./types";

/** What the daemon answered when it did not do what was asked, or that it did not answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get status(): number { return this.problem.status; }

  get remedy(): string | null { return this.problem.remedy ?? null; }
}

export interface Request {
  body?: unknown;
  query?: Record<string, string | number | null | undefined>;
  signal?: AbortSignal;
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** Told when the token is not, or no longer, good. */
let refused: () => void = () => undefined;

export function onRefused(tell: () => void): void {
  refused = tell;
}

/** @throws ApiError whenever there is no good answer. */
export async function send(method: Method, path: string, request: Request = {}): Promise<Response> {
  const query = Object.entries(request.query ?? {})
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&");
  const headers: Record<string, string> = {
    "Authorization": `Bearer ${token() ?? ""}`,
    "X-Dkl-Client": clientId(),
    "X-Dkl-Name": headerText(personName() || "unnamed"),
  };
  if (request.body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}${query && `?${query}`}`, {
      method,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: request.signal ?? null,
    });
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiError({
      type: "about:blank", title: "No answer", status: 0,
      detail: "The daemon does not answer.",
      remedy: "See whether it runs (dkl status, or systemctl status dkl) and whether the network is up.",
    });
  }
  if (response.ok) return response;
  if (response.status === 401) refused();
  throw new ApiError(await problemOf(response));
}

/** Headers take ASCII alone and a name may be anything: one with other letters goes percent-encoded. */
function headerText(text: string): string {
  return /^[ -$&-~]*$/.test(text) ? text : encodeURIComponent(text);
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    if ((response.headers.get("Content-Type") ?? "").includes("json")) {
      const read = await response.json() as Partial<Problem>;
      if (read.detail !== undefined || read.title !== undefined) {
        return {
          ...read, type: read.type ?? "about:blank", title: read.title ?? "", status: response.status,
          detail: read.detail ?? read.title ?? "",
        };
      }
    }
  } catch {
    // Said below: there is no more to tell than the status.
  }
  return {
    type: "about:blank", title: response.statusText, status: response.status,
    detail: `The daemon answered ${response.status} ${response.statusText}`.trimEnd() + ".",
    remedy: response.status === 401 ? "Enter the token that the daemon printed at its first start." : "Try again.",
  };
}

export async function getJson<T>(path: string, request: Request = {}): Promise<T> {
  return await (await send("GET", path, request)).json() as T;
}

export async function getText(path: string, request: Request = {}): Promise<string> {
  return await (await send("GET", path, request)).text();
}

export async function sendJson<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body === undefined ? {} : { body });
  return (response.status === 204 ? undefined : await response.json()) as T;
}
