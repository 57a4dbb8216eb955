import "./form.css";
import { h } from "../../ui/element";
import { computed, effect, signal, type Readable } from "../../ui/signal";
import { complaint, type Field } from "./schema";

export interface FieldList {
  /** The keys in sight, in order. */
  fields: Readable<readonly Field[]>;
  valueOf: (key: string) => string | null;
  /** What was there before the person began, or null where nothing was. */
  before: (key: string) => string | null;
  set: (key: string, value: string | null) => void;
  /** What the daemon said of keys. */
  errors: Readable<ReadonlyMap<string, string>>;
  /** Keys that are not shown at once: optional ones that nobody gave. */
  folded?: (f: Field) => boolean;
}

/**
 * Fields of a form, made from the schema. Rebuilt when other keys come into sight, such as those of another kind; what
 * had the focus keeps it.
 */
export function fieldList(list: FieldList): HTMLElement {
  const open = signal(false);
  const main = h("div.field-list", {});
  const rest = h("div.field-list", {});
  const more = h("details.field-more", { on: { toggle: () => open.set(more.open) } }, h("summary", {}), rest);
  const folded = (f: Field): boolean => !f.required && (list.folded?.(f) ?? false);
  const shape = computed(() => list.fields().map((f) => `${f.key}${folded(f) ? "" : "!"}`).join(" "));
  effect(() => {
    shape();
    const focused = (document.activeElement as HTMLElement | null)?.id ?? "";
    const all = list.fields.peek();
    const [shown, hidden] = [all.filter((f) => !folded(f)), all.filter(folded)];
    main.replaceChildren(...shown.map((f) => one(list, f)));
    rest.replaceChildren(...hidden.map((f) => one(list, f)));
    more.hidden = hidden.length === 0;
    more.firstElementChild!.textContent =
      `${hidden.length} more ${hidden.length === 1 ? "key" : "keys"}, as they are by default`;
    if (focused !== "") (main.querySelector<HTMLElement>(`[id="${focused}"]`) ?? rest.querySelector<HTMLElement>(
      `[id="${focused}"]`))?.focus();
  });
  return h("div.fields", {}, main, more);
}

function one(list: FieldList, f: Field): HTMLElement {
  const id = `field-${f.key}`;
  const value = computed(() => list.valueOf(f.key) ?? "");
  const wrong = computed(() => list.errors().get(f.key) ?? complaint(f, value()));
  const changed = computed(() => (list.before(f.key) ?? "") !== value());
  const set = (text: string): void => list.set(f.key, text.trim() === "" ? null : text);
  const common = { id, "aria-describedby": `${id}-help ${id}-error`, "aria-invalid": computed(() =>
    (wrong() === null ? "false" : "true")) };
  const control = f.choices !== null ? select(f, value, common, set) : input(f, value, common, set);
  return h("div.form-field", { "data-key": f.key },
    h("div.form-label", {},
      h("label", { for: id }, f.name, f.required && h("span.required", { title: "needed" }, " *")),
      h("button.quiet.form-reset", { type: "button", hidden: computed(() => !changed()),
        "aria-label": `Undo the change of ${f.name}`, on: { click: () => list.set(f.key, list.before(f.key)) } },
      "Undo")),
    control,
    h("p.form-error", { id: `${id}-error`, role: "alert" }, computed(() => wrong() ?? "")),
    h("p.form-help", { id: `${id}-help` }, f.help, " ", h("span.form-grammar", {}, grammar(f))));
}

/** The grammar without what a menu or the default says already. */
const grammar = (f: Field): string => (f.choices !== null ? "" : f.grammar);

type Common = Record<"id" | "aria-describedby", string> & { "aria-invalid": Readable<string> };

function select(f: Field, value: Readable<string>, common: Common, set: (text: string) => void): HTMLElement {
  const element = h("select", { ...common, on: { change: () => set(element.value) } },
    h("option", { value: "" }, f.fallback === null ? (f.required ? "Choose" : "not given") : `${f.fallback} (default)`),
    f.choices!.map((c) => h("option", { value: c }, c)));
  effect(() => {
    const now = value();
    // A value that is no choice is shown all the same, with its complaint.
    if (now !== "" && !f.choices!.includes(now) && ![...element.options].some((o) => o.value === now)) {
      element.append(h("option", { value: now }, now));
    }
    element.value = now;
  });
  return element;
}

function input(f: Field, value: Readable<string>, common: Common, set: (text: string) => void): HTMLElement {
  const element = h("input", { ...common, type: "text", autocomplete: "off", spellcheck: "false", value,
    placeholder: f.fallback === null ? "" : `${f.fallback} (default)`,
    inputmode: f.numeric === null ? "text" : "decimal", on: { input: () => set(element.value) } });
  return element;
}
