// Which letter does what in a list of the theme desk; a person may change them, and they stay on this browser.
import { html, type TemplateResult } from "lit";
import { keep, kept, type Page } from "./page.ts";

export const WHAT = {
  read: "read; on to the next",
  into: "into a theme: type a few letters, Enter",
  fresh: "a new theme of what is chosen",
  again: "into the same theme as the last; in a theme: move",
  out: "out of its theme",
  quote: "the quotation of its theme",
  split: "in a theme: split what is chosen off",
  motion: "a motion of what is chosen",
  end: "how it ended",
} as const;

export type Doing = keyof typeof WHAT;

const GIVEN: Record<Doing, string> = {
  read: "r",
  into: "t",
  fresh: "n",
  again: "m",
  out: "o",
  quote: "q",
  split: "s",
  motion: "w",
  end: "d",
};

let letters = kept("letters", GIVEN);

export function letterOf(doing: Doing): string {
  return letters[doing];
}

/** The letters after one has been given to another act: two acts never share one, they swap. */
export function given(now: Record<Doing, string>, doing: Doing, letter: string): Record<Doing, string> {
  const wanted = letter.trim().toLowerCase().slice(-1);
  if (!/^[\p{L}\p{N}]$/u.test(wanted)) return now;
  const holder = (Object.keys(now) as Doing[]).find((one) => now[one] === wanted);
  return { ...now, ...(holder ? { [holder]: now[doing] } : {}), [doing]: wanted };
}

/** The letters with a field for each. */
export function letterFields(page: Page): TemplateResult {
  const set = (doing: Doing) => (event: Event) => {
    const field = event.target as HTMLInputElement;
    letters = given(letters, doing, field.value);
    keep("letters", letters);
    field.value = letterOf(doing).toUpperCase();
    page.redraw();
  };
  return html`<fieldset class="letters"><legend>In a list, single letters. Type another to change one.</legend>
    ${(Object.keys(WHAT) as Doing[]).map(
      (
        doing,
      ) => html`<label><input size="1" maxlength="2" autocomplete="off" .value=${letterOf(doing).toUpperCase()}
        @change=${set(doing)}> ${WHAT[doing]}</label>`,
    )}</fieldset>`;
}
