import "../plot/plot.css";
import "./physics.css";
import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { Choices, Keys } from "../../api/types";
import { lut, percentileDomain } from "../../charts/colours";
import { h, region } from "../../ui/element";
import { emptyState, errorState, loadingState } from "../../ui/states";
import { ask } from "../../ui/dialog";
import { say } from "../../ui/toast";
import { computed, currentScope, effect, signal, type Readable, type Signal } from "../../ui/signal";
import type { Store } from "../../store/store";
import { barred } from "../commanding";
import { recipeSchema } from "../form/recipe-schema";
import type { Schema } from "../form/schema";
import { compact } from "../format/numbers";
import { eventLog } from "../journal/log";
import type { View } from "../view";
import { choicesHistory } from "./history";
import { sampleMap } from "./sample-map";
import { scalarizerPreview } from "./scalarizer-preview";
import { byKey, sectionForm, type SectionForm } from "./section-form";

/** What is computed from frames and what is worth measuring: tried on what is there, then changed for what comes. */
const view: View = {
  mount(host, store) {
    const schema = signal<Schema | null>(null);
    const failed = signal<Error | null>(null);
    const load = (): void => {
      failed.set(null);
      recipeSchema().then((s) => schema.set(s), (e: Error) => failed.set(e));
    };
    load();
    const known = computed(() => store.status() !== null && schema() !== null);
    region(host, () => {
      if (known()) return content(store, schema.peek()!);
      const error = failed() ?? store.run()?.error() ?? null;
      return error === null ? loadingState("Fetching what can be chosen.") : errorState(error, load);
    });
  },
};

export default view;

type Part = "scalarizer" | "planner";

/** Keys of the planner that say how a run is laid out, not what is worth measuring; the region has its own tool. */
const fixed: ReadonlySet<string> =
  new Set(["seeds", "seedDesign", "seedsFrom", "measurements", "lookahead", "region"]);

function content(store: Store, schema: Schema): HTMLElement {
  const part = signal<Part>("scalarizer");
  const log = eventLog(store);
  const now = (of: Part): Readable<Keys> => {
    const text = computed(() => JSON.stringify(store.status()?.choices[of] ?? {}));
    return computed(() => JSON.parse(text()) as Keys);
  };
  const forms: Record<Part, SectionForm> = {
    scalarizer: sectionForm(schema, "scalarizer", now("scalarizer"), () => true),
    planner: sectionForm(schema, "planner", now("planner"), (f) => !fixed.has(f.name)),
  };
  const result = signal<HTMLElement | null>(null);
  const taken = signal(false);
  effect(() => {
    const proposed = store.proposedScalarizer();
    if (proposed === null) return;
    forms.scalarizer.take({ ...store.status.peek()!.choices.scalarizer, ...proposed });
    part.set("scalarizer");
    taken.set(true);
    store.proposedScalarizer.set(null);
  });
  const tab = (of: Part, label: string): HTMLElement => h("button", { type: "button", role: "tab", id: `tab-${of}`,
    "aria-selected": computed(() => String(part() === of)), "aria-controls": `panel-${of}`,
    on: { click: () => part.set(of) } }, label);
  const panel = (of: Part, title: string): HTMLElement => h("div.physics-form", { role: "tabpanel", id: `panel-${of}`,
    "aria-labelledby": `tab-${of}`, hidden: computed(() => part() !== of) },
    h("p.muted", {}, current(store, of)),
    of === "scalarizer" && h("p.chip.accent", { hidden: computed(() => !taken()) }, "Windows taken from the viewer"),
    forms[of].element, actions(store, of, title, forms[of], result));
  return h("div.physics", {},
    h("section.panel.physics-side", { "aria-label": "Choices" },
      h("div.panel-head", { role: "tablist", "aria-label": "What to change" },
        tab("scalarizer", "Scalarizer"), tab("planner", "Acquisition")),
      panel("scalarizer", "scalarizer"), panel("planner", "acquisition")),
    h("div.physics-main", {},
      region(h("section.panel.physics-preview", { "aria-label": "Preview" }), () => result()
        ?? emptyState("Nothing is tried yet",
          "Change a key on the left and try it: it is computed on all frames so far, and the run goes on as it is.")),
      choicesHistory(store, log.events)));
}

