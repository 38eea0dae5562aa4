// A ballot on the phone: announced, open, in the box. One main button, native radios, plain effects.
import { html, nothing, type TemplateResult } from "lit";
import type { Frame } from "../ballot/views.ts";
import type { Ballot, Motion, Vote } from "../shared/entities.ts";
import { changedText, withRefs } from "../shared/marks.ts";
import { secondsUntil, spokenTime } from "../shared/words.ts";
import { furtherFields } from "./further.ts";
import { isFurther, type Paper } from "./paper.ts";
import type { Phone } from "./phone.ts";

const TRUST: Record<Ballot["trust"], string> = {
  hands: "This is a show of hands in the room.",
  anonymised:
    "Names and votes are kept apart by the centre’s rules. The operator of the computer could still join them: this ballot is not secret from the operator.",
  stamped: "Staff cannot see how you vote.",
  cards: "What each card is cast for is published by name.",
};

const PURPOSE: Record<Ballot["purpose"], string> = {
  binding: "",
  sounding: "A sounding: it shows the mood of the room and binds nobody.",
  practice: "For practice: it decides nothing and is not kept on record.",
};

/** The ballot on top of the page, and a way to the others that are up. */
export function ballotPart(phone: Phone): unknown {
  const { paper, ballot } = phone;
  const shown = paper?.ballot ?? phone.stamped.held ?? ballot;
  if (!shown) return nothing;
  const others = phone.ballots.filter((other) => other.id !== shown.id);
  return html`<section class="ballot" aria-labelledby="question">
    ${paper ? paperPart(phone, paper) : shown.trust === "stamped" ? phone.stamped.part(shown) : waiting(phone, shown)}
    ${others.map((other) => html`<p class="other"><button class="btn wide" @click=${() => phone.pick(other)}>Ballot ${other.number} is ${other.state} too</button></p>`)}
  </section>`;
}

/** The parts of a ballot that are the same for a stamped one. */
export function frameOf(phone: Phone): Frame {
  return {
    question,
    meaning,
    rule: (ballot) => rule(phone, ballot),
    afterwards: afterwards(phone),
    moreTime: (ballot) => moreTime(phone, ballot),
  };
}

function afterwards(phone: Phone): string {
  return phone.kiosk?.afterwards ?? "The result comes here after the close. You need do nothing more.";
}

function question(ballot: Ballot): TemplateResult {
  const purpose = PURPOSE[ballot.purpose];
  return html`<p class="tag">Ballot ${ballot.number}${ballot.passage ? html` · <b class="ref">${ballot.passage}</b>` : nothing}</p>
    <h1 id="question">${withRefs(ballot.question)}</h1>
    ${purpose ? html`<p class="notice">${purpose}</p>` : nothing}`;
}

/** What each answer does to the text. */
function meaning(ballot: Ballot, motion: Motion | undefined): TemplateResult {
  return html`<dl class="effects">${ballot.options
    .filter((option) => option.effect)
    .map(
      (option) =>
        html`<div><dt>${option.label}:</dt> <dd id="effect-${option.key}">${option.effect}</dd></div>`,
    )}</dl>
    ${motion && motion.segments.length > 0 ? readBoth(motion) : nothing}`;
}

/** Where this delegate is counted, the rule that decides, and how far the vote is a secret. */
function rule(phone: Phone, ballot: Ballot): TemplateResult {
  const counted = phone.vote(ballot)?.counted;
  return html`${counted ? html`<p class="box"><b>${counted}</b></p>` : nothing}
    <p class="box">${ballot.rule}${typeof ballot.quorum === "string" ? ` ${ballot.quorum}` : ""}</p>
    <p class="box">${TRUST[ballot.trust]}${ballot.cards ? html` <a href="/ballots/${ballot.number}">The roll of cards</a>` : nothing}</p>`;
}

function readBoth(motion: Motion): TemplateResult {
  return html`<details><summary>Read both</summary>
    <p class="changed">${changedText(motion.segments)}</p>
    ${motion.english ? html`<p class="quiet">${motion.english}</p>` : nothing}
    ${motion.before ? html`<h2>As it stands</h2><p>${motion.before}</p>` : nothing}
    ${motion.text ? html`<h2>As moved</h2><p>${motion.text}</p>` : nothing}</details>`;
}

