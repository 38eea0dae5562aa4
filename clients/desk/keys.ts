// Alt with a key presses the button that names it; single letters stay free for what has the focus.
import { html, nothing, type TemplateResult } from "lit";
import { fixedKeys, hint, keyFields, keySwitch, shortcut as shortcutOf } from "../shared/key-list.ts";
import { ALT, Keys, keysOn, pressedWithAlt } from "../shared/keys.ts";
import type { Page } from "./page.ts";

/** The keys of the page that is open; an act has the name of the key that it is given at first. */
let keys = new Keys("keys of a desk", []);

/** One listener for the page: every control with `data-key` answers to Alt and the key that stands for it. */
export function listenToKeys(place: string, given: [key: string, does: string][]): void {
  keys = new Keys(
    place,
    given.map(([key, does]) => ({ name: key, group: ALT, key, does })),
  );
  addEventListener("keydown", (event) => {
    const pressed = pressedWithAlt(event);
    if (pressed === null || !keysOn()) return;
    const fixed = keys.given.some((one) => one.name === pressed) ? "" : pressed;
    const name = keys.named(ALT, pressed) ?? fixed;
    const control = name && document.querySelector<HTMLElement>(`[data-key="${CSS.escape(name)}"]`);
    if (!control) return;
    event.preventDefault();
    if (control.matches("button, a, summary")) control.click();
    else control.focus();
  });
}

/** What to press for a control, shown where there is room for it. */
export function keyHint(name: string | undefined): TemplateResult | typeof nothing {
  if (!name || !keysOn()) return nothing;
  const isGiven = keys.given.some((one) => one.name === name);
  return isGiven ? hint(keys, name) : html`<kbd aria-hidden="true">Alt ${name.toUpperCase()}</kbd>`;
}

/** The same for those who hear the page. */
export function shortcut(name: string | undefined): string | typeof nothing {
  return name ? shortcutOf(keys, name) : nothing;
}

/** The keys of a page, each with a field to change it, and the switch that turns them off. */
export function keyList(
  page: Page,
  fixed: [key: string, does: string][],
  more: unknown = nothing,
): TemplateResult {
  const redraw = () => page.redraw();
  return html`<details class="keys"><summary data-key="k" aria-keyshortcuts=${shortcut("k")}>Keys ${keyHint("k")}</summary>
    ${fixedKeys(fixed)}${keyFields(keys, redraw)}${more}${keySwitch(redraw)}</details>`;
}
