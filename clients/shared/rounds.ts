// A count that went by a method: what it chose, and every round as a table and in sentences.
import "./rounds.css";
import { html, nothing, type TemplateResult } from "lit";
import type { Result } from "./entities.ts";

/** The word before what was chosen, if anything was. */
export function chosenWord(result: Result): string {
  const some = (result.winners ?? []).length > 0;
  if (result.verdict === "tied") return some ? "Chosen, and another place is level:" : "Tied";
  return some ? "Chosen:" : "None is chosen";
}

/** Every round, folded; a count that adds up once has one. */
export function everyRound(result: Result): TemplateResult | typeof nothing {
  const { rounds } = result;
  if (!rounds) return nothing;
  const several = rounds.head.length > 2;
  const title = several ? `Every round (${rounds.head.length - 1})` : "The count as a table";
  return html`<details class="rounds"><summary>${title}</summary>
    <div class="sideways" role="region" aria-label=${title} tabindex="0"><table>
      <thead><tr>${rounds.head.map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
      <tbody>${rounds.rows.map(
        ([label, ...had]) =>
          html`<tr><th scope="row">${label}</th>${had.map((votes) => html`<td class="num">${votes || html`<span class="quiet">out</span>`}</td>`)}</tr>`,
      )}</tbody></table></div>
    <ul>${rounds.said.map((sentence) => html`<li>${sentence}</li>`)}</ul></details>`;
}
