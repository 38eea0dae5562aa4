// A ballot before its result: the question, what each answer does, the rule, and how many have voted; never a split.
import { html, nothing, type TemplateResult } from "lit";
import type { Ballot } from "../../shared/entities.ts";
import { withRefs } from "../../shared/marks.ts";
import { placeInOrder } from "../../shared/vote-order.ts";
import { clock, inFours, number, secondsUntil, timeLeft } from "../../shared/words.ts";
import { bar } from "../bars.ts";
import type { Scene } from "../frame.ts";
import type { Stage } from "../stage.ts";

const TONES: Record<string, string> = { for: "for", against: "against", abstain: "abstain" };

/** Sounding, practice, second version: what must not be overlooked. */
export function badges(ballot: Ballot): TemplateResult | typeof nothing {
  const words = [
    ballot.purpose === "sounding" ? "Sounding: not binding" : "",
    ballot.purpose === "practice" ? "Practice: nothing is decided" : "",
    ballot.version > 1 && !ballot.result ? `New wording: version ${ballot.version}` : "",
  ].filter(Boolean);
  return words.length > 0
    ? html`<p class="badges">${words.map((word) => html`<b class="badge">${word}</b>`)}</p>`
    : nothing;
}

/** "Ballot 14 · HOU-2.3" */
export function title(ballot: Ballot): TemplateResult {
  return html`Ballot <span class="num">${ballot.number}</span>${ballot.passage ? html` · <b class="ref">${ballot.passage}</b>` : nothing}`;
}

function answers(ballot: Ballot): TemplateResult {
  const plain = ballot.options.every((option) => !option.effect);
  const shape = ballot.options.length > 5 ? "many" : plain ? "plain" : "";
  return html`<ul class="answers ${shape}">
    ${ballot.options.map(
      (option) =>
        html`<li class="answer"><b class="label ${TONES[option.key] ?? ""}">${option.label}</b>${
          option.effect ? html`<span class="effect">${option.effect}</span>` : nothing
        }</li>`,
    )}
  </ul>`;
}

/** Who is counted together, with which share, and which tally decides. */
function countedIn(ballot: Ballot): TemplateResult | typeof nothing {
  const { sections, cards } = ballot;
  if (cards) return html`<p class="counted-in">${cards.said}</p>`;
  if (!sections || sections.groups.length === 0) return nothing;
  const groups = sections.groups.map(({ name, share, size }) => `${name} ${share} (${number(size)})`);
  return html`<p class="counted-in">By sections: ${groups.join(" · ")}. <b>${sections.deciding === "heads" ? "Heads decide" : "Sections decide"}.</b></p>`;
}

function turnout(ballot: Ballot): TemplateResult {
  const voted = ballot.voted ?? 0;
  const entitled = ballot.entitled ?? 0;
  return html`<div class="turnout">
    <p class="voted"><b class="num">${number(voted)}</b> of <b class="num">${number(entitled)}</b> ${ballot.cards ? "cards are cast" : "have voted"}</p>
    ${bar({ part: voted, whole: entitled, tone: "plain" })}
  </div>`;
}

const HOW: Record<string, string> = {
  hands: "Vote by show of hands, when the chair asks",
  anonymised: "Vote on your phone",
  stamped: "Vote on your phone",
  cards: "Delegations cast their cards",
};

function standing(ballot: Ballot): TemplateResult {
  if (ballot.state === "open" && ballot.trust !== "hands") return turnout(ballot);
  const words: Partial<Record<Ballot["state"], string>> = {
    announced: "Not open yet: read it first",
    open: HOW[ballot.trust] ?? "",
    recalled: "Taken back: the wording is being changed",
    closed: "Closed. The result comes next",
    provisional: "Counted. The result comes next",
    void: "Void: this ballot does not count",
  };
  return html`<p class="standing">${words[ballot.state] ?? ""}</p>`;
}

function clockOf(ballot: Ballot, stage: Stage): TemplateResult | typeof nothing {
  if (ballot.state !== "open") return nothing;
  const left = ballot.trust === "hands" ? null : timeLeft(ballot, stage.now);
  if (left === null) return html`<b>Open</b>`;
  const over = ballot.deadline !== null && secondsUntil(ballot.deadline, stage.now) <= 0;
  return html`<span class="timer ${over ? "over" : ""}" role="timer">${over ? html`<span class="say">Closing now</span>` : html`<span class="say">closes in</span> <b class="num">${left}</b>`}</span>`;
}

/** The key of a stamped ballot, for everybody to compare with their own device and with the board. */
function pinned(ballot: Ballot): TemplateResult | typeof nothing {
  const hash = ballot.stamping?.keys_hash;
  return hash ? html`<p class="hash">Key <span class="hex">${inFours(hash)}</span></p>` : nothing;
}

function rules(ballot: Ballot): TemplateResult {
  const quorum = ballot.quorum
    ? `Quorum ${typeof ballot.quorum === "number" ? number(ballot.quorum) : ballot.quorum}.`
    : "";
  const told = /quorum|must (vote|be present)/i.test(ballot.rule);
  // Whoever is counted where stands above it already.
  const rule = ballot.rule.replace(/ Also counted by sections: .*? decide\./, "");
  return html`<span class="two-lines">${rule} ${told ? "" : quorum}</span>`;
}

/** Where the room is in its order of votes. */
export function orderLine(stage: Stage, ballot: Ballot): TemplateResult | typeof nothing {
  const place = placeInOrder(stage.view, ballot);
  return place ? html`<span class="two-lines order-line">${withRefs(place)}</span>` : nothing;
}

/** The scene of a ballot that is announced, open or just closed. */
export function ballotScene(stage: Stage): Scene {
  const ballot = stage.ballot;
  if (!ballot) return { body: html`<p class="title">No ballot is announced.</p>` };
  const opened =
    ballot.state === "announced"
      ? ""
      : ballot.opened
        ? `opened ${clock(ballot.opened, stage.event?.zone)}`
        : "";
  return {
    left: html`${title(ballot)}`,
    right: ballot.state === "open" ? clockOf(ballot, stage) : opened,
    body: html`<div class="paper" data-levels="6">
      ${badges(ballot)}
      <h1 class="question">${withRefs(ballot.question)}</h1>
      ${answers(ballot)}${countedIn(ballot)}${standing(ballot)}${pinned(ballot)}
    </div>`,
    foot: rules(ballot),
    footRight: orderLine(stage, ballot),
  };
}
