// Ballots at the desk: the next one with what can be done to it now, and the list of all.
import { html, nothing, type TemplateResult } from "lit";
import type { Ballot, Track } from "../shared/entities.ts";
import { withRefs } from "../shared/marks.ts";
import { count, number, timeLeft } from "../shared/words.ts";
import { hands } from "./hands.ts";
import { minorityPart } from "./minority.ts";
import type { Page } from "./page.ts";
import { type Act, button, part, refusal, typed } from "./parts.ts";
import { resultOf } from "./results.ts";
import { sectionPlan } from "./section-fields.ts";
import { again, closingAnyway, practice, record, stampedPart, standingNumbers } from "./stamped.ts";
import { trackOf } from "./state.ts";

const STATES: Record<Ballot["state"], string> = {
  draft: "Draft",
  announced: "Announced, not open",
  recalled: "Taken back",
  open: "Open",
  closed: "Closed, being counted",
  provisional: "Counted, provisional",
  published: "Published",
  void: "Void",
};

const LIVELY: Ballot["state"][] = ["open", "closed", "provisional", "announced", "recalled", "draft"];
const reasons = new Map<string, string>();

/** What the desk needs to know of a ballot beyond what everybody does. */
export type DeskBallot = Ballot & {
  need_time?: number;
  present?: number | null;
  /** Between which options the chair's casting vote is asked for. */
  level?: string[];
  declared?: { counts?: Record<string, number>; declaration?: string } | null;
  issued?: number | null;
  without_stamp?: number | null;
  not_voted?: number | null;
  failing?: number;
  papers_out?: number;
  box_trouble?: string | null;
  /** What one teller has begun and a second one has to do too. */
  begun?: string[];
};

/** The ballot that needs the chair first: of the track in view before those of others. */
export function nextBallot(page: Page): DeskBallot | undefined {
  const track = trackOf(page)?.id;
  const rank = (ballot: Ballot) => LIVELY.indexOf(ballot.state);
  const far = (ballot: Ballot) => (ballot.track && ballot.track !== track ? 1 : 0);
  const waiting = page.view.all<DeskBallot>("ballot").filter((ballot) => rank(ballot) >= 0);
  return waiting.sort((a, b) => far(a) - far(b) || rank(a) - rank(b) || a.number - b.number)[0];
}

/** The one thing to do next to a ballot; null where nothing is left. */
export function forward(ballot: DeskBallot): Omit<Act, "place"> | null {
  const data = { ballot: ballot.id };
  if (ballot.state === "draft")
    return { label: "Announce", type: "announce-ballot", data, done: "Announced." };
  if (ballot.state === "recalled")
    return { label: "Announce again", type: "announce-ballot", data, done: "Announced again." };
  if (ballot.state === "announced")
    return { label: "Open the ballot", type: "open-ballot", data, done: "The ballot is open." };
  if (ballot.state === "open")
    return { label: "Close the ballot", type: "close-ballot", data, done: "The ballot is closed." };
  // The tellers certify it; it publishes itself.
  if (ballot.state === "provisional" && ballot.trust === "stamped" && (ballot.certified ?? 0) < 2)
    return null;
  if (ballot.state === "provisional")
    return { label: "Publish the result", type: "publish-result", data, done: "The result is published." };
  return null;
}

/** "812 of 1,382 have voted"; for a show of hands what was declared. Never how. */
export function standing(page: Page, ballot: DeskBallot): TemplateResult {
  const left = ballot.state === "open" && ballot.trust !== "hands" ? timeLeft(ballot, page.now) : null;
  const voted = html`<b class="num">${number(ballot.voted ?? 0)} of ${number(ballot.entitled ?? 0)}</b> ${ballot.trust === "cards" ? "cards are cast" : "have voted"}`;
  const needing = ballot.need_time ?? 0;
  if (ballot.state !== "open")
    return html`<p>${STATES[ballot.state]}${ballot.version > 1 ? `, version ${ballot.version}` : ""}</p>
      ${ballot.state === "announced" ? standingNumbers(ballot) : nothing}`;
  return html`<p>${ballot.trust === "hands" ? "Open: a show of hands" : voted}${left ? html` · <span class="num">${left} left</span>` : nothing}</p>
    ${standingNumbers(ballot)}${needing > 0 ? html`<p class="warn num">${count(needing, "delegate")} ${needing === 1 ? "asks" : "ask"} for more time</p>` : nothing}`;
}

/** Recall, more time, void: what is needed now and then. */
function sideways(page: Page, ballot: DeskBallot, place: string): TemplateResult {
  const data = { ballot: ballot.id };
  return html`${again(page, ballot, place)}${ballot.state === "announced" ? button(page, { place, label: "Take it back", type: "recall-ballot", data, look: "small", done: "Taken back." }) : nothing}
    ${ballot.state === "open" && ballot.trust !== "hands" ? button(page, { place, label: "+ 1 min", type: "extend-ballot", data: { ...data, seconds: 60 }, look: "small", done: "One minute more." }) : nothing}`;
}

