// Drafting a ballot: the question, what can be answered, and the rules that are fixed before anybody votes.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Ballot, Motion } from "../shared/entities.ts";
import { keep, kept } from "../shared/remember.ts";
import { formChoices, furtherRules, isFurther, optionLimits, ruleFields } from "./ballot-forms.ts";
import type { Page } from "./page.ts";
import { choices, refusal, select, typed } from "./parts.ts";
import { NO_SECTIONS, type SectionDraft, sectionFields, sectionRules } from "./section-fields.ts";

export interface BallotDraft {
  question: string;
  motion: string;
  form: Ballot["form"];
  options: string[];
  trust: string;
  purpose: string;
  majority: string;
  base: string;
  quorum: string;
  tie: string;
  /** Of the further forms: how rankings are counted, how many are chosen, points to spend, the lot's seed. */
  method: string;
  seats: string;
  points: string;
  lot: string;
  /** The share from which what loses is recorded as a minority position; 0 for none. */
  minority?: string;
  /** How sections are counted beside heads. */
  sections?: SectionDraft;
}

export const EMPTY: BallotDraft = {
  question: "",
  motion: "",
  form: "for-against",
  options: ["", ""],
  trust: "",
  purpose: "binding",
  majority: "simple",
  base: "votes-cast",
  quorum: "",
  tie: "status-quo",
  method: "irv",
  seats: "1",
  points: "10",
  lot: "",
};
const PLACE = "draft ballot";

let draft: BallotDraft = kept("ballot-draft", EMPTY);

function change(page: Page, part: Partial<BallotDraft>): void {
  draft = { ...draft, ...part };
  keep("ballot-draft", draft);
  page.redraw();
}

/** What the hub gets for a draft. */
export function commandOf(given: BallotDraft, item: string, track: string | null): object {
  const several = given.form !== "for-against";
  return {
    item,
    motion: given.motion || null,
    question: given.question,
    form: given.form,
    options: several ? given.options.map((label) => label.trim()).filter(Boolean) : [],
    trust: given.trust,
    purpose: given.purpose,
    track,
    rules: {
      base: given.base,
      majority: given.majority,
      quorum: Math.max(0, Math.round(Number(given.quorum)) || 0),
      tie: given.tie,
      ...furtherRules(given),
      ...(given.minority && given.form !== "rank" ? { minority: given.minority } : {}),
      ...(["hands", "cards"].includes(given.trust) ? {} : sectionRules(given.sections ?? NO_SECTIONS)),
    },
  };
}

async function save(page: Page, announce: boolean, track: string | null): Promise<void> {
  const item = page.newId();
  const ack = await page.send(
    PLACE,
    "draft-ballot",
    commandOf({ ...draft, trust: trustOf(page, draft) }, item, track),
  );
  if (!ack?.ok) return;
  change(page, { question: "", motion: "", options: ["", ""] });
  page.say("The ballot is drafted.");
  if (announce) await page.send(`ballot ${item}`, "announce-ballot", { ballot: item });
}

function motions(page: Page): TemplateResult | typeof nothing {
  const put = page.view
    .all<Motion>("motion")
    .filter((motion) => motion.state === "put")
    .sort((a, b) => a.number - b.number);
  if (put.length === 0) return nothing;
  const all = [
    { value: "", label: "No motion: a question of its own" },
    ...put.map((one) => ({ value: one.id, label: `Motion ${one.number}: ${one.title}`.slice(0, 80) })),
  ];
  const set = (value: string) => {
    const motion = put.find((one) => one.id === value);
    change(page, { motion: value, ...(motion && !draft.question.trim() ? { question: motion.title } : {}) });
  };
  return select("ballot-motion", "On", all, draft.motion, set);
}

