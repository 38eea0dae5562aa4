// Missing points of a block: answered in words, or added from the floor as the delegate says it.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Page } from "../desk/page.ts";
import { refusal, select, typed } from "../desk/parts.ts";
import type { Me, Missing, Passage } from "../shared/entities.ts";
import { passageOf } from "../shared/programme.ts";
import { clock, kindsOf, missingInWords, number } from "../shared/words.ts";

interface Words {
  answer: string;
  kind: string;
  text: string;
  agree: string;
  against: string;
  passage: string;
}

const written = new Map<string, Words>();

function wordsFor(one: Missing): Words {
  const none = { answer: "", kind: "concern", text: one.text, agree: "", against: "", passage: "" };
  return written.get(one.id) ?? none;
}

function write(page: Page, one: Missing, part: Partial<Words>): void {
  written.set(one.id, { ...wordsFor(one), ...part });
  page.soon();
}

function whole(value: string): number {
  return Math.max(0, Math.min(100, Math.round(Number(value)) || 0));
}

async function send(page: Page, one: Missing, type: string, data: object, done: string): Promise<void> {
  const ack = await page.send(`missing ${one.id}`, type, { missing: one.id, ...data });
  if (!ack?.ok) return;
  written.delete(one.id);
  page.say(done);
}

function answerForm(page: Page, one: Missing): TemplateResult {
  const words = wordsFor(one);
  const submit = (event: Event) => {
    event.preventDefault();
    void send(page, one, "answer-missing", { answer: words.answer }, "Answered.");
  };
  return html`<form @submit=${submit}><label class="field" for="answer-${one.id}"><span>Your answer</span>
    <textarea id="answer-${one.id}" rows="2" .value=${asTyped(words.answer)} @input=${(event: Event) => write(page, one, { answer: typed(event) })}></textarea></label>
    <button class="btn">Answer</button></form>`;
}

function count(page: Page, one: Missing, key: "agree" | "against", label: string): TemplateResult {
  const id = `${key}-${one.id}`;
  return html`<label class="field count" for=${id}><span>${label}</span>
    <input id=${id} class="num" inputmode="numeric" .value=${asTyped(wordsFor(one)[key])} @input=${(event: Event) => write(page, one, { [key]: typed(event) })}></label>`;
}

/** A point about nothing in particular needs a passage before it can stand among the others. */
function passageField(page: Page, one: Missing): TemplateResult | typeof nothing {
  if (one.passage !== null) return nothing;
  const all = page.view.all<Passage>("passage").sort((a, b) => a.position - b.position);
  const named = all.map((passage) => ({
    value: passage.id,
    label: `${passage.ref} ${passage.heading}`.slice(0, 60),
  }));
  const choose = (passage: string) => write(page, one, { passage });
  const options = [{ value: "", label: "Choose one" }, ...named];
  return select(`passage-${one.id}`, "About which passage", options, wordsFor(one).passage, choose);
}

function addForm(page: Page, one: Missing): TemplateResult {
  const words = wordsFor(one);
  const { kind, text, agree, against } = words;
  const data = { item: page.newId(), kind, text, agree: whole(agree), against: whole(against) };
  const submit = (event: Event) => {
    event.preventDefault();
    const passage = one.passage ?? (words.passage || null);
    void send(page, one, "add-missing", { ...data, passage }, "Added to what the tables said.");
  };
  const kinds = kindsOf(page.event).map((each) => ({ value: each.key, label: each.label }));
  const id = `text-${one.id}`;
  return html`<details><summary>Add it from the floor</summary><form @submit=${submit}>
    <label class="field" for=${id}><span>The point, as the delegate says it</span>
      <textarea id=${id} rows="3" .value=${asTyped(text)} @input=${(event: Event) => write(page, one, { text: typed(event) })}></textarea></label>
    ${passageField(page, one)}
    <div class="row">${select(`kind-${one.id}`, "Kind", kinds, kind, (chosen) => write(page, one, { kind: chosen }))}
      ${count(page, one, "agree", "With it")}${count(page, one, "against", "Not")}</div>
    <button class="btn">Add it</button></form></details>`;
}

/** Whose answer the centre takes; the chair reads along. */
function mayAnswer(page: Page): boolean {
  const roles = page.view.all<Me>("me")[0]?.roles ?? [];
  return ["area-facilitator", "clerk", "theme-team"].some((role) => roles.includes(role));
}

/** What can still be done about an open point. */
function forms(page: Page, one: Missing): TemplateResult | typeof nothing {
  return mayAnswer(page) ? html`${answerForm(page, one)}${addForm(page, one)}` : nothing;
}

function card(page: Page, one: Missing): TemplateResult {
  const passage = passageOf(page.view, one.passage);
  const from = one.table === null ? "No table" : html`Table <span class="num">${number(one.table)}</span>`;
  return html`<li data-home tabindex="-1"><h3>${from} <span class="quiet num">${clock(one.at, page.event?.zone)}</span></h3>
    <p>${passage ? html`<b class="ref">${passage.ref}</b> ` : nothing}${one.text}</p>
    ${one.state === "open" ? forms(page, one) : html`<p class="quiet">${missingInWords(one)}</p>`}
    ${refusal(page, `missing ${one.id}`)}</li>`;
}

/** Open ones first, the oldest on top; what is settled is one fold away. */
export function missingList(page: Page, all: Missing[]): TemplateResult {
  const open = all.filter((one) => one.state === "open");
  const settled = all.filter((one) => one.state !== "open").reverse();
  const rows = (points: Missing[]) =>
    repeat(
      points,
      (one) => one.id,
      (one) => card(page, one),
    );
  return html`${open.length === 0 ? html`<p class="quiet">No delegate here waits for an answer.</p>` : html`<ol class="missing">${rows(open)}</ol>`}
    ${settled.length > 0 ? html`<details><summary>Settled (${number(settled.length)})</summary><ol class="missing">${rows(settled)}</ol></details>` : nothing}`;
}