const current = (store: Store, part: Part): Readable<string> => computed(() => {
  const c: Choices | undefined = store.status()?.choices;
  return c === undefined ? "" : `Now: ${part === "scalarizer" ? c.scalarizerIdentity : c.acquisitionIdentity}`;
});

function actions(store: Store, part: Part, title: string, form: SectionForm, result: Signal<HTMLElement | null>)
  : HTMLElement {
  const busy = signal(false);
  const why = barred(store);
  const same = computed(() => form.changed().length === 0);
  const scope = currentScope();
  const fail = (error: unknown): void => {
    if (!(error instanceof ApiError)) throw error;
    form.errors.set(byKey(error.problem.errors, part));
    result.set(errorState(error));
  };
  async function preview(): Promise<void> {
    const id = store.run.peek()!.id;
    busy.set(true);
    result.set(loadingState(part === "scalarizer" ? "Trying it on all frames so far." : "Computing its map."));
    try {
      const shown = part === "scalarizer"
        ? await daemon.previewScalarizer(id, form.keys.peek()).then((p) => () => scalarizerPreview(store, p))
        : await acquisition(store, id, form.keys.peek());
      if (scope?.disposed !== true) result.set(scope === null ? shown() : scope.run(shown));
    } catch (error) {
      fail(error);
    } finally {
      busy.set(false);
    }
  }
  async function apply(): Promise<void> {
    const id = store.run.peek()!.id;
    const keys = form.keys.peek();
    const done = await ask({
      title: `Change the ${title}?`,
      text: form.changed.peek().map((c) =>
        `${c.key}: ${c.before ?? "default"} → ${c.after ?? "default"}`).join("; ")
        + (part === "scalarizer" ? ". From the next point on; what is measured is scalarized anew."
          : ". From the next plan on."),
      reason: { label: "Why (goes into the journal)" },
      confirm: "Change it",
      act: (reason) => (part === "scalarizer" ? daemon.setScalarizer(id, keys, reason)
        : daemon.setAcquisition(id, keys, reason)).catch((error: unknown) => {
        if (error instanceof ApiError) form.errors.set(byKey(error.problem.errors, part));
        throw error;
      }),
    });
    if (!done) return;
    form.reset();
    say(`The ${title} is changed.`);
  }
  return h("div.physics-actions", {},
    h("p.physics-changes", { "aria-live": "polite" }, computed(() => {
      const c = form.changed();
      return c.length === 0 ? "Nothing is changed." : `Changed: ${c.map((x) => x.key).join(", ")}.`;
    })),
    h("p.why-not", { hidden: computed(() => why() === null) }, computed(() => why() ?? "")),
    h("div.button-row", {},
      h("button", { type: "button", disabled: busy, on: { click: () => void preview() } }, "Try it"),
      h("button.primary", { type: "button", disabled: computed(() => busy() || same() || why() !== null),
        on: { click: () => void apply() } }, "Apply at the next point"),
      h("button.quiet", { type: "button", disabled: same, on: { click: () => form.reset() } }, "Undo all")));
}

async function acquisition(store: Store, id: string, keys: Keys): Promise<() => HTMLElement> {
  const preview = await daemon.previewAcquisition(id, keys);
  const grid = await daemon.previewMap(id, preview.map);
  const { next } = preview;
  const points = (store.run.peek()?.live.peek()?.points ?? []).filter((p) => p.value !== null);
  return () => h("div.preview", {},
    h("p.preview-verdict", { role: "status" }, next === null ? "It would go nowhere: no place can be planned."
      : `It would go to row ${next.row}, column ${next.column} next`
        + (next.score === null ? "." : `, with a score of ${compact(next.score, 3)}.`)),
    grid === null ? h("p.muted", {}, "There is no map of it.")
      : h("div.preview-pair", {}, sampleMap(store, {
        title: "Worth of measuring there",
        legend: "Score of each place; dots are measured points, the ring is the next one", table: lut("viridis"),
        domain: percentileDomain(grid.values) ?? { low: 0, high: 1 }, image: grid,
        dots: points.map((p) => ({ point: p.id, row: p.row, column: p.column, amount: p.value! })), next,
        open: (point) => store.selected.set(point) })));
}
