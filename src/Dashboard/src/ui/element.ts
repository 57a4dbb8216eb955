import { effect, type Readable } from "./signal";

type Value = string | number | boolean | null | undefined;
export type Child = Node | Value | Readable<Value> | Child[];

type Listener<K extends keyof HTMLElementEventMap> = (event: HTMLElementEventMap[K]) => void;

export type Attributes = {
  [name: string]: Value | Readable<Value> | undefined | Listener<never> | Record<string, unknown>;
} & {
  /** Listeners by event name. */
  on?: { [K in keyof HTMLElementEventMap]?: Listener<K> };
};

function isReadable(value: unknown): value is Readable<Value> {
  return typeof value === "function" && "peek" in value;
}

function assign(element: Element, name: string, value: Value): void {
  if (name === "value" && "value" in element) {
    if ((element as HTMLInputElement).value !== String(value ?? "")) {
      (element as HTMLInputElement).value = String(value ?? "");
    }
  } else if (name === "checked") {
    (element as HTMLInputElement).checked = value === true;
  } else if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

function append(to: Element, child: Child): void {
  if (Array.isArray(child)) {
    for (const each of child) append(to, each);
  } else if (child instanceof Node) {
    to.append(child);
  } else if (isReadable(child)) {
    const text = document.createTextNode("");
    effect(() => {
      const now = String(child() ?? "");
      if (text.data !== now) text.data = now;
    });
    to.append(text);
  } else if (child !== null && child !== undefined && child !== false) {
    to.append(String(child));
  }
}

/**
 * An element: `h("button.primary", { disabled: signal, on: { click } }, "Text")`. Attributes and texts may be signals
 * (or computed values); they then follow them. False, null and undefined leave an attribute out.
 * Never takes HTML, and sets no `style` attribute: a strict content policy forbids both; see {@link style}.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K | `${K}.${string}`, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name as K);
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value as Record<string, EventListener>)) {
        element.addEventListener(event, listener);
      }
    } else if (isReadable(value)) {
      effect(() => assign(element, key, value()));
    } else {
      assign(element, key, value as Value);
    }
  }
  append(element, children);
  return element;
}

/** Sets custom properties and styles through the object model, which a strict content policy allows. */
export function style<E extends HTMLElement>(element: E, values: Record<string, string>): E {
  for (const [name, value] of Object.entries(values)) element.style.setProperty(name, value);
  return element;
}

/** An element of SVG. */
export function svg(tag: string, attributes: Record<string, string | number> = {}, ...children: Node[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** Shows what `render` gives in place of what was there; runs again when a signal that it reads changes. */
export function region(host: HTMLElement, render: () => Child): HTMLElement {
  effect(() => {
    const fragment = document.createElement("div");
    append(fragment, render());
    host.replaceChildren(...fragment.childNodes);
  });
  return host;
}
