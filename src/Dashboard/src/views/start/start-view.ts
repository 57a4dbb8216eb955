import "../plot/plot.css";
import "./start.css";
import { daemon } from "../../api/daemon";
import { ApiError } from "../../api/http";
import type { RecipeCheck, RecipeInfo } from "../../api/types";
import { h, region } from "../../ui/element";
import { errorState, loadingState } from "../../ui/states";
import { computed, effect, onDispose, signal, type Readable, type Signal } from "../../ui/signal";
import { go } from "../../store/address";
import type { Store } from "../../store/store";
import { say, sayError } from "../../ui/toast";
import { barred } from "../commanding";
import { fieldList } from "../form/field-list";
import { recipeSchema } from "../form/recipe-schema";
import { fields, sections, told, type Field, type Schema } from "../form/schema";
import type { View } from "../view";
import { checkPanel } from "./check-panel";
import { read, write, type Reading } from "./yaml";

/** An experiment from a recipe: the text, the form that writes into it, and what a dry run says. */
const view: View = {
  mount(host, store) {
    const schema = signal<Schema | null>(null);
    const recipes = signal<readonly RecipeInfo[]>([]);
    const failed = signal<Error | null>(null);
    const load = (): void => {
      failed.set(null);
      Promise.all([recipeSchema(), daemon.recipes()]).then(([s, r]) => {
        recipes.set(r);
        schema.set(s);
      }, (e: Error) => failed.set(e));
    };
    // Not before this page is known to the daemon.
    const known = computed(() => store.session() !== null);
    effect(() => {
      if (known() && schema.peek() === null) load();
    });
    region(host, () => {
      const s = schema();
      const e = failed();
      if (s !== null) return content(store, s, recipes.peek());
      return e === null ? loadingState("Fetching the recipes.") : errorState(e, load);
    });
  },
};

export default view;

export interface Draft {
  text: Signal<string>;
  reading: Readable<Reading>;
  check: Signal<RecipeCheck | null>;
  /** The text that was checked, to tell when the check is old. */
  checked: Signal<string>;
  error: Signal<ApiError | null>;
  busy: Signal<boolean>;
}

/** What was written stays while another view is looked at. */
const kept = { text: "", name: "" };

/** How long after the last key a dry run is made, ms: it reads the instrument's data set. */
const restMs = 800;

function content(store: Store, schema: Schema, recipes: readonly RecipeInfo[]): HTMLElement {
  const text = signal(kept.text);
  const draft: Draft = { text, reading: computed(() => read(text())), check: signal<RecipeCheck | null>(null),
    checked: signal(""), error: signal<ApiError | null>(null), busy: signal(false) };
  effect(() => { kept.text = text(); });
  const original = signal(kept.text);
  // While a recipe is on its way nobody may write what it would replace.
  const fetching = signal(false);
  let choice = 0;
  const choose = async (name: string): Promise<void> => {
    const mine = ++choice;
    kept.name = name;
    fetching.set(true);
    try {
      const fetched = name === "" ? "version: 1\n" : await daemon.recipe(name);
      if (mine !== choice) return;
      original.set(fetched);
      text.set(fetched);
    } catch (e) {
      sayError(e);
    } finally {
      if (mine === choice) fetching.set(false);
    }
  };
  if (text.peek() === "" && recipes.length > 0) void choose(recipes[0]!.name);
  const picker = h("select", { "aria-label": "Recipe", on: { change: () => void choose(picker.value) } },
    recipes.map((r) => h("option", { value: r.name, selected: r.name === kept.name }, `${r.title} (${r.name})`)),
    h("option", { value: "" }, "Empty, to paste or write one"));
  watch(draft);
  return h("div.start", {},
    h("header.start-head.panel", {}, h("label.row", {}, h("span", {}, "Recipe"), picker), h("span.spacer"),
      starting(store, draft)),
    h("div.start-split", {}, form(schema, draft, original), editor(draft, fetching), checkPanel(draft)));
}

/** Makes a dry run of what was written once it rests. */
function watch(draft: Draft): void {
  let turn = 0;
  onDispose(() => { turn++; });
  effect(() => {
    const text = draft.text();
    const mine = ++turn;
    if (text.trim() === "") {
      draft.check.set(null);
      return;
    }
    const timer = setTimeout(() => void run(text, mine), restMs);
    return () => clearTimeout(timer);
  });
  async function run(text: string, mine: number): Promise<void> {
    draft.busy.set(true);
    try {
      const found = await daemon.checkRecipe(text, {});
      if (mine !== turn) return;
      draft.check.set(found);
      draft.error.set(null);
    } catch (e) {
      if (!(e instanceof ApiError)) throw e;
      if (mine !== turn) return;
      draft.check.set(null);
      draft.error.set(e);
    } finally {
      if (mine === turn) {
        draft.checked.set(text);
        draft.busy.set(false);
      }
    }
  }
}

