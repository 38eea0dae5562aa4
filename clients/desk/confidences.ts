// What delegates told the tellers in confidence: on a teller's own desk and on no other.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { clock } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { button, part, refusal, typed } from "./parts.ts";

interface Confidence {
  id: string;
  text: string;
  name: string | null;
  delegation: string | null;
  ballot: number | null;
  sent: string;
  ended: string | null;
  note: string | null;
}

const notes = new Map<string, string>();

function one(page: Page, told: Confidence): TemplateResult {
  const place = `confidence ${told.id}`;
  const note = notes.get(told.id) ?? "";
  const from = [told.name ?? "No name given", told.delegation].filter(Boolean).join(", ");
  const when = `${clock(told.sent, page.event?.zone)}${told.ballot ? `, during ballot ${told.ballot}` : ""}`;
  const set = (event: Event) => {
    notes.set(told.id, typed(event));
    page.soon();
  };
  const data = () => ({ confidence: told.id, note: notes.get(told.id) ?? "" });
  return html`<li data-home tabindex="-1"><p>${told.text}</p><p class="quiet num">${from} · ${when}</p>
    ${
      told.ended
        ? html`<p>Done: ${told.note}</p>`
        : html`<label class="field" for="note-${told.id}"><span>What you did about it</span>
            <input id="note-${told.id}" autocomplete="off" .value=${asTyped(note)} @input=${set}></label>
          ${button(page, { place, label: "Done", type: "end-confidence", data, look: "small", done: "Noted." })}`
    }${refusal(page, place)}</li>`;
}

/** The card at the side; without any message, and for everybody but tellers, there is none. */
export function confidenceCard(page: Page): TemplateResult | typeof nothing {
  const all = page.view.all<Confidence>("confidence").sort((a, b) => a.sent.localeCompare(b.sent));
  if (all.length === 0) return nothing;
  const waiting = all.filter((told) => !told.ended);
  const done = all.filter((told) => told.ended);
  const list = (some: Confidence[]) => html`<ul class="answers">${some.map((told) => one(page, told))}</ul>`;
  return part(
    "confidences",
    "Told in confidence",
    html`<p class="quiet">Only tellers read this.</p>${list(waiting)}
      ${done.length > 0 ? html`<details><summary>Dealt with (${done.length})</summary>${list(done)}</details>` : nothing}`,
  );
}
