import { personName, setPersonName } from "../api/identity";
import type { Store } from "../store/store";
import { h } from "../ui/element";
import { computed } from "../ui/signal";

/** Asks for the token where the address brought none, or a wrong one. */
export function loginPage(store: Store): HTMLElement {
  const given = h("input", {
    type: "password", autocomplete: "current-password", required: true, spellcheck: "false", id: "token",
  });
  const name = h("input", { type: "text", maxlength: 64, value: personName(), autocomplete: "name", id: "name" });
  const error = computed(() => {
    const failed = store.loginError();
    return failed === null ? "" : [failed.message, failed.remedy].filter(Boolean).join(" ");
  });
  const form = h("form.login", { on: { submit: (event) => {
    event.preventDefault();
    setPersonName(name.value);
    void store.login(given.value);
  } } },
  h("h1", {}, "DklActors"),
  h("p.muted", {}, "The daemon wrote its tokens at its first start and told where; ",
    h("code", {}, "dkl serve"), " prints a link with one in it."),
  h("label.field", {}, "Token", given),
  h("label.field", {}, "Your name", name),
  h("p.muted", {}, "Others see it when you command, and the journal keeps it."),
  h("p.dialog-error", { role: "alert" }, error),
  h("button.primary", { type: "submit" }, "Log in"));
  queueMicrotask(() => given.focus());
  return h("div.login-page", {}, form);
}
