// Counting by sections at the draft: each section's share or with whom it is counted, and which tally decides.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Ballot } from "../shared/entities.ts";
import { number } from "../shared/words.ts";
import { choices, select, typed } from "./parts.ts";

export const SECTIONS = [
  { key: "clp", label: "CLPs" },
  { key: "union", label: "Unions" },
  { key: "socialist-society", label: "Socialist societies" },
  { key: "mp", label: "MPs" },
] as const;

/** How sections are counted, as it is drafted. */
export interface SectionDraft {
  /** Whether heads alone are counted, or sections too and which of them decides. */
  tally: "heads" | "heads-decide" | "sections-decide";
  /** A share for each section, as typed; empty for none. */
  shares: Record<string, string>;
  /** The section with which one is counted; empty for itself. */
  joined: Record<string, string>;
}

export const NO_SECTIONS: SectionDraft = {
  tally: "heads",
  shares: { clp: "50", union: "50" },
  joined: { "socialist-society": "union", mp: "clp" },
};

const TALLIES = [
  { value: "heads", label: "Heads alone" },
  { value: "heads-decide", label: "Heads and sections: heads decide" },
  { value: "sections-decide", label: "Heads and sections: sections decide" },
];

/** The rules of a count by sections, as the hub gets them. */
export function sectionRules({ tally, shares, joined }: SectionDraft): object {
  if (tally === "heads") return {};
  const own = SECTIONS.filter(({ key }) => !joined[key]);
  return {
    deciding: tally === "heads-decide" ? "heads" : "sections",
    shares: own
      .filter(({ key }) => shares[key]?.trim())
      .map(({ key }) => ({
        sections: [key, ...SECTIONS.filter((other) => joined[other.key] === key).map((other) => other.key)],
        share: shares[key]?.trim(),
      })),
  };
}

/** The fields; the everyday count by heads stands first and asks for nothing more. */
export function sectionFields(
  draft: SectionDraft,
  change: (part: Partial<SectionDraft>) => void,
): TemplateResult {
  const set = (tally: string) => change({ tally: tally as SectionDraft["tally"] });
  return html`${choices("tally", "Counted by", TALLIES, draft.tally, set)}
    ${draft.tally === "heads" ? nothing : shareFields(draft, change)}`;
}

function shareFields(draft: SectionDraft, change: (part: Partial<SectionDraft>) => void): TemplateResult {
  const { shares, joined } = draft;
  const row = ({ key, label }: (typeof SECTIONS)[number]) => {
    const others = SECTIONS.filter((other) => other.key !== key && !joined[other.key]);
    const with_ = [
      { value: "", label: "on its own" },
      ...others.map((other) => ({ value: other.key, label: `with ${other.label}` })),
    ];
    const isJoinedBy = SECTIONS.some((other) => joined[other.key] === key);
    return html`<div class="row section">${isJoinedBy ? nothing : select(`joined-${key}`, label, with_, joined[key] ?? "", (value) => change({ joined: { ...joined, [key]: value } }))}
      ${
        joined[key]
          ? nothing
          : html`<label class="field" for="share-${key}"><span>Share of ${label}</span><input id="share-${key}" class="num" inputmode="decimal" autocomplete="off"
        .value=${asTyped(shares[key] ?? "")} @input=${(event: Event) => change({ shares: { ...shares, [key]: typed(event) } })}></label>`
      }</div>`;
  };
  return html`<fieldset class="shares"><legend>Shares, such as 50 and 50, or 1/3</legend>${SECTIONS.map(row)}
    <p class="quiet">A section without a share counts by heads alone. Which small sections are joined is shown with the draft, before it is announced.</p></fieldset>`;
}

/** Who would be counted where, or is: shown from the draft on. */
export function sectionPlan(ballot: Ballot): TemplateResult | typeof nothing {
  const { sections } = ballot;
  if (!sections || ballot.result) return nothing;
  const decide = sections.deciding === "heads" ? "heads decide" : "sections decide";
  if (sections.groups.length === 0) return html`<p class="warn">${sections.said.join(" ")}</p>`;
  return html`<table class="plan"><caption>By sections; ${decide}</caption>
    <thead><tr><th scope="col">Section</th><th scope="col">Share</th><th scope="col">Delegates</th></tr></thead>
    <tbody>${sections.groups.map(
      ({ name, share, size }) =>
        html`<tr><th scope="row">${name}</th><td class="num">${share}</td><td class="num">${number(size)}</td></tr>`,
    )}</tbody></table>
    ${sections.said.length > 0 ? html`<p>${sections.said.join(" ")}</p>` : nothing}`;
}
