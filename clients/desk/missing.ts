// Points that delegates say are missing: how many wait, and an answer where the chair has one.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Missing } from "../shared/entities.ts";
import { passageOf } from "../shared/programme.ts";
import { missingInWords } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { refusal, typed } from "./parts.ts";

const answers = new Map<string, string>();

/** Open ones first, then the newest. */
export function missingPoints(page: Page): Missing[] {
  const rank = (one: Missing) => (one.state === "open" ? 0 : 1);
  return page.view.all<Missing>("missing").sort((a, b) => rank(a) - rank(b) || b.at.localeCompare(a.at));
}

function answer(page: Page, one: Missing): TemplateResult {
  const place = `missing ${one.id}`;
  const id = `answer-${one.id}`;
  const send = async (event: Event) => {
    event.preventDefault();
    const ack = await page.send(place, "answer-missing", {
      missing: one.id,
      answer: answers.get(one.id) ?? "",
    });
    if (ack?.ok) page.say("Answered.");
  };
  return html`<form class="row" @submit=${send}><label class="field grow" for=${id}><span class="visually-hidden">Answer to: ${one.text}</span>
    <input id=${id} placeholder="Answer" .value=${asTyped(answers.get(one.id) ?? "")}
      @input=${(event: Event) => answers.set(one.id, typed(event))}></label>
    <button class="btn small">Answer</button></form>${refusal(page, place)}`;
}

/** All missing points. */
export function missing(page: Page): TemplateResult {
  const all = missingPoints(page);
  if (all.length === 0) return html`<p class="quiet">No delegate says that a point is missing.</p>`;
  return html`<ul class="missing">${all.map((one) => {
    const passage = passageOf(page.view, one.passage);
    return html`<li data-home tabindex="-1"><p>${passage ? html`<b class="ref">${passage.ref}</b> ` : nothing}${one.text}</p>
      <p class="quiet">${one.table === null ? "From the floor" : html`From table <span class="num">${one.table}</span>`} · ${missingInWords(one)}</p>
      ${one.state === "open" ? answer(page, one) : nothing}</li>`;
  })}</ul>`;
}
