// The ways to answer a ballot and the rules that each of them needs; the everyday ones first, the others folded.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { BallotDraft } from "./ballot-draft.ts";
import { choices, select, typed } from "./parts.ts";

type Form = BallotDraft["form"];
type Change = (part: Partial<BallotDraft>) => void;

const EVERYDAY = [
  { value: "for-against", label: "For or against" },
  { value: "one-of-several", label: "One of several" },
];
const FURTHER = [
  { value: "approve-any", label: "Approve any" },
  { value: "rank", label: "Rank" },
  { value: "strength", label: "Strength 1 to 5" },
  { value: "points", label: "Points to spend" },
];
const MAJORITIES = [
  { value: "simple", label: "More than half" },
  { value: "two-thirds", label: "At least two thirds" },
  { value: "3/4", label: "More than three quarters" },
];
const BASES = [
  { value: "votes-cast", label: "of the votes cast" },
  { value: "papers", label: "of all papers, abstentions too" },
  { value: "present", label: "of the delegates present" },
  { value: "entitled", label: "of all who are entitled" },
];
const TIES = [
  { value: "status-quo", label: "leaves things as they are" },
  { value: "chair", label: "is decided by the chair" },
  { value: "tied", label: "stays a tie" },
];
const BY_LOT = { value: "lot", label: "is settled by lot" };
const BY_ROUND = { value: "earlier-round", label: "goes by an earlier round, then by lot" };
const METHODS = [
  { value: "irv", label: "Instant run-off: one is chosen" },
  { value: "stv", label: "Single transferable vote: several" },
  { value: "schulze", label: "Schulze: each against each" },
  { value: "borda", label: "Borda: points for places" },
];

/** Whether its papers say more than one thing. */
export function isFurther(form: Form): boolean {
  return FURTHER.some((one) => one.value === form);
}

/** How many options a form takes. */
export function optionLimits(form: Form): { fewest: number; most: number } {
  return { fewest: form === "strength" ? 1 : 2, most: ["approve-any", "rank"].includes(form) ? 20 : 10 };
}

function whole(text: string, otherwise: number): number {
  return Math.max(1, Math.round(Number(text)) || otherwise);
}

function seatsOf(given: BallotDraft): number {
  return given.form === "rank" && given.method === "irv" ? 1 : whole(given.seats, 1);
}

/** The rules of a further form, as the hub gets them. */
export function furtherRules(given: BallotDraft): object {
  return {
    ...(isFurther(given.form) ? { seats: seatsOf(given) } : {}),
    ...(given.form === "rank" ? { method: given.method } : {}),
    ...(given.form === "points" ? { points: whole(given.points, 10) } : {}),
    ...(byLot(given) ? { lot: given.lot.trim() } : {}),
  };
}

function byLot(given: BallotDraft): boolean {
  return given.tie === BY_LOT.value || given.tie === BY_ROUND.value;
}

/** Which form; the further ones behind a native fold, which stays open while one of them is chosen. */
export function formChoices(draft: BallotDraft, change: Change): TemplateResult {
  const further = isFurther(draft.form);
  const set = (value: string) => {
    const form = value as Form;
    const tie = form === "rank" ? BY_ROUND.value : "status-quo";
    const trust = isFurther(form) && ["hands", "cards"].includes(draft.trust) ? "anonymised" : draft.trust;
    change({ form, majority: "simple", tie, trust });
  };
  return html`${choices("form", "Answer", EVERYDAY, draft.form, set)}
    <details class="further" ?open=${further}><summary>More ways to answer</summary>
      ${choices("form", "Each paper says more than one thing", FURTHER, draft.form, set)}</details>`;
}

function numberField(id: string, label: string, value: string, set: (value: string) => void): TemplateResult {
  return html`<label class="field" for=${id}><span>${label}</span><input id=${id} class="num" inputmode="numeric"
    .value=${asTyped(value)} @input=${(event: Event) => set(typed(event))}></label>`;
}

function majorityFields(draft: BallotDraft, change: Change): TemplateResult | typeof nothing {
  const several = draft.form === "one-of-several" || draft.form === "approve-any";
  if (!several && draft.form !== "for-against") return nothing;
  const all = several ? [...MAJORITIES, { value: "plurality", label: "The most votes win" }] : MAJORITIES;
  return html`${select("ballot-majority", several ? "Wins with" : "Carried by", all, draft.majority, (majority) => change({ majority }))}
    ${draft.majority === "plurality" ? nothing : select("ballot-base", "Of what", BASES, draft.base, (base) => change({ base }))}`;
}

function methodFields(draft: BallotDraft, change: Change): TemplateResult | typeof nothing {
  if (!isFurther(draft.form)) return nothing;
  const alone = draft.form === "rank" && draft.method === "irv";
  return html`${draft.form === "rank" ? select("ballot-method", "Counted by", METHODS, draft.method, (method) => change({ method })) : nothing}
    ${draft.form === "points" ? numberField("ballot-points", "Points to spend", draft.points, (points) => change({ points })) : nothing}
    ${alone ? nothing : numberField("ballot-seats", "How many are chosen", draft.seats, (seats) => change({ seats }))}`;
}

function tieFields(draft: BallotDraft, change: Change): TemplateResult {
  const lot = draft.form === "for-against" ? [] : draft.form === "rank" ? [BY_ROUND, BY_LOT] : [BY_LOT];
  const seed = html`<label class="field" for="ballot-lot"><span>The lot’s seed, read out before</span><input id="ballot-lot"
    .value=${asTyped(draft.lot)} @input=${(event: Event) => change({ lot: typed(event) })}></label>`;
  return html`${select("ballot-tie", "A tie", [...TIES, ...lot], draft.tie, (tie) => change({ tie }))}
    ${byLot(draft) ? seed : nothing}`;
}

const MINORITIES = [
  { value: "0", label: "is not recorded" },
  { value: "1/5", label: "is recorded from 20 % on" },
  { value: "1/4", label: "is recorded from 25 % on" },
  { value: "1/3", label: "is recorded from a third on" },
];

function minorityField(draft: BallotDraft, change: Change): TemplateResult | typeof nothing {
  if (draft.form === "rank" || draft.purpose !== "binding") return nothing;
  return select("ballot-minority", "A minority position", MINORITIES, draft.minority ?? "0", (minority) =>
    change({ minority }),
  );
}

/** The rules that are fixed before anybody votes. */
export function ruleFields(draft: BallotDraft, change: Change): TemplateResult {
  return html`<div class="rules">${majorityFields(draft, change)}${methodFields(draft, change)}
    ${numberField("ballot-quorum", "Quorum (0: none)", draft.quorum, (quorum) => change({ quorum }))}
    ${tieFields(draft, change)}${minorityField(draft, change)}</div>`;
}
