import { h } from "../ui/element";
import { significant } from "../ui/format";
import { effect, type Readable } from "../ui/signal";
import { lut, type Domain } from "./colours";

/** The colours of a scale from low to high. */
export function colourRamp(colours: Readable<string>): HTMLElement {
  const canvas = h("canvas.colour-bar-ramp", { width: 256, height: 1, "aria-hidden": "true" });
  effect(() => {
    const context = canvas.getContext("2d")!;
    const image = context.createImageData(256, 1);
    new Uint32Array(image.data.buffer).set(lut(colours()));
    context.putImageData(image, 0, 0);
  });
  return canvas;
}

/** A colour scale with its two ends, lying: low on the left. Follows what it is given. */
export function colourBar(
  colours: Readable<string>, domain: Readable<Domain | null>, label: Readable<string>): HTMLElement {
  const low = h("span.number");
  const high = h("span.number");
  const name = h("span.colour-bar-label");
  effect(() => {
    const now = domain();
    low.textContent = significant(now?.low, 3);
    high.textContent = significant(now?.high, 3);
    name.textContent = label();
  });
  return h("div.colour-bar", { role: "img", "aria-label": "Colour scale" }, name, low, colourRamp(colours), high);
}
