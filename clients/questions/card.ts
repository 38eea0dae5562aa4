// One question: who asks it, about what, who is answering, and the answer.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { button, refusal, typed } from "../desk/parts.ts";
import type { Passage } from "../shared/entities.ts";
import type { Asking, Question } from "../shared/questions.ts";
import { isWaiting } from "../shared/questions.ts";
import { clock, count } from "../shared/words.ts";
import type { Answering } from "./answering.ts";

function passages(work: Answering, question: Question): TemplateResult {
  const found = question.passages.flatMap((id) => work.page.view.get<Passage>("passage", id) ?? []);
  const read = (passage: Passage) =>
    html`<p><b class="ref">${passage.ref}</b> ${passage.text || passage.heading}</p>`;
  return html`<details><summary>About <span class="ref">${found.map((passage) => passage.ref).join(", ")}</span></summary>${found.map(read)}</details>`;
}

function asking(work: Answering, question: Question, one: Asking): TemplateResult {
  const at = clock(one.at, work.page.event?.zone);
  const shared = question.members.length > 1;
  const out = html`<button type="button" class="btn bare" aria-label="Take ${one.ref} out of this question"
    @click=${() => void work.takeOut(question, one.comment, one.ref)}>Take out</button>`;
  return html`<li><span class="num">Table ${one.table} (${one.ref}), ${at}</span>${shared ? html`: ${one.text}` : nothing}
    ${shared && isWaiting(question) ? out : nothing}</li>`;
}

function holder(work: Answering, question: Question): TemplateResult {
  const { page } = work;
  const act = (type: string, label: string, done: string) =>
    button(page, { place: question.id, label, type, data: { question: question.id }, look: "small", done });
  if (question.claimed_by === null) {
    return html`<p class="acts"><span>Nobody is answering yet.</span> ${act("claim-question", "I will answer", "It is yours.")}</p>`;
  }
  const who = work.isMine(question) ? "You are" : `${question.claimed_by} is`;
  return html`<p class="acts"><b>${who} answering.</b> ${act("release-question", "Release it", "Anybody can take it now.")}</p>`;
}

/** The answer to write, once it is one's own to write; a colleague's is read. */
function answerForm(work: Answering, question: Question): TemplateResult | typeof nothing {
  const id = `answer-${question.id}`;
  if (!work.isMine(question)) {
    return question.answer
      ? html`<p class="answer"><span class="quiet">Written so far:</span> ${question.answer}</p>`
      : nothing;
  }
  const submit = (event: Event) => {
    event.preventDefault();
    void work.publish(question);
  };
  return html`<form @submit=${submit}><label class="field" for=${id}><span>Answer</span>
    <textarea id=${id} rows="3" maxlength="2000" .value=${asTyped(work.answerTo(question))} @input=${(event: Event) => work.write(question, typed(event))}></textarea></label>
    <p class="acts"><button class="btn main">Publish to ${count(question.tables, "table")}</button>
      <button type="button" class="btn" @click=${() => void work.save(question)}>Keep it for colleagues to read</button></p></form>`;
}

function settled(work: Answering, question: Question): TemplateResult {
  if (question.published === null) return html`<p class="quiet">The theme team has ended it.</p>`;
  const at = clock(question.published_at ?? "", work.page.event?.zone);
  return html`<p class="answer"><b>Answered</b> <span class="quiet num">${at}</span> ${question.published}</p>
    ${question.shown ? html`<p class="quiet">It is on the wall.</p>` : nothing}
    ${work.isMine(question) ? html`<details><summary>Correct the answer</summary>${answerForm(work, question)}</details>` : nothing}`;
}

/** One question of the list. */
export function card(work: Answering, question: Question): TemplateResult {
  const choose = (event: Event) => work.choose(question, (event.target as HTMLInputElement).checked);
  const waits = isWaiting(question);
  return html`<li class="question" data-home tabindex="-1"><h2>${question.text}</h2>
    <ul class="asking">${question.members.map((one) => asking(work, question, one))}</ul>
    ${passages(work, question)}
    ${waits ? html`${holder(work, question)}${answerForm(work, question)}` : settled(work, question)}
    ${waits ? html`<label class="same"><input type="checkbox" .checked=${work.chosen.has(question.id)} @change=${choose}> Asks the same as another: choose it</label>` : nothing}
    ${refusal(work.page, question.id)}</li>`;
}
