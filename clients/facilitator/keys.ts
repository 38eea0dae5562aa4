// What the keys of the laptop do: Alt with a key anywhere, single keys only in a focused list, all off by one switch.
import { html, type TemplateResult } from "lit";
import { fixedKeys, keyFields, keySwitch } from "../shared/key-list.ts";
import { ALT, keysOn, pressedWithAlt } from "../shared/keys.ts";
import { kindsOf } from "../shared/words.ts";
import { KEYS } from "./keyed.ts";
import type { Laptop } from "./laptop.ts";
import { focusList } from "./lists.ts";
import { changeWords } from "./passage.ts";

const ACTS: Record<string, (laptop: Laptop) => void> = {
  draft: () => focusOn("#draft"),
  words: changeWords,
  passage: () => focusOn(".choice input:checked, .passage"),
  strength: () => focusOn("#agree"),
  minority: (laptop) => laptop.change({ minority: !laptop.draft.minority }),
  hand: (laptop) => void laptop.writing.handOver(),
  read: (laptop) => laptop.toggle("reading"),
  own: () => focusList("own-list"),
  echo: () => focusList("echo-list"),
  help: (laptop) => laptop.help.toggle(),
  keys: (laptop) => laptop.toggle("keysOpen"),
};

const FIXED: [key: string, does: string][] = [
  ["Enter", "sends the draft"],
  ["Shift Enter", "makes a new line"],
  ["Esc", "leaves the field; closes Read back and this list"],
  ["↑ ↓", "in a list: the point above, the point below"],
];

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}

/** One listener for the page. */
export function listenToKeys(laptop: Laptop): void {
  addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") leave(laptop);
    const pressed = pressedWithAlt(event);
    if (pressed === null || !keysOn()) return;
    const name = KEYS.named(ALT, pressed) ?? "";
    const kind = name.startsWith("kind") && kindsOf(laptop.facts.event)[Number(name.slice(4))];
    const act = kind ? () => laptop.chooseKind(kind.key) : ACTS[name];
    if (!act) return;
    event.preventDefault();
    act(laptop);
  });
}

function leave(laptop: Laptop): void {
  if (laptop.help.open) laptop.help.toggle();
  else if (laptop.keysOpen) laptop.toggle("keysOpen");
  else if (laptop.reading) laptop.toggle("reading");
  else (document.activeElement as HTMLElement | null)?.blur();
}

/** The list of keys, each of which can be changed, with the switch that turns them off. */
export function keyList(laptop: Laptop): TemplateResult {
  const redraw = () => laptop.redraw();
  return html`<section class="keys" aria-labelledby="keys-title">
    <h2 id="keys-title">Keys</h2>
    <p>${keySwitch(redraw)} <button type="button" class="btn small" @click=${() => laptop.toggle("keysOpen")}>Close</button></p>
    ${fixedKeys(FIXED)}${keyFields(KEYS, redraw)}
  </section>`;
}
