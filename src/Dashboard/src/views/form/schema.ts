import type { RecipeError } from "../../api/types";

/** The part of JSON schema that recipes use; anything else in it is left to the daemon's own check. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  allOf?: Condition[];
  properties?: Record<string, Schema | false>;
  required?: string[];
  description?: string;
  default?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

interface Condition { if?: Schema; then?: Schema; else?: Schema }

export interface Field {
  /** Dotted, as overrides and errors name it. */
  key: string;
  name: string;
  /** What it means, without the grammar. */
  help: string;
  /** How it is written. */
  grammar: string;
  choices: string[] | null;
  fallback: string | null;
  required: boolean;
  pattern: RegExp | null;
  numeric: { integer: boolean; minimum: number | null; maximum: number | null } | null;
}

export interface Section { name: string; help: string; fields: Field[] }

/** Sections of a recipe in the order of the schema; the keys above all sections come first, without a name. */
export function sections(recipe: Schema, valueOf: (key: string) => string | null): Section[] {
  const top: Section = { name: "", help: recipe.description ?? "", fields: [] };
  const result = [top];
  for (const [name, part] of Object.entries(recipe.properties ?? {})) {
    if (part === false) continue;
    // A section may be left empty, so its type alone does not tell it.
    if (part.properties !== undefined) {
      result.push({ name, help: part.description ?? "", fields: fields(part, name, valueOf) });
    } else if (name !== "version" && part.type !== "array") {
      top.fields.push(field(name, name, part, (recipe.required ?? []).includes(name)));
    }
  }
  return result;
}

/**
 * Keys of one section that make sense with what is chosen so far, such as those of a scalarizer's kind. Those that are
 * given although they make none stay in sight unless `strict`: the check will complain of them.
 */
export function fields(part: Schema, section: string, valueOf: (key: string) => string | null, strict = false)
  : Field[] {
  const dotted = (name: string): string => (section === "" ? name : `${section}.${name}`);
  const chosen = (name: string): string | null => valueOf(dotted(name)) ?? fallback(part.properties?.[name]);
  const given = (name: string): boolean => valueOf(dotted(name)) !== null;
  const banned = new Set<string>();
  const required = new Set(part.required ?? []);
  for (const c of part.allOf ?? []) {
    const branch = c.if === undefined || holds(c.if, chosen) ? c.then : c.else;
    for (const name of branch?.required ?? []) required.add(name);
    for (const [name, rule] of Object.entries(branch?.properties ?? {})) if (rule === false) banned.add(name);
  }
  return Object.entries(part.properties ?? {})
    .filter(([name, p]) => p !== false && (!banned.has(name) || (!strict && given(name))))
    .map(([name, p]) => field(dotted(name), name, p as Schema, required.has(name)));
}

/**
 * Whether the values meet a condition. Defaults count as chosen: the schema's `required` in a condition says only that
 * the key is written, but a default that is left out has the same effect.
 */
function holds(condition: Schema, chosen: (name: string) => string | null): boolean {
  return Object.entries(condition.properties ?? {}).every(([name, rule]) => {
    const value = chosen(name);
    if (rule === false) return value === null;
    if (value === null) return false;
    if (rule.const !== undefined) return String(rule.const) === value;
    return rule.enum === undefined || rule.enum.map(String).includes(value);
  });
}

const fallback = (part: Schema | false | undefined): string | null =>
  part === undefined || part === false || part.default === undefined ? null : String(part.default);

function field(key: string, name: string, part: Schema, required: boolean): Field {
  const { help, grammar } = split(part.description ?? "");
  const numeric = part.type === "integer" || part.type === "number"
    ? { integer: part.type === "integer", minimum: part.minimum ?? null, maximum: part.maximum ?? null } : null;
  return {
    key, name, help, grammar, required, numeric,
    choices: part.enum?.map(String) ?? null,
    fallback: fallback(part),
    pattern: part.pattern === undefined ? null : new RegExp(part.pattern),
  };
}

/** Descriptions say what a key means, then "Write …" and when it applies. */
function split(description: string): { help: string; grammar: string } {
  const at = description.search(/(^|\s)Write /);
  if (at < 0) return { help: description, grammar: "" };
  const grammar = description.slice(at).trim().replace(/\s*Only with [^.]*\.(?=\s|$)/, "");
  return { help: description.slice(0, at).trim(), grammar };
}

/** What is wrong with a value as far as the schema tells, or null. The daemon's check has the last word. */
export function complaint(f: Field, value: string): string | null {
  if (value.trim() === "") return f.required ? `${f.name} is needed. ${f.grammar}` : null;
  if (f.choices !== null && !f.choices.includes(value)) return `${value} is not one of the choices.`;
  if (f.numeric !== null) {
    const x = Number(value);
    if (!Number.isFinite(x) || (f.numeric.integer && !Number.isInteger(x))) {
      return `Not a ${f.numeric.integer ? "whole number" : "number"}. ${f.grammar}`;
    }
    const { minimum, maximum } = f.numeric;
    return (minimum !== null && x < minimum) || (maximum !== null && x > maximum) ? `Out of range. ${f.grammar}` : null;
  }
  return f.pattern !== null && !f.pattern.test(value) ? `Cannot be read. ${f.grammar}` : null;
}

/** An error of the daemon as a sentence at the field: what is wrong, then what to do. */
export function told(e: RecipeError): string {
  const remedy = e.remedy === null || e.remedy.length <= 160 ? e.remedy : `${e.remedy.slice(0, 150)}…`;
  return [e.problem, remedy].filter(Boolean).join("; ").replace(/^./, (c) => c.toUpperCase());
}