function options(page: Page): TemplateResult | typeof nothing {
  if (draft.form === "for-against") return nothing;
  const { fewest, most } = optionLimits(draft.form);
  const set = (place: number, value: string) =>
    change(page, { options: draft.options.map((old, at) => (at === place ? value : old)) });
  const remove = (place: number) => change(page, { options: draft.options.filter((_, at) => at !== place) });
  return html`<fieldset class="options"><legend>Options, in the order of the paper; abstaining is always possible</legend>
    ${draft.options.map(
      (
        label,
        place,
      ) => html`<div class="row"><label class="field grow"><span class="visually-hidden">Option ${place + 1}</span>
        <input .value=${asTyped(label)} @input=${(event: Event) => set(place, typed(event))} placeholder="Option ${place + 1}"></label>
        ${draft.options.length > fewest ? html`<button type="button" class="btn small" aria-label="Remove option ${place + 1}" @click=${() => remove(place)}>Remove</button>` : nothing}</div>`,
    )}
    ${draft.options.length < most ? html`<button type="button" class="btn small" @click=${() => change(page, { options: [...draft.options, ""] })}>One more option</button>` : nothing}
  </fieldset>`;
}

const ANONYMISED = { value: "anonymised", label: "On the phones" };
const HANDS = { value: "hands", label: "By show of hands" };
const STAMPED = { value: "stamped", label: "On the phones, stamped" };
const CARDS = { value: "cards", label: "By cards, open" };
export const WAYS = [ANONYMISED, HANDS];

/** The ways that there are here: without https, and at a meeting, nobody hears of stamps. */
function waysOf(page: Page) {
  const trusts = page.event?.trusts ?? [];
  return [
    ...(trusts.includes("stamped") ? [STAMPED] : []),
    ...WAYS,
    ...(trusts.includes("cards") ? [CARDS] : []),
  ];
}

/** The way that was chosen, else the one that ballots of this purpose begin with. */
function trustOf(page: Page, given: BallotDraft): string {
  if (given.trust && waysOf(page).some((way) => way.value === given.trust)) return given.trust;
  return given.purpose === "binding" ? (page.event?.default_trust ?? "anonymised") : "anonymised";
}

const PURPOSES = [
  { value: "binding", label: "Binding" },
  { value: "sounding", label: "A sounding" },
  { value: "practice", label: "For practice" },
];

function kinds(page: Page): TemplateResult {
  const set = (part: Partial<BallotDraft>) => change(page, part);
  const ways = waysOf(page).filter((way) => ![HANDS, CARDS].includes(way) || !isFurther(draft.form));
  return html`${formChoices(draft, set)}${options(page)}
    ${choices("trust", "Voting", ways, trustOf(page, draft), (trust) => change(page, { trust }))}
    ${choices("purpose", "It is", PURPOSES, draft.purpose, (purpose) => change(page, { purpose }))}
    ${ruleFields(draft, set)}${["hands", "cards"].includes(trustOf(page, draft)) || page.event?.preset === "meeting" ? nothing : bySections(page)}`;
}

function bySections(page: Page): TemplateResult {
  const sections = draft.sections ?? NO_SECTIONS;
  return sectionFields(sections, (part) => change(page, { sections: { ...sections, ...part } }));
}

/** Whether who is counted where has to be looked at before the announcement. */
function looksFirst(given: BallotDraft): boolean {
  return (given.sections?.tally ?? "heads") !== "heads" && !["hands", "cards"].includes(given.trust);
}

/** The form. */
export function draftForm(page: Page, track: string | null): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    void save(page, false, track);
  };
  return html`<form class="draft" @submit=${submit}>
    <h3>Draft a ballot</h3>${motions(page)}
    <label class="field" for="ballot-question"><span>What the room is asked</span><textarea id="ballot-question" rows="2"
      .value=${asTyped(draft.question)} @input=${(event: Event) => change(page, { question: typed(event) })}></textarea></label>
    ${kinds(page)}
    <div class="acts"><button class="btn">Keep as a draft</button>
      ${looksFirst(draft) ? nothing : html`<button type="button" class="btn" @click=${() => save(page, true, track)}>Keep and announce</button>`}</div>
    ${refusal(page, PLACE)}</form>`;
}
