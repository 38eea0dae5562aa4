// What lost and goes on beside the text: its words, and a way to write them down as its movers say them.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { DeskBallot } from "./ballots.ts";
import type { Page } from "./page.ts";
import { button, refusal, typed } from "./parts.ts";

const written = new Map<string, string>();

/** The minority positions of a published ballot. */
export function minorityPart(page: Page, ballot: DeskBallot): TemplateResult | typeof nothing {
  const positions = ballot.result?.minority ?? [];
  if (positions.length === 0) return nothing;
  return html`<div class="minority"><h4>Minority position</h4>${positions.map((position) => {
    const place = `minority ${ballot.id} ${position.key}`;
    const id = place.replaceAll(" ", "-");
    const data = () => ({
      ballot: ballot.id,
      option: position.key,
      text: written.get(place) ?? position.text,
    });
    const set = (event: Event) => {
      written.set(place, typed(event));
      page.soon();
    };
    return html`<p>${position.sentence}</p><p class="said">${position.text}</p>
      <p class="quiet">${position.by_movers ? "In its movers’ own words." : "The wording that lost; its movers may put it in their own words."}</p>
      <details><summary>Write it in its movers’ words</summary>
        <label class="field" for=${id}><span>What the minority position says</span><textarea id=${id} rows="3"
          .value=${asTyped(written.get(place) ?? position.text)} @input=${set}></textarea></label>
        ${button(page, { place, label: "Keep these words", type: "write-minority-position", data, look: "small", done: "The minority position is written down." })}</details>
      ${refusal(page, place)}`;
  })}</div>`;
}
