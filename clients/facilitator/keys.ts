// The keys of the laptop: Alt with a key anywhere, single keys only in a focused list, all off by one switch.
import { html, type TemplateResult } from "lit";
import { kindsOf } from "../shared/words.ts";
import type { Laptop } from "./laptop.ts";
import { focusList } from "./lists.ts";
import { changeWords } from "./passage.ts";

const WITH_ALT: Record<string, (laptop: Laptop) => void> = {
  KeyT: () => focusOn("#draft"),
  KeyW: changeWords,
  KeyP: () => focusOn(".choice input:checked, .passage"),
  KeyN: () => focusOn("#agree"),
  KeyR: (laptop) => laptop.toggle("reading"),
  KeyL: () => focusList("own-list"),
  KeyO: () => focusList("echo-list"),
  KeyK: (laptop) => laptop.toggle("keysOpen"),
};

const LIST: [key: string, does: string][] = [
  ["Enter", "sends the draft"],
  ["Shift Enter", "makes a new line"],
  ["Esc", "leaves the field; closes Read back and this list"],
  ["Alt T", "to the draft"],
  ["Alt 1 to 5", "the kind of point"],
  ["Alt N", "how many are with it"],
  ["Alt R", "read back, on and off"],
  ["Alt W", "change the words of the passage"],
  ["Alt P", "choose the passage"],
  ["Alt L", "to what this table said; there ↑ ↓, C corrects, W withdraws"],
  ["Alt O", "to what other tables said; there ↑ ↓"],
  ["Alt K", "this list"],
];

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** One listener for the page. */
export function listenToKeys(laptop: Laptop): void {
  addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") leave(laptop);
    const plainAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.getModifierState("AltGraph");
    if (!plainAlt || !laptop.keysOn) return;
    const kind = kindsOf(laptop.facts.event)[Number(event.code.replace("Digit", "")) - 1];
    const act = WITH_ALT[event.code] ?? (kind ? () => laptop.chooseKind(kind.key) : undefined);
    if (!act) return;
    event.preventDefault();
    act(laptop);
  });
}

function leave(laptop: Laptop): void {
  if (laptop.keysOpen) laptop.toggle("keysOpen");
  else if (laptop.reading) laptop.toggle("reading");
  else (document.activeElement as HTMLElement | null)?.blur();
}

/** The list of keys, with the switch that turns them off. */
export function keyList(laptop: Laptop): TemplateResult {
  return html`<section class="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keys</h2>
    <dl>${LIST.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
    <p><label><input type="checkbox" .checked=${laptop.keysOn}
      @change=${(event: Event) => laptop.switchKeys((event.target as HTMLInputElement).checked)} /> Alt keys and single letters are on</label>
      <button class="btn small" @click=${() => laptop.toggle("keysOpen")}>Close</button></p>
  </section>`;
}
