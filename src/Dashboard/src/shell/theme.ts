import { signal, type Readable } from "../ui/signal";

export type ThemeChoice = "system" | "light" | "dark";

const key = "dkl.theme";
const dark = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-color-scheme: dark)");
const chosen = signal<ThemeChoice>(read());
const now = signal<"light" | "dark">("light");

export const themeChoice: Readable<ThemeChoice> = chosen;
/** What is shown; read it to draw anew when it changes. */
export const theme: Readable<"light" | "dark"> = now;

function read(): ThemeChoice {
  const kept = typeof localStorage === "undefined" ? null : localStorage.getItem(key);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function apply(): void {
  const choice = chosen.peek();
  const shown = choice === "system" ? dark?.matches ? "dark" : "light" : choice;
  document.documentElement.dataset["theme"] = shown;
  now.set(shown);
}

export function startTheme(): void {
  dark?.addEventListener("change", apply);
  apply();
}

export function chooseTheme(choice: ThemeChoice): void {
  chosen.set(choice);
  localStorage.setItem(key, choice);
  apply();
}
