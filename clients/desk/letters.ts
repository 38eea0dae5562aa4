// Which letter does what in a list of the theme desk; a person may change them, and they stay on this browser.
import type { TemplateResult } from "lit";
import { keyFields } from "../shared/key-list.ts";
import { Keys } from "../shared/keys.ts";
import type { Page } from "./page.ts";

const WHAT = {
  read: ["r", "read; on to the next"],
  into: ["t", "into a theme: type a few letters, Enter"],
  fresh: ["n", "a new theme of what is chosen"],
  again: ["m", "into the same theme as the last; in a theme: move"],
  out: ["o", "out of its theme"],
  quote: ["q", "the quotation of its theme"],
  split: ["s", "in a theme: split what is chosen off"],
  motion: ["w", "a motion of what is chosen"],
  end: ["d", "how it ended"],
} as const;

export type Doing = keyof typeof WHAT;

const letters = new Keys(
  "letters",
  Object.entries(WHAT).map(([name, [key, does]]) => ({ name, group: "in a list", key, does })),
);

export function letterOf(doing: Doing): string {
  return letters.keyOf(doing);
}

/** The letters with a field for each. */
export function letterFields(page: Page): TemplateResult {
  return keyFields(letters, () => page.redraw());
}
