/** Colour scales as a table from low to high: viridis and cividis by 32 support points, grey and a diverging one. */

export type Lut = "viridis" | "cividis" | "grey" | "balance";

const support: Record<Exclude<Lut, "grey">, string> = {
  viridis: "440154 470d60 48186a 482374 472e7c 453882 424186 3e4a89 3a548c 365d8d 32658e 2e6d8e 2b758e 287d8e 25848e"
    + " 228c8d 1f948c 1e9c89 20a386 25ab82 2eb37c 3aba76 48c16e 58c765 6ccd5a 7fd34e 93d741 a8db34 c0df25 d5e21a"
    + " eae51a fde725",
  cividis: "00224e 00285b 002e6a 053371 1c396f 293f6e 33446d 3c4a6c 45506c 4d556c 555b6d 5c616e 646770 6b6d72 727274"
    + " 787877 807f78 888578 908b78 979177 a09875 a89e73 b0a571 b9ab6d c2b369 cbb965 d3c05f dcc859 e6d051 efd748"
    + " f8df3c fee838",
  balance: "053061 0e4179 175290 1f63a8 2b73b3 3681ba 408fc1 569fc9 71b0d3 8ac0db a0cce2 b3d6e8 cae1ee d8e9f1 e4eef4"
    + " f0f4f6 f8f2ef fae9df fce0d0 fcd5bf f9c2a7 f6b191 f19e7d e8896c dd7059 d35a4a c84440 bd2d35 ae172a 960f27"
    + " 7f0823 67001f",
};

const made = new Map<string, Uint32Array>();

/** 256 opaque ABGR words; of an unknown scale, viridis. */
export function lookUp(name: string): Uint32Array {
  let table = made.get(name);
  if (table === undefined) {
    table = name === "grey" ? grey() : between((support[name as "viridis"] ?? support.viridis).split(" "));
    made.set(name, table);
  }
  return table;
}

function word(red: number, green: number, blue: number): number {
  return (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
}

function grey(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, step) => word(step, step, step));
}

function between(colours: string[]): Uint32Array {
  const parts = colours.map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return Uint32Array.from({ length: 256 }, (_, step) => {
    const place = step / 255 * (parts.length - 1);
    const from = Math.min(Math.floor(place), parts.length - 2);
    const [red, green, blue] = [0, 1, 2].map((channel) =>
      Math.round(parts[from]![channel]! + (place - from) * (parts[from + 1]![channel]! - parts[from]![channel]!)));
    return word(red!, green!, blue!);
  });
}
