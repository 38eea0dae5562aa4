// A result by heads and by sections: both verdicts side by side, the deciding one framed and named, each with its bars.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Ballot, Result, SectionTally } from "../../shared/entities.ts";
import { list, number } from "../../shared/words.ts";
import { bar } from "../bars.ts";

/** More sections than these cannot be read from the back row; the pages have them all. */
const MOST = 5;

function line(label: string, key: string, part: number, whole: number, figure: string): TemplateResult {
  return html`<li class="line"><span class="label">${label}</span>${bar({ part, whole, tone: key })}<b class="num">${figure}</b></li>`;
}

function byHeads(ballot: Ballot, result: Result): TemplateResult {
  const options = ballot.options.filter((option) => option.key !== "abstain");
  const n = (key: string) => result.counts[key] ?? 0;
  const whole = Math.max(1, result.base, ...options.map((option) => n(option.key)));
  return html`<ul class="bars">${options.map(({ key, label }) => line(label, key, n(key), whole, number(n(key))))}</ul>`;
}

function byShares(tally: SectionTally): TemplateResult {
  return html`<ul class="bars">${tally.shares.map(({ key, label, part, shown }) => line(label, key, part, 1000, shown))}</ul>`;
}

/** A section's own votes in one bar: each part with its number in it, or beside it where it is too narrow. */
function section(ballot: Ballot, group: SectionTally["groups"][number]): TemplateResult {
  const label = (key: string) =>
    ballot.options.find((option) => option.key === key)?.label.toLowerCase() ?? "";
  const parts = Object.entries(group.parts);
  const said = Object.entries(group.votes).map(([key, votes]) => `${number(votes)} ${label(key)}`);
  let from = 0;
  const drawn = parts.map(([key, part]) => {
    const x = from;
    from += part;
    return svg`<rect class="part ${key}" x="${x / 10}%" width="${Math.max(0, part / 10 - 0.4)}%" height="100%"></rect>`;
  });
  return html`<li class="line"><span class="label">${group.name} <span class="quiet num">${group.share}</span></span>
    ${parts.length > 0 ? html`<svg class="bar" aria-hidden="true" focusable="false">${drawn}</svg>` : html`<span class="quiet">not shown</span>`}
    <b class="num">${said.length > 0 ? list(said) : ""}</b></li>`;
}

function side(by: "heads" | "sections", tally: SectionTally, body: TemplateResult): TemplateResult {
  const decides = tally.deciding === by;
  return html`<section class="side ${decides ? "decides" : ""}"><h2><span>By ${by}</span> <b>${tally[by]}</b>${
    decides ? html` <span class="badge">this decides</span>` : nothing
  }</h2>${body}</section>`;
}

/** Both tallies of the same papers; below them each section's own votes. */
export function bothTallies(ballot: Ballot, result: Result, tally: SectionTally): TemplateResult {
  return html`<div class="tallies"><div class="sides">${side("heads", tally, byHeads(ballot, result))}${side("sections", tally, byShares(tally))}</div>
    <ul class="bars sections">${tally.groups.slice(0, MOST).map((group) => section(ballot, group))}</ul></div>`;
}
