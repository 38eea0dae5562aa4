// The left column: the passage under discussion, and its words while a table changes them.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { amendmentEnglish } from "../shared/english.ts";
import type { Passage } from "../shared/entities.ts";
import { changedText } from "../shared/marks.ts";
import { segments } from "../shared/ops.ts";
import { enterSends } from "./capture.ts";
import { changeIn, wordsOf } from "./draft.ts";
import { hint, shortcut } from "./keyed.ts";
import type { Laptop } from "./laptop.ts";

/** How long the typing rests before a change is said aloud. Units: milliseconds. */
const REST = 1_500;

/** The passage column. */
export function passageColumn(laptop: Laptop): TemplateResult {
  const open = laptop.choices;
  const passage = laptop.passage;
  return html`<section class="passage" aria-labelledby="passage-title" tabindex="-1">
    ${open.length > 1 ? choice(laptop, open, passage) : nothing}
    ${passage ? onePassage(laptop, passage) : html`<h2 id="passage-title">No passage yet</h2>`}
  </section>`;
}

function choice(laptop: Laptop, open: Passage[], chosen: Passage | undefined): TemplateResult {
  return html`<fieldset class="choice">
    <legend class="quiet">Your table talks about ${hint("passage")}</legend>
    ${open.map(
      (passage) => html`<label
        ><input type="radio" name="passage" .checked=${passage.id === chosen?.id}
          @change=${() => laptop.choosePassage(passage.id)} /><span class="ref">${passage.ref}</span></label
      >`,
    )}
  </fieldset>`;
}

function onePassage(laptop: Laptop, passage: Passage): TemplateResult {
  const changing = laptop.draft.kind === "wording";
  return html`<h2 id="passage-title"><span class="ref accent">${passage.ref}</span> ${passage.heading}</h2>
    ${changing ? wordsField(laptop, passage) : html`<p class="words">${wordsOf(passage)}</p>`}
    ${passage.carried !== null && !changing ? html`<h3>The room has carried</h3><p class="words">${passage.carried || "Delete it."}</p>` : nothing}
    ${changing ? nothing : html`<p><button class="btn small" aria-keyshortcuts=${shortcut("words")} @click=${() => changeWords(laptop)}>Change its words ${hint("words")}</button></p>`}`;
}

/** Begin to change the passage's own words, with the caret in them. */
export function changeWords(laptop: Laptop): void {
  laptop.chooseKind("wording");
  document.querySelector<HTMLTextAreaElement>("#words")?.focus();
}

function wordsField(laptop: Laptop, passage: Passage): TemplateResult {
  return html`<label class="quiet" for="words">Change the words here</label>
    <textarea id="words" class="words" rows="6" spellcheck="true" .value=${asTyped(laptop.draft.wording ?? wordsOf(passage))}
      aria-describedby="said-aloud"
      @input=${(event: InputEvent) => changed(laptop, (event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => enterSends(event, laptop)}></textarea>
    <p id="said-aloud" class="visually-hidden" role="status">${changeIn(laptop.draft, passage) ? said : ""}</p>
    ${changeShown(laptop, passage)}`;
}

let said = "";
let pause = 0;

/** The change is shown at once, and said aloud once the typing rests. */
function changed(laptop: Laptop, wording: string): void {
  laptop.change({ wording });
  clearTimeout(pause);
  pause = window.setTimeout(() => {
    const ops = changeIn(laptop.draft, laptop.passage);
    said = ops && laptop.passage ? amendmentEnglish(laptop.passage.ref, wordsOf(laptop.passage), ops) : "";
    laptop.redraw();
  }, REST);
}

function changeShown(laptop: Laptop, passage: Passage): TemplateResult {
  const ops = changeIn(laptop.draft, passage);
  const marked = ops && segments(wordsOf(passage), ops);
  if (!ops || !marked) return html`<p class="quiet">Nothing is changed yet.</p>`;
  return html`<h3>It will read</h3>
    <p class="shown">${changedText(marked)}</p>
    <p class="quiet">${amendmentEnglish(passage.ref, wordsOf(passage), ops)}</p>
    <p><button class="btn small" @click=${() => laptop.change({ wording: wordsOf(passage) })}>Put the words back</button></p>`;
}
