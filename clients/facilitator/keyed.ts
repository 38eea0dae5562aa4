// Which keys a table laptop has, before anybody changes them.
import type { nothing, TemplateResult } from "lit";
import { hint as hintOf, shortcut as shortcutOf } from "../shared/key-list.ts";
import { ALT, Keys } from "../shared/keys.ts";
import { KINDS } from "../shared/words.ts";

export const OWN = "in what this table said";
export const HEARD = "in what other tables said";

const GIVEN: [name: string, group: string, key: string, does: string][] = [
  ["draft", ALT, "t", "to the draft"],
  ...KINDS.map(({ label }, at): [string, string, string, string] => [
    `kind${at}`,
    ALT,
    String(at + 1),
    `the kind: ${label}`,
  ]),
  ["strength", ALT, "n", "how many are with the point"],
  ["minority", ALT, "m", "a minority view, or not"],
  ["read", ALT, "r", "read back, on and off"],
  ["words", ALT, "w", "change the words of the passage"],
  ["passage", ALT, "p", "choose the passage"],
  ["own", ALT, "l", "to what this table said"],
  ["echo", ALT, "o", "to what other tables said"],
  ["help", ALT, "h", "call for help"],
  ["hand", ALT, "g", "give the writing to another laptop of this table"],
  ["keys", ALT, "k", "this list"],
  ["correct", OWN, "c", "correct the point"],
  ["withdraw", OWN, "w", "withdraw the point"],
  ["ours-too", HEARD, "o", "ours too"],
  ["we-differ", HEARD, "d", "we differ"],
  ["adds", HEARD, "a", "add to it"],
];

/** The keys as this laptop's people have them. */
export const KEYS = new Keys(
  "keys of the laptop",
  GIVEN.map(([name, group, key, does]) => ({ name, group, key, does })),
);

/** What to press, beside the control that it stands for. */
export function hint(name: string): TemplateResult | typeof nothing {
  return hintOf(KEYS, name);
}

/** The same for those who hear the page. */
export function shortcut(name: string): string | typeof nothing {
  return shortcutOf(KEYS, name);
}
