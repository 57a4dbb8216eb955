import { ApiError, send, type Request } from "./http";

/** A map, or rows of numbers, as the daemon gives them: row-major, NaN where there is no value. */
export interface Grid {
  rows: number;
  columns: number;
  values: Float32Array;
  label: string;
  unit: string;
}

export type Frame =
  | { kind: "spectrum"; values: Float32Array; originEv: number; dispersionEv: number; unit: string }
  | { kind: "pattern"; rows: number; columns: number; values: Float32Array; unit: string };

export function littleEndianFloats(bytes: ArrayBuffer): Float32Array {
  if (new Uint8Array(new Uint16Array([1]).buffer)[0] === 1) return new Float32Array(bytes);
  const view = new DataView(bytes);
  return Float32Array.from({ length: bytes.byteLength >> 2 }, (_, index) => view.getFloat32(index * 4, true));
}

function header(response: Response, name: string): string {
  // Labels and units are not Latin-1 ("e/Å²"): the daemon percent-encodes what is not ASCII.
  const raw = response.headers.get(name) ?? "";
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

function wrong(what: string): ApiError {
  return new ApiError({
    type: "about:blank", title: "Not understood", status: 0, detail: what,
    remedy: "Reload the page: it may be older than the daemon.",
  });
}

/** Null where there is no such map yet. */
export async function getGrid(path: string, request: Request = {}): Promise<Grid | null> {
  let response: Response;
  try {
    response = await send("GET", path, request);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
  const values = littleEndianFloats(await response.arrayBuffer());
  const rows = Number(response.headers.get("X-Dkl-Rows") ?? response.headers.get("X-Dkl-Count"));
  const columns = Number(response.headers.get("X-Dkl-Columns") ?? (rows > 0 ? values.length / rows : 0));
  if (rows * columns !== values.length) {
    throw wrong(`The answer to ${path} has ${values.length} values, not ${rows} × ${columns}.`);
  }
  return { rows, columns, values, label: header(response, "X-Dkl-Label"), unit: header(response, "X-Dkl-Unit") };
}

export async function getFrame(id: string, point: number, request: Request = {}): Promise<Frame> {
  const response = await send("GET", `/experiments/${encodeURIComponent(id)}/points/${point}/frame`, request);
  const values = littleEndianFloats(await response.arrayBuffer());
  const unit = header(response, "X-Dkl-Unit");
  if (response.headers.get("X-Dkl-Kind") === "pattern") {
    const rows = Number(response.headers.get("X-Dkl-Rows"));
    const columns = Number(response.headers.get("X-Dkl-Columns"));
    if (rows * columns !== values.length) throw wrong(`Frame ${point} is not ${rows} × ${columns}.`);
    return { kind: "pattern", rows, columns, values, unit };
  }
  return {
    kind: "spectrum", values, unit,
    originEv: Number(response.headers.get("X-Dkl-Origin-Ev") ?? 0),
    dispersionEv: Number(response.headers.get("X-Dkl-Dispersion-Ev") ?? 1),
  };
}
