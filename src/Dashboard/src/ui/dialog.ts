import { ApiError } from "../api/http";
import { h, type Child } from "./element";

export interface Question {
  title: string;
  text?: Child;
  /** Further fields, between the text and the reason. */
  fields?: HTMLElement[];
  /** Asks for a reason, which goes into the journal. */
  reason?: { label: string; suggestion?: string } | undefined;
  confirm: string;
  danger?: boolean;
  /** Does it; what it throws is shown in the dialog, which stays open. */
  act(reason: string): Promise<unknown>;
}

/** Asks before something is done, does it, and closes. @returns whether it was done. */
export function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const before = document.activeElement as HTMLElement | null;
    let done = false;
    const reason = h("input", { type: "text", maxlength: 500, value: question.reason?.suggestion ?? "" });
    const failed = h("p.dialog-error", { role: "alert" });
    const confirm = h(question.danger ? "button.danger.solid" : "button.primary", { type: "submit" }, question.confirm);
    const cancel = h("button", { type: "button", on: { click: () => dialog.close() } }, "Cancel");
    const form = h("form", { method: "dialog", on: { submit: (event) => { event.preventDefault(); void act(); } } },
      h("h2", {}, question.title),
      question.text !== undefined && h("p", {}, question.text),
      question.fields ?? [],
      question.reason !== undefined && h("label.field", {}, question.reason.label, reason),
      failed,
      h("div.dialog-actions", {}, cancel, confirm));
    const dialog = h("dialog.dialog", { "aria-label": question.title, on: { close: () => {
      dialog.remove();
      before?.focus();
      resolve(done);
    } } }, form);

    async function act(): Promise<void> {
      confirm.disabled = true;
      failed.textContent = "";
      try {
        await question.act(reason.value.trim());
        done = true;
        dialog.close();
      } catch (error) {
        failed.textContent = error instanceof ApiError
          ? [error.message, error.remedy].filter(Boolean).join(" ") : String(error);
        confirm.disabled = false;
      }
    }

    document.body.append(dialog);
    dialog.showModal();
    // The field first where there is one to fill in; else the way back, for what is dangerous.
    const empty = (question.fields ?? [])
      .map((field) => field.querySelector("input")).find((input) => input?.value === "");
    if (empty) empty.focus();
    else if (question.reason !== undefined) reason.select();
    else (question.danger ? cancel : confirm).focus();
  });
}
