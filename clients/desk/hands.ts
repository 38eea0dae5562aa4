// A show of hands: the chair declares it, or tellers enter what they counted.
import { html, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { list, number } from "../shared/words.ts";
import type { DeskBallot } from "./ballots.ts";
import type { Page } from "./page.ts";
import { refusal, typed } from "./parts.ts";

const counts = new Map<string, Record<string, string>>();

const DECLARED: Record<string, string> = {
  "clearly-carried": "Declared: clearly carried",
  "clearly-lost": "Declared: clearly lost",
};

/** What has been declared so far. */
function declared(ballot: DeskBallot): TemplateResult {
  const said = ballot.declared;
  if (!said) return html`<p class="quiet">Nothing is declared yet.</p>`;
  if (said.declaration) return html`<p><b>${DECLARED[said.declaration] ?? said.declaration}</b></p>`;
  const parts = ballot.options.map((option) => `${option.label} ${number(said.counts?.[option.key] ?? 0)}`);
  return html`<p><b class="num">Counted: ${list(parts)}</b></p>`;
}

function field(page: Page, ballot: DeskBallot, key: string, label: string): TemplateResult {
  const id = `hands-${ballot.id}-${key}`;
  const mine = counts.get(ballot.id) ?? {};
  const set = (event: Event) => {
    counts.set(ballot.id, { ...(counts.get(ballot.id) ?? {}), [key]: typed(event) });
    page.soon();
  };
  return html`<label class="field count" for=${id}><span>${label}</span>
    <input id=${id} class="num" inputmode="numeric" pattern="[0-9]*" autocomplete="off" .value=${asTyped(mine[key] ?? "")} @input=${set}></label>`;
}

/** The numbers as they stand in the fields; a field left empty is nought. */
function entered(ballot: DeskBallot): Record<string, number> {
  const mine = counts.get(ballot.id) ?? {};
  return Object.fromEntries(
    ballot.options.map((option) => [option.key, Math.max(0, Math.round(Number(mine[option.key] ?? 0)) || 0)]),
  );
}

/** The form of a show of hands. */
export function hands(page: Page, ballot: DeskBallot): TemplateResult {
  const place = `hands ${ballot.id}`;
  const declare = async (declaration: string) => {
    const ack = await page.send(place, "declare-hands", { ballot: ballot.id, counts: null, declaration });
    if (ack?.ok) page.say(DECLARED[declaration] ?? declaration);
  };
  const count = async (event: Event) => {
    event.preventDefault();
    const ack = await page.send(place, "declare-hands", { ballot: ballot.id, counts: entered(ballot) });
    if (ack?.ok) page.say("The count is entered. Close the ballot to have it counted.");
  };
  return html`<form class="hands" @submit=${count}><fieldset><legend>Show of hands</legend>
      ${declared(ballot)}
      <div class="row">${ballot.options.map((option) => field(page, ballot, option.key, option.label))}
        <button class="btn small">Enter the count</button></div>
      ${
        ballot.form === "for-against"
          ? html`<div class="row"><span>or without a count</span>
            <button type="button" class="btn small" @click=${() => declare("clearly-carried")}>Clearly carried</button>
            <button type="button" class="btn small" @click=${() => declare("clearly-lost")}>Clearly lost</button></div>`
          : ""
      }
    </fieldset>${refusal(page, place)}</form>`;
}
