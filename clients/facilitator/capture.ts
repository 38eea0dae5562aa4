// The middle column: one draft, its kind, its strength, and the way to send it.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { amendmentEnglish } from "../shared/english.ts";
import type { Kind } from "../shared/entities.ts";
import { changedText, kindMark } from "../shared/marks.ts";
import { segments } from "../shared/ops.ts";
import { clock, kindOf, kindsOf, number, saying, shortened, strength } from "../shared/words.ts";
import { changeIn, wordsOf } from "./draft.ts";
import { hint, shortcut } from "./keyed.ts";
import type { Laptop } from "./laptop.ts";

/** Everything from choosing the kind to Send. */
export function capture(laptop: Laptop): TemplateResult {
  return html`<form class="capture" aria-labelledby="capture-title" @submit=${(event: Event) => sendFrom(event, laptop)}>
    <h2 id="capture-title" class="visually-hidden">The point that this table makes</h2>
    ${handsOf(laptop)}${laptop.draft.parent ? correcting(laptop) : nothing}${laptop.draft.addsTo ? adding(laptop, laptop.draft.addsTo) : nothing}
    <fieldset class="kinds"><legend class="visually-hidden">What kind of point is it?</legend>
      ${kindsOf(laptop.facts.event).map((kind, at) => kindChoice(laptop, kind, at))}
    </fieldset>
    ${draftField(laptop)}
    <div class="row">${strengthFields(laptop)}</div>
    <div class="row"><p class="said" role="status">${laptop.atLimit ? laptop.hindrance : laptop.notice}</p>${buttons(laptop)}</div>
  </form>`;
}

function correcting(laptop: Laptop): TemplateResult {
  const row = laptop.rows.find((each) => each.id === laptop.draft.parent);
  return html`<p class="correcting">You are correcting ${row?.ref ?? "a point of this table"}.
    <button type="button" class="btn small" @click=${() => laptop.stopCorrecting()}>Leave it as it was</button></p>`;
}

function adding(laptop: Laptop, id: string): TemplateResult {
  const heard = laptop.facts.comments.find((each) => each.id === id);
  return html`<p class="correcting">Adds to ${heard?.ref ?? "another table’s point"}${heard ? html`: “${shortened(saying(heard))}”` : nothing}
    <button type="button" class="btn small" @click=${() => laptop.change({ addsTo: null })}>Make it a point of its own</button></p>`;
}

/** Where the writing of this table is, while it is not simply here. */
function handsOf(laptop: Laptop): unknown {
  const { writing } = laptop;
  const { hands, elsewhere, offered } = writing;
  const at = hands ? clock(hands.at, laptop.facts.event?.zone) : "";
  const where =
    elsewhere === "given" ? "Handed over" : `${hands?.name ?? "Another laptop"} writes for this table`;
  return html`${
    elsewhere
      ? html`<p class="correcting">${where} since ${at}. What is typed here can still be sent.
          <button type="button" class="btn small" @click=${() => void writing.take()}>Write here again</button></p>`
      : nothing
  }${
    offered && !elsewhere
      ? html`<p class="correcting">Handed over to this laptop: “${shortened(offered.text || "a change of wording")}”
          <button type="button" class="btn small" @click=${() => void writing.pickUp()}>Go on with it</button></p>`
      : nothing
  }`;
}

function kindChoice(laptop: Laptop, kind: Kind, at: number): TemplateResult {
  return html`<label class="kind ${kind.key}"><input type="radio" name="kind" class="visually-hidden"
      .checked=${asTyped(laptop.draft.kind === kind.key)} @change=${() => laptop.chooseKind(kind.key)}
    />${kindMark(kind)}${hint(`kind${at}`)}</label>`;
}

function draftField(laptop: Laptop): TemplateResult {
  const ref = laptop.passage?.ref ?? "the passage";
  const wording = laptop.draft.kind === "wording";
  const label = wording ? "Why this change? (may stay empty)" : `What does this table say about ${ref}?`;
  return html`<label class="quiet" for="draft">${label}</label>
    <textarea id="draft" rows=${wording ? 2 : 3} spellcheck="true" autocomplete="off" .value=${asTyped(laptop.draft.text)}
      @input=${(event: InputEvent) => laptop.change({ text: (event.target as HTMLTextAreaElement).value })}
      @keydown=${(event: KeyboardEvent) => enterSends(event, laptop)}></textarea>`;
}