function voiding(page: Page, ballot: DeskBallot, place: string): TemplateResult | typeof nothing {
  if (ballot.trust === "stamped") return nothing;
  if (["draft", "recalled", "published", "void"].includes(ballot.state)) return nothing;
  const id = `void-${ballot.id}`;
  const reason = reasons.get(ballot.id) ?? "";
  return html`<details><summary>Declare it void</summary>
    <label class="field" for=${id}><span>Why, for the record</span><input id=${id} .value=${reason}
      @input=${(event: Event) => reasons.set(ballot.id, typed(event))}></label>
    <button type="button" class="btn small" @click=${() => page.send(place, "void-ballot", { ballot: ballot.id, reason: reasons.get(ballot.id) ?? "" })}>Void ballot ${ballot.number}</button>
  </details>`;
}

/** A tie that the rules give to the chair. */
function casting(page: Page, ballot: DeskBallot, place: string): TemplateResult | typeof nothing {
  const tracks = page.view.all<Track>("track");
  const waits = tracks.some(
    (one) => one.step?.verb === "give-casting-vote" && one.step.subject === ballot.id,
  );
  if (!waits) return nothing;
  const done = "The casting vote is given.";
  return html`<div class="acts"><span>The votes are level. The casting vote:</span>${ballot.options
    .filter(({ key }) => (ballot.level?.length ? ballot.level.includes(key) : key !== "abstain"))
    .map(({ key, label }) =>
      button(page, {
        place,
        label,
        type: "give-casting-vote",
        data: { ballot: ballot.id, choice: key },
        done,
      }),
    )}</div>`;
}

/** Where tellers hand out papers and enter them. */
function papers(ballot: DeskBallot): TemplateResult | typeof nothing {
  if (ballot.trust === "cards" && ["announced", "open"].includes(ballot.state))
    return html`<p><a href="/desk/cards">Cards of this ballot</a></p>`;
  if (["hands", "cards"].includes(ballot.trust) || !["announced", "open", "closed"].includes(ballot.state))
    return nothing;
  return html`<p><a href="/desk/ballot-papers">Papers of this ballot</a></p>`;
}

/** A ballot with everything that can be done to it now. */
export function ballotCard(page: Page, ballot: DeskBallot, main = false): TemplateResult {
  const place = `ballot ${ballot.id}`;
  const tie = casting(page, ballot, place);
  const act = tie === nothing ? forward(ballot) : null;
  const look = main ? "main" : "";
  return html`<article class="ballot" data-home tabindex="-1" aria-label="Ballot ${ballot.number}">
    <p class="quiet">Ballot <span class="num">${ballot.number}</span>${ballot.passage ? html` · <b class="ref">${ballot.passage}</b>` : nothing}${
      ballot.purpose === "binding" ? nothing : html` · <b>${ballot.purpose}</b>`
    }</p>
    <p class="question">${withRefs(ballot.question)}</p>
    <p class="quiet">${ballot.rule}</p>${sectionPlan(ballot)}
    ${standing(page, ballot)}${ballot.result ? resultOf(ballot, ballot.result) : nothing}${minorityPart(page, ballot)}
    ${ballot.trust === "hands" && ballot.state === "open" ? hands(page, ballot) : nothing}
    ${tie}${stampedPart(page, ballot, place)}
    <div class="acts">${act ? button(page, { ...act, place, look }) : nothing}${sideways(page, ballot, place)}</div>
    ${closingAnyway(page, ballot, place)}${papers(ballot)}${voiding(page, ballot, place)}${refusal(page, place)}
    ${record(page, ballot)}</article>`;
}

/** The card at the side. */
export function nextCard(page: Page): TemplateResult {
  const ballot = nextBallot(page);
  const body = ballot
    ? ballotCard(page, ballot)
    : html`<p class="quiet">No ballot is waiting.</p>${practice(page)}`;
  return part("next-ballot", "Next ballot", body);
}

/** All ballots but the one at the side, the newest first. */
export function ballotList(page: Page): TemplateResult {
  const beside = nextBallot(page);
  const all = page.view
    .all<DeskBallot>("ballot")
    .filter((ballot) => ballot.id !== beside?.id)
    .sort((a, b) => b.number - a.number);
  if (all.length === 0) return html`<p class="quiet">No other ballot has been drafted yet.</p>`;
  return html`<ul class="ballots">${all.map((ballot) => html`<li>${ballotCard(page, ballot)}</li>`)}</ul>`;
}
