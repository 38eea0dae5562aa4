// The tables' questions at the chair's desk: how many wait, and which answer hangs on the wall.
import { html, nothing, type TemplateResult } from "lit";
import { inOrder, isWaiting, type Question } from "../shared/questions.ts";
import { count, number } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { button, part, refusal } from "./parts.ts";

/** Answers that fit beside everything else a chair looks at; older ones are one fold away. */
const LATEST = 2;

function answered(page: Page, one: Question): TemplateResult {
  const place = `answer ${one.id}`;
  const shown = one.shown !== null;
  const done = shown ? "Taken off the wall." : "The answer is on the wall.";
  const label = shown ? "Take it off the wall" : "Show it on the wall";
  return html`<li data-home tabindex="-1"><p><b>${one.text}</b></p><p>${one.published}</p>
    <p class="quiet num">${count(one.tables, "table")} asked</p>
    ${button(page, { place, label, type: "show-answer", data: { question: one.id, shown: !shown }, look: "small", done })}
    ${refusal(page, place)}</li>`;
}

/** The card at the side; without any question there is none. */
export function questionCard(page: Page): TemplateResult | typeof nothing {
  const all = page.view.all<Question>("question");
  if (all.length === 0) return nothing;
  const waiting = all.filter(isWaiting).length;
  const ready = inOrder(
    all.filter((one) => one.published !== null),
    "newest",
  ).sort((a, b) => Number(b.shown !== null) - Number(a.shown !== null));
  const list = (some: Question[]) => html`<ul class="answers">${some.map((one) => answered(page, one))}</ul>`;
  const older = ready.slice(LATEST);
  return part(
    "question-card",
    "Questions",
    html`<p class="num">${waiting > 0 ? `${number(waiting)} waiting for an answer` : "All are answered."}</p>
      ${list(ready.slice(0, LATEST))}
      ${older.length > 0 ? html`<details><summary>Older answers (${number(older.length)})</summary>${list(older)}</details>` : nothing}`,
  );
}