function form(schema: Schema, draft: Draft, original: Readable<string>): HTMLElement {
  const before = computed(() => read(original()).values);
  const valueOf = (key: string): string | null => draft.reading().values.get(key) ?? null;
  const errors = computed(() => new Map((draft.check()?.errors ?? [])
    .filter((e) => e.key !== null).map((e) => [e.key!, told(e)])));
  const set = (key: string, value: string | null): void => draft.text.update((t) => write(t, key, value));
  // Sections do not change; which of their keys are in sight does.
  const names = sections(schema, () => null).map((s) => ({ name: s.name, help: s.help }));
  const keysOf = (name: string, value = valueOf): readonly Field[] => (name === ""
    ? sections(schema, value)[0]!.fields : fields(schema.properties![name] as Schema, name, value));
  const parts = names.map(({ name, help }) => {
    const shown = computed(() => keysOf(name));
    const wrong = computed(() => shown().filter((f) => errors().has(f.key)).length);
    const given = computed(() => shown().filter((f) => valueOf(f.key) !== null).length);
    // A key that comes into sight with a choice is what one came for; the others are folded.
    const usual = computed(() => new Set(keysOf(name, (key) => before().get(key) ?? null).map((f) => f.key)));
    const body = fieldList({ fields: shown, valueOf, errors, set, before: (key) => before().get(key) ?? null,
      folded: (f) => !before().has(f.key) && usual().has(f.key) });
    return h("details.start-section", { open: name === "" || name === "scalarizer" || name === "planner"
      || name === "exposure" },
    h("summary", {}, h("strong", {}, name === "" ? "experiment" : name),
      h("span.muted", {}, computed(() => `${given()} given`)),
      h("span.chip.bad", { hidden: computed(() => wrong() === 0) }, computed(() => `${wrong()} wrong`))),
    h("p.form-help", {}, help), body);
  });
  return h("section.panel.start-form", { "aria-label": "Form" },
    h("header.panel-head", {}, h("h2", {}, "Form"), h("p.muted", {}, "writes into the recipe beside it")),
    h("div.start-scroll", {}, parts));
}

function editor(draft: Draft, fetching: Readable<boolean>): HTMLElement {
  const area = h("textarea.start-text", { spellcheck: "false", autocomplete: "off", wrap: "off",
    "aria-label": "Recipe in YAML", value: draft.text, placeholder: "Paste a recipe here.", readonly: fetching,
    on: { input: () => draft.text.set(area.value) } });
  const unread = computed(() => draft.reading().unread);
  const regions = computed(() => draft.reading().regions);
  return h("section.panel.start-editor", { "aria-label": "Recipe text" },
    h("header.panel-head", {}, h("h2", {}, "Recipe"), h("p.muted", {}, "what is started, to the letter")),
    area,
    h("p.muted.start-unread", { hidden: computed(() => regions().length === 0) }, computed(() =>
      `The form shows what holds everywhere; what ${regions().join(", ")} have of their own stands here.`)),
    h("p.why-not.start-unread", { hidden: computed(() => unread().length === 0) }, computed(() =>
      `The form cannot show line ${unread().slice(0, 5).join(", ")}; the daemon reads it all the same.`)));
}

function starting(store: Store, draft: Draft): HTMLElement {
  const bars = barred(store);
  const sending = signal(false);
  const why = computed(() => {
    // A past moment or the end of the experiment that the address names has nothing to do with a new one.
    const seat = bars();
    if (seat !== null) return seat;
    if (store.daemon()?.accepts === false) return "The daemon is about to end and begins nothing.";
    if (draft.text().trim() === "") return "Choose or write a recipe.";
    if (draft.busy() || draft.checked() !== draft.text()) return "Checking what was written.";
    return draft.check()?.ok === true ? null : "The dry run found something wrong.";
  });
  async function start(): Promise<void> {
    sending.set(true);
    try {
      const status = await daemon.queue(draft.text.peek(), {}, null);
      say((status.position === null || status.position <= 1 ? `${status.name} starts.`
        : `${status.name} is queued, number ${status.position} of its instrument.`)
        + (status.campaign === null ? "" : " The other regions follow."));
      go({ id: status.id, view: null });
    } catch (e) {
      if (e instanceof ApiError && e.problem.errors !== undefined) {
        draft.check.set({ ok: false, errors: e.problem.errors, estimate: null, regions: [] });
      }
      sayError(e);
    } finally {
      sending.set(false);
    }
  }
  const ahead = computed(() => (store.daemon()?.experiments ?? []).filter((e) => e.phase !== "ended").length);
  return h("div.start-go", {},
    h("span.muted", { "aria-live": "polite" }, computed(() => why() ?? (ahead() === 0 ? "Starts at once."
      : `${ahead()} before it, if on the same instrument.`))),
    h("button.primary", { type: "button", disabled: computed(() => sending() || why() !== null),
      on: { click: () => void start() } }, "Start"));
}
