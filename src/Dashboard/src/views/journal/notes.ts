import { daemon } from "../../api/daemon";
import { h, region } from "../../ui/element";
import { time } from "../../ui/format";
import { computed, signal } from "../../ui/signal";
import { sayError } from "../../ui/toast";
import type { Store } from "../../store/store";
import { barred } from "../commanding";

/** Notes of the people at the run, and a new one, at a place or at none. */
export function notes(store: Store): HTMLElement {
  const key = computed(() => (store.shown()?.notes ?? []).map((n) => n.sequence).join());
  const list = region(h("div.notes-list", {}), () => {
    key();
    const all = [...(store.shown.peek()?.notes ?? [])].reverse();
    if (all.length === 0) return h("p.muted", {}, "No notes yet.");
    return all.map((n) => h("article.note", {},
      h("header", {}, h("strong", {}, n.by), h("span.muted", {}, time(n.time)),
        n.row !== null && n.column !== null && h("button.quiet", { type: "button",
          title: "Show the place under the cursor of the map",
          on: { click: () => store.cursor.set({ row: n.row!, column: n.column! }) } },
          `row ${n.row}, column ${n.column}`)),
      h("p", {}, n.text)));
  });
  return h("section.panel.notes", { "aria-label": "Notes" },
    h("header.panel-head", {}, h("h2", {}, "Notes")), list, form(store));
}

function form(store: Store): HTMLElement {
  const why = barred(store);
  const placed = signal(false);
  const place = computed(() => {
    const id = store.selected();
    const point = store.shown()?.points.find((p) => p.id === id);
    return point === undefined ? null : { id: point.id, row: point.row, column: point.column };
  });
  const text = h("textarea", { rows: 3, maxlength: 2000, required: true, "aria-label": "New note",
    placeholder: "What somebody should know later", disabled: computed(() => why() !== null) });
  const busy = signal(false);
  const form = h("form.note-form", { on: { submit: (e) => {
    e.preventDefault();
    void send();
  } } }, text,
  h("label.check", {}, h("input", { type: "checkbox", disabled: computed(() => place() === null || why() !== null),
    on: { change: (e) => placed.set((e.target as HTMLInputElement).checked) } }),
    computed(() => {
      const p = place();
      return p === null ? "At the selected point (none is)" : `At point ${p.id} (row ${p.row}, column ${p.column})`;
    })),
  h("p.why-not", { hidden: computed(() => why() === null) }, computed(() => why() ?? "")),
  h("button.primary", { type: "submit", disabled: computed(() => busy() || why() !== null) }, "Add note"));
  async function send(): Promise<void> {
    const id = store.run.peek()?.id;
    const words = text.value.trim();
    if (id === undefined || words === "") return;
    busy.set(true);
    try {
      const p = placed.peek() ? place.peek() : null;
      await daemon.note(id, words, p?.row ?? null, p?.column ?? null);
      text.value = "";
    } catch (error) {
      sayError(error);
    } finally {
      busy.set(false);
    }
  }
  return form;
}