function waiting(phone: Phone, ballot: Ballot): TemplateResult {
  const vote = phone.vote(ballot);
  if (vote?.voted) return inTheBox(phone, ballot);
  return html`${question(ballot)} ${meaning(ballot, phone.motion(ballot))}
    <p class="notice" role="status">${ballot.state === "open" ? openWithout(ballot, vote) : announced(ballot, vote)}</p>
    ${rule(phone, ballot)}`;
}

function announced(ballot: Ballot, vote: Vote | undefined): string {
  if (ballot.trust === "hands") return "Announced. Raise your hand when the chair asks for it.";
  if (vote && !vote.entitled) return `Announced. ${vote.why ?? "You have no vote in this ballot."}`;
  return "Announced. You can vote here as soon as the chair opens it.";
}

function openWithout(ballot: Ballot, vote: Vote | undefined): string {
  if (ballot.trust === "hands") return "Open now. Raise your hand when the chair asks for it.";
  return vote?.why ?? "You have no vote in this ballot. The clerk can tell you why.";
}

function inTheBox(phone: Phone, ballot: Ballot): TemplateResult {
  return html`<p class="tag">Ballot ${ballot.number}${ballot.passage ? html` · <b class="ref">${ballot.passage}</b>` : nothing}</p>
    <h1 id="question" class="in" tabindex="-1">Your vote is in</h1>
    <p>${withRefs(ballot.question)}</p>
    <p class="quiet" role="status">${afterwards(phone)}</p>`;
}

function paperPart(phone: Phone, paper: Paper): TemplateResult {
  const { ballot } = paper;
  if (paper.state === "in") return inTheBox(phone, ballot);
  return html`${question(ballot)} ${meaning(ballot, paper.motion)}
    <form @submit=${(event: Event) => cast(event, phone)}>
      <fieldset class="options" aria-labelledby="question" ?disabled=${paper.state === "sending" || paper.state === "overtaken"}>
        ${isFurther(ballot) ? furtherFields(paper, phone.redraw) : answers(phone, paper)}
      </fieldset>
      <p class="sentence" role="status">${paper.sentence ?? ""}</p>
      ${paper.state === "overtaken" ? aside(phone) : castButton(paper)}
    </form>
    ${paper.state === "overtaken" ? nothing : html`${rule(phone, ballot)}${moreTime(phone, ballot)}`}`;
}

function answers(phone: Phone, paper: Paper): TemplateResult[] {
  return paper.ballot.options.map(
    (
      option,
    ) => html`<label class="option"><input type="radio" name="choice" value=${option.key} aria-describedby=${option.effect ? `effect-${option.key}` : nothing}
      ?checked=${paper.choice === option.key} @change=${() => phone.choose(option.key)} />${option.label}</label>`,
  );
}

function castButton(paper: Paper): TemplateResult {
  const further = isFurther(paper.ballot);
  const label =
    paper.state === "sending"
      ? "On its way"
      : paper.choice
        ? `Put it in the box${paper.chosen ? `: ${paper.chosen}` : ""}`
        : further
          ? "Fill in your paper first"
          : "Choose an answer first";
  return html`<div class="cast">${further ? html`<p class="says num" role="status">${paper.says}</p>` : nothing}
    <button class="btn main wide" aria-disabled=${paper.state !== "filled"}>${label}</button></div>`;
}

function aside(phone: Phone): TemplateResult {
  return html`<button type="button" class="btn wide" @click=${() => phone.putAside()}>See what goes on now</button>`;
}

function moreTime(phone: Phone, ballot: Ballot): TemplateResult {
  return phone.asked.has(ballot.id)
    ? html`<p role="status">The chair has been told that somebody needs more time.</p>`
    : html`<p><button class="btn bare" @click=${() => void phone.needTime(ballot)}>I need more time</button></p>`;
}

/** The button that was pressed is gone once the vote is in: the focus goes to the sentence that says so. */
async function cast(event: Event, phone: Phone): Promise<void> {
  event.preventDefault();
  const pressed = document.activeElement;
  await phone.cast();
  const lost = document.activeElement === document.body || document.activeElement === pressed;
  if (lost) document.querySelector<HTMLElement>("h1.in")?.focus();
}

/** Sparse announcements of the time that is left, for those who cannot see the countdown. */
export function timeWarning(ballot: Ballot | undefined, now: number): string {
  if (ballot?.state !== "open" || !ballot.deadline || ballot.trust === "hands") return "";
  return spokenTime(secondsUntil(ballot.deadline, now), [60, 20]);
}
