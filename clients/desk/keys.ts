// Alt with a letter presses the button that names it; single letters stay free for what has the focus.
import { html, nothing, type TemplateResult } from "lit";
import { keep, kept, type Page } from "./page.ts";

const switches = kept("keys", { on: true });

export function keysOn(): boolean {
  return switches.on;
}

/** One listener for the page: every control with `data-key` answers to Alt and that letter. */
export function listenToKeys(): void {
  addEventListener("keydown", (event) => {
    const alt = event.altKey && !event.ctrlKey && !event.metaKey && !event.getModifierState("AltGraph");
    if (!alt || !switches.on || event.isComposing) return;
    const key = event.code.replace(/^(Key|Digit)/, "").toLowerCase();
    const control = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!control) return;
    event.preventDefault();
    if (control.matches("button, a, summary")) control.click();
    else control.focus();
  });
}

/** The keys of a page, listed, with the switch that turns them off. */
export function keyList(
  page: Page,
  keys: [key: string, does: string][],
  more: unknown = nothing,
): TemplateResult {
  const flip = (event: Event) => {
    switches.on = (event.target as HTMLInputElement).checked;
    keep("keys", switches);
    page.redraw();
  };
  return html`<details class="keys"><summary data-key="k">Keys <kbd aria-hidden="true">Alt K</kbd></summary>
    <dl>${keys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
    ${more}
    <label><input type="checkbox" .checked=${switches.on} @change=${flip}> Alt keys and single letters are on</label>
  </details>`;
}