/** Enter sends, Shift and Enter makes a new line; an Enter that ends the composing of a character does neither. */
export function enterSends(event: KeyboardEvent, laptop: Laptop): void {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  // A key that is held down is one press: it must not both show the read-back and send.
  if (!event.repeat) void send(laptop);
}

async function sendFrom(event: Event, laptop: Laptop): Promise<void> {
  event.preventDefault();
  await send(laptop);
}

async function send(laptop: Laptop): Promise<void> {
  if (await laptop.send()) document.querySelector<HTMLTextAreaElement>("#draft")?.focus();
}

function strengthFields(laptop: Laptop): TemplateResult {
  const size = laptop.facts.event?.table_size;
  return html`<fieldset class="strength"><legend class="visually-hidden">How many at the table</legend>
    ${stepper(laptop, "agree", "With this point")}
    ${stepper(laptop, "against", "not with it")}
    ${size ? html`<span class="quiet">of ${number(size)}</span>` : nothing}
    <label class="minority"><input id="minority" type="checkbox" .checked=${asTyped(laptop.draft.minority)} aria-keyshortcuts=${shortcut("minority")}
      @change=${(event: Event) => laptop.change({ minority: (event.target as HTMLInputElement).checked })} /> A minority view ${hint("minority")}</label>
  </fieldset>`;
}

function stepper(laptop: Laptop, which: "agree" | "against", label: string): TemplateResult {
  const value = laptop.draft[which];
  const set = (to: number) => laptop.change({ [which]: Math.min(99, Math.max(0, Math.round(to) || 0)) });
  return html`<span class="stepper"><label for=${which}>${label}</label>
    <button type="button" class="btn small" aria-label="One fewer: ${label}" @click=${() => set(value - 1)}>−</button>
    <input id=${which} class="num" type="number" inputmode="numeric" min="0" max="99" .value=${asTyped(String(value))}
      @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      @keydown=${(event: KeyboardEvent) => enterSends(event, laptop)}
      @input=${(event: Event) => set((event.target as HTMLInputElement).valueAsNumber)} />
    <button type="button" class="btn small" aria-label="One more: ${label}" @click=${() => set(value + 1)}>+</button></span>`;
}

function buttons(laptop: Laptop): TemplateResult {
  return html`<span class="send">
    <button type="button" class="btn" aria-keyshortcuts=${shortcut("read")} aria-pressed=${laptop.reading} @click=${() => laptop.toggle("reading")}>Read back ${hint("read")}</button>
    ${limitOf(laptop)}<button class="btn main" aria-disabled=${laptop.hindrance !== null}>${laptop.mustReadBack ? "Read back, then send" : "Send"} <kbd aria-hidden="true">Enter</kbd></button>
  </span>`;
}

/** How much of the round's limit is used; a correction uses none of it. */
function limitOf(laptop: Laptop): unknown {
  const limit = laptop.facts.event?.limit;
  if (limit == null || !laptop.facts.round) return nothing;
  return html`<span class="quiet num">${number(laptop.sentInRound)} of ${number(limit)} sent</span> `;
}

/** The draft in huge type for the table to read; the caret stays where it is. */
export function readBack(laptop: Laptop): TemplateResult {
  const { draft, passage } = laptop;
  const ops = changeIn(draft, passage);
  const marked = ops && passage ? segments(wordsOf(passage), ops) : null;
  return html`<section class="readback" aria-label="Read back to the table">
    <p class="about">${kindMark(kindOf(laptop.facts.event, draft.kind))} <span class="ref">${passage?.ref}</span>
      <button class="btn small" @click=${() => laptop.toggle("reading")}>Close ${hint("read")}</button></p>
    ${marked ? html`<p class="huge">${changedText(marked)}</p>` : nothing}
    ${ops && passage ? html`<p class="english">${amendmentEnglish(passage.ref, wordsOf(passage), ops)}</p>` : nothing}
    ${draft.text.trim() ? html`<p class="huge">${draft.text}</p>` : nothing}
    ${!marked && !draft.text.trim() ? html`<p class="huge quiet">Nothing is typed yet.</p>` : nothing}
    <p class="about">${draft.agree + draft.against > 0 || draft.minority ? strength(draft) : "How many are with this point, how many are not?"}</p>
  </section>`;
}
