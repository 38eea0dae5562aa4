// A count by heads and by sections: which decides, the shares, each section's own votes, and all of it as a table.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Ballot, SectionTally } from "./ballot-entities.ts";
import { list, number } from "./words.ts";

/** Two verdicts of the same papers, the deciding one marked in a word. */
function verdicts(tally: SectionTally): TemplateResult {
  const one = (by: "heads" | "sections", word: string) => {
    const decides = tally.deciding === by;
    return html`<div class=${decides ? "decides" : ""}><dt>By ${by}${decides ? html`: <b>this decides</b>` : nothing}</dt>
      <dd>${word}</dd></div>`;
  };
  return html`<dl class="two">${one("heads", tally.heads)}${one("sections", tally.sections)}</dl>`;
}

/** One bar, divided as the votes are; the numbers stand beside it. */
function divided(parts: [string, number][]): TemplateResult {
  let from = 0;
  const drawn = parts.map(([key, part]) => {
    const x = from;
    from += part;
    return svg`<rect class=${key} x="${x / 10}%" width="${Math.max(0, part / 10 - 0.5)}%" height="14"></rect>`;
  });
  return html`<svg width="100%" height="14" class="share divided" aria-hidden="true" focusable="false">${drawn}</svg>`;
}

function shares(tally: SectionTally): TemplateResult {
  return html`<table class="bars shares"><caption>Shares of the sections</caption><tbody>${tally.shares.map(
    ({ key, label, shown, part }) =>
      html`<tr><th scope="row">${label}</th><td class="num">${shown}</td><td class="stripe" aria-hidden="true">${divided([[key, part]])}</td></tr>`,
  )}</tbody></table>`;
}

function group(ballot: Ballot, one: SectionTally["groups"][number]): TemplateResult {
  const label = (key: string) => ballot.options.find((option) => option.key === key)?.label ?? key;
  const parts = Object.entries(one.parts);
  const said = Object.entries(one.votes).map(
    ([key, votes]) => `${number(votes)} ${label(key).toLowerCase()}`,
  );
  return html`<li><b>${one.name}</b> <span class="quiet num">${one.share}, ${number(one.size)} may vote</span>
    ${parts.length > 0 ? html`${divided(parts)}<span class="num">${list(said)}</span>` : html`<span class="quiet">Not shown: so few voted, or so alike, that a vote could be guessed.</span>`}</li>`;
}

/** Both tallies, in words, as a picture and as a table. */
export function tallyPart(ballot: Ballot, tally: SectionTally): TemplateResult {
  const title = "Heads and sections as a table";
  return html`<div class="tallies">${verdicts(tally)}${shares(tally)}
    <ul class="groups">${tally.groups.map((one) => group(ballot, one))}</ul>
    <details class="rounds"><summary>${title}</summary>
      <div class="sideways" role="region" aria-label=${title} tabindex="0"><table>
        <thead><tr>${tally.head.map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
        <tbody>${tally.rows.map(
          ([name, ...cells]) =>
            html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td class="num">${cell}</td>`)}</tr>`,
        )}</tbody></table></div></details></div>`;
}
