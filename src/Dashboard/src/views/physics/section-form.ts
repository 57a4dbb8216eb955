import type { Keys, RecipeError } from "../../api/types";
import { computed, signal, type Readable, type Signal } from "../../ui/signal";
import { fieldList } from "../form/field-list";
import { fields, told, type Field, type Schema } from "../form/schema";
import { changes, type KeyChange } from "./changes";

export interface SectionForm {
  element: HTMLElement;
  /** Keys as they would be sent: those that make sense together, and no empty ones. */
  keys: Readable<Keys>;
  changed: Readable<readonly KeyChange[]>;
  take(keys: Keys): void;
  reset(): void;
  errors: Signal<ReadonlyMap<string, string>>;
}

/** A form over one section of the recipe, beginning with the keys of now. */
export function sectionForm(schema: Schema, section: string, now: Readable<Keys>, suits: (f: Field) => boolean)
  : SectionForm {
  // Null: as it is now. A change of now, such as by somebody else, shows where nothing was edited.
  const edited = signal<Keys | null>(null);
  const errors = signal<ReadonlyMap<string, string>>(new Map());
  const part = schema.properties?.[section];
  const own = (key: string): string => key.slice(section.length + 1);
  const valueOf = (key: string): string | null => (edited() ?? now())[own(key)] ?? null;
  const shown = computed(() => (part === undefined || part === false ? []
    : fields(part, section, valueOf, true).filter(suits)));
  const keys = computed<Keys>(() => {
    const given = edited() ?? now();
    const result: Keys = {};
    for (const f of shown()) if (given[f.name] !== undefined) result[f.name] = given[f.name]!.trim();
    return result;
  });
  const suited = computed<Keys>(() => {
    const all = now();
    const names = part === undefined || part === false ? [] : Object.keys(part.properties ?? {});
    return Object.fromEntries(Object.entries(all).filter(([name]) =>
      names.includes(name) && suits({ name } as Field)));
  });
  // A key that comes into sight with a choice, such as the weight of another acquisition, is what one came for.
  const usual = computed(() => new Set(part === undefined || part === false ? []
    : fields(part, section, (key) => now()[own(key)] ?? null, true).map((f) => f.name)));
  const element = fieldList({
    fields: shown, valueOf, errors,
    before: (key) => now()[own(key)] ?? null,
    set: (key, value) => {
      const next = { ...(edited.peek() ?? now.peek()) };
      if (value === null) delete next[own(key)];
      else next[own(key)] = value;
      edited.set(next);
      errors.set(new Map());
    },
    folded: (f) => now()[f.name] === undefined && usual().has(f.name),
  });
  return {
    element, keys, errors,
    changed: computed(() => changes(suited(), keys())),
    take: (given) => edited.set(given),
    reset: () => {
      edited.set(null);
      errors.set(new Map());
    },
  };
}

/** What a problem says of keys, by dotted key. */
export function byKey(errors: readonly RecipeError[] | undefined, section: string): Map<string, string> {
  const result = new Map<string, string>();
  for (const e of errors ?? []) {
    if (e.key === null) continue;
    const key = e.key.startsWith(`${section}.`) ? e.key : `${section}.${e.key}`;
    result.set(key, told(e));
  }
  return result;
}
