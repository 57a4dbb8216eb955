import { daemon } from "../../api/daemon";
import type { Schema } from "./schema";

let known: Promise<Schema> | null = null;

/** The JSON schema of recipes: asked for once, for it changes with the daemon's version alone. */
export function recipeSchema(): Promise<Schema> {
  known ??= daemon.recipeSchema().then((s) => s as Schema, (error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}
