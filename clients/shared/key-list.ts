// The keys of a page, each with a field to change it, the way back, and the switch that turns all off.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { ALT, type Keyed, type Keys, keysOn, switchKeys } from "./keys.ts";

/** Keys that nobody can change, such as Enter and the arrows. */
export function fixedKeys(keys: readonly [key: string, does: string][]): TemplateResult {
  return html`<dl>${keys.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>`;
}

/** The keys that can be changed. */
export function keyFields(keys: Keys, redraw: () => void): TemplateResult {
  const groups = [...new Set(keys.given.map((one) => one.group))];
  const reset = () => {
    keys.reset();
    redraw();
  };
  return html`${groups.map(
    (
      group,
    ) => html`<fieldset class="key-fields"><legend>${group === ALT ? "Alt with a key, anywhere" : `Single letters ${group}`}</legend>
      ${keys.given.filter((one) => one.group === group).map((one) => field(keys, one, redraw))}</fieldset>`,
  )}
    <p class="key-refusal warn" role="status">${keys.refusal}</p>
    ${keys.areChanged ? html`<p><button type="button" class="btn small" @click=${reset}>All keys as they were given</button></p>` : nothing}`;
}

function field(keys: Keys, one: Keyed, redraw: () => void): TemplateResult {
  const type = (event: InputEvent) => {
    const now = keys.keyOf(one.name);
    const typed = (event.target as HTMLInputElement).value.toLowerCase().replace(now, "");
    if (typed && !event.isComposing) keys.change(one.name, typed);
    redraw();
  };
  return html`<label>${one.group === ALT ? "Alt " : nothing}<input size="1" maxlength="2" autocomplete="off" spellcheck="false"
      .value=${asTyped(keys.keyOf(one.name).toUpperCase())} @input=${type}
      @focus=${(event: Event) => (event.target as HTMLInputElement).select()} /> ${one.does}</label>`;
}

/** The one switch. */
export function keySwitch(redraw: () => void): TemplateResult {
  const flip = (event: Event) => {
    switchKeys((event.target as HTMLInputElement).checked);
    redraw();
  };
  return html`<label><input type="checkbox" .checked=${keysOn()} @change=${flip} /> Alt keys and single letters are on</label>`;
}

/** The key of an act for those who hear the page. */
export function shortcut(keys: Keys, name: string): string | typeof nothing {
  return keysOn() ? `Alt+${(keys.keyOf(name) || name).toUpperCase()}` : nothing;
}

/** What to press, beside the control that it stands for; nothing while the keys are off. */
export function hint(keys: Keys, name: string): TemplateResult | typeof nothing {
  const act = keys.given.find((one) => one.name === name);
  if (!act || !keysOn()) return nothing;
  return html`<kbd aria-hidden="true">${act.group === ALT ? "Alt " : ""}${keys.keyOf(name).toUpperCase()}</kbd>`;
}
