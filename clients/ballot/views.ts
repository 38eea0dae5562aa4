// A stamped ballot as a delegate sees it: getting ready, choosing, looking once more, on its way, in, on the list.
import { html, nothing, type TemplateResult } from "lit";
import { furtherFields } from "../delegate/further.ts";
import { isFurther } from "../delegate/paper.ts";
import type { Ballot, Motion, Vote } from "../shared/entities.ts";
import { toHex } from "./bytes.ts";
import { changesOf } from "./change.ts";
import type { Errand } from "./errand.ts";
import type { Hand } from "./hand.ts";
import type { StampedBallots } from "./phone.ts";

/** The parts of a ballot that are the same whatever its grade of trust. */
export interface Frame {
  question(ballot: Ballot): TemplateResult;
  meaning(ballot: Ballot, motion: Motion | undefined): TemplateResult;
  rule(ballot: Ballot): TemplateResult;
  /** What comes after a vote is in. */
  afterwards: string;
  moreTime(ballot: Ballot): TemplateResult;
}

/** A ballot that is announced or open, or a paper that was overtaken. */
export function stampedPart(
  all: StampedBallots,
  frame: Frame,
  ballot: Ballot,
  vote: Vote | undefined,
  motion: Motion | undefined,
): TemplateResult {
  const hand = all.hand(ballot);
  if (hand) return hand.reviewing ? review(all, frame, hand) : choosing(all, frame, hand);
  const errand = all.errand(ballot);
  const sent = errand && ["casting", "in", "late"].includes(errand.progress) && vote?.channel !== "paper";
  if (sent) return sentPart(frame, ballot, errand);
  return html`${frame.question(ballot)} ${changed(all, ballot)} ${frame.meaning(ballot, motion)}
    <p class="notice" role="status">${standing(all, ballot, vote, errand)}</p>
    ${frame.rule(ballot)} ${secrecy(all, ballot)}`;
}

function changed(all: StampedBallots, ballot: Ballot): unknown {
  const said = changesOf(ballot, all.memory);
  return said.length > 0 ? html`<p class="notice changes">${said.join(" ")}</p>` : nothing;
}

const STAMPED_ELSEWHERE: Record<string, string> = {
  device:
    "Your ballot was stamped on a device of yours: vote there. If it is lost, two tellers can replace its stamp.",
  kiosk:
    "You have used a kiosk for this ballot before. If it did not say that your vote is in, ask a teller.",
};

/** At a kiosk, before there is a paper to fill in. */
function standingAtKiosk(open: string, ballot: Ballot, vote: Vote | undefined): string {
  if (vote?.stamped) return `${open} ${STAMPED_ELSEWHERE[vote.channel ?? ""] ?? ""}`;
  return ballot.state === "open" ? "One moment." : `${open} You can vote here as soon as the chair opens it.`;
}

function standing(
  all: StampedBallots,
  ballot: Ballot,
  vote: Vote | undefined,
  errand: Errand | undefined,
): string {
  const open = ballot.state === "open" ? "Open now." : "Announced.";
  if (vote?.channel === "paper") return `${open} Your ballot was handed to you on paper: vote with that.`;
  if (!errand)
    return `${open} ${vote?.why ?? "You have no vote in this ballot. The clerk can tell you why."}`;
  if (errand.progress === "lost") return errand.sentence;
  if (all.late && errand.progress === "asking") return standingAtKiosk(open, ballot, vote);
  if (errand.progress === "ready") {
    return ballot.state === "open"
      ? "One moment."
      : "Ready. You can vote here as soon as the chair opens it.";
  }
  return `${open} ${errand.sentence || "Your ballot is being stamped. This takes a few seconds."}`;
}

/** What keeps it secret, in the two sentences of the organisers. */
function secrecy(all: StampedBallots, ballot: Ballot): TemplateResult {
  return html`<details><summary>How your vote stays secret</summary>
    <p>The registrar ticks your name and stamps your ballot through carbon paper without seeing it; ${all.late ? "this kiosk" : "your phone"} then takes the stamped ballot out of the envelope and drops it in the box with no name on it.</p>
    <p>After the close, four words let you find your vote on the public list, and anyone can recount that list.</p>
    <p class="quiet">Key of this ballot: <span class="hash">${ballot.stamping?.keys_hash ?? ""}</span></p></details>`;
}

function choosing(all: StampedBallots, frame: Frame, hand: Hand): TemplateResult {
  const { ballot } = hand;
  const over = hand.overtaken !== "";
  return html`${frame.question(ballot)} ${changed(all, ballot)} ${frame.meaning(ballot, hand.motion)}
    <form class="stamped" @submit=${(event: Event) => toReview(event, all, hand)}>
      <fieldset class="options" aria-labelledby="question" ?disabled=${over}>
        ${isFurther(ballot) ? furtherFields(hand, all.changed) : answers(all, hand)}
      </fieldset>
      <p class="sentence" role="status">${hand.overtaken || hand.asked}</p>
      ${
        over
          ? html`<button type="button" class="btn wide" @click=${() => all.putAside(ballot)}>See what goes on now</button>`
          : toCheck(hand)
      }
    </form>
    ${over ? nothing : html`${frame.rule(ballot)}${secrecy(all, ballot)}${frame.moreTime(ballot)}`}`;
}

function answers(all: StampedBallots, hand: Hand): TemplateResult[] {
  return hand.ballot.options.map(
    (
      option,
    ) => html`<label class="option"><input type="radio" name="choice" value=${option.key} aria-describedby=${option.effect ? `effect-${option.key}` : nothing}
      ?checked=${hand.choice === option.key} @change=${() => pick(all, hand, option.key)} />${option.label}</label>`,
  );
}

function toCheck(hand: Hand): TemplateResult {
  const further = isFurther(hand.ballot);
  const first = further ? "Fill in your paper first" : "Choose an answer first";
  return html`<div class="cast">${further ? html`<p class="says num" role="status">${hand.says}</p>` : nothing}
    <button class="btn main wide" aria-disabled=${hand.choice === null}>${hand.choice === null ? first : `Check your answer: ${hand.words}`}</button></div>`;
}

function pick(all: StampedBallots, hand: Hand, choice: string): void {
  hand.choose(choice);
  all.changed();
}

function review(all: StampedBallots, frame: Frame, hand: Hand): TemplateResult {
  const { ballot, chosen } = hand;
  return html`<p class="tag">Ballot ${ballot.number}</p>
    <h1 id="question" tabindex="-1">You vote: ${hand.words}</h1>
    ${hand.says ? html`<p>${hand.says}</p>` : nothing}
    <p>${ballot.question}</p>
    ${chosen?.effect ? html`<p class="box">${chosen.effect}</p>` : nothing}
    <p>A vote in the box is final: nobody can change it or take it back.</p>
    <p class="sentence" role="status">${hand.overtaken || (hand.sending ? all.errand(ballot)?.sentence : "")}</p>
    ${
      hand.overtaken
        ? html`<button class="btn wide" @click=${() => all.putAside(ballot)}>See what goes on now</button>`
        : html`<p class="cast"><button class="btn main wide" aria-disabled=${hand.sending} @click=${() => confirm(all, hand)}>${hand.sending ? "On its way" : `Put it in the box: ${hand.words}`}</button></p>
      <p><button class="btn wide" @click=${() => back(all, hand)}>Choose again</button></p>`
    }
    ${frame.moreTime(ballot)}`;
}

/** The page has turned because of what the delegate pressed: the focus goes to where its news begins. */
function toReview(event: Event, all: StampedBallots, hand: Hand): void {
  event.preventDefault();
  hand.asked = hand.choice === null ? hand.lacking : "";
  hand.reviewing = hand.choice !== null;
  all.changed();
  if (hand.reviewing) document.querySelector<HTMLElement>("#question")?.focus();
}

function back(all: StampedBallots, hand: Hand): void {
  hand.reviewing = false;
  all.changed();
  document.querySelector<HTMLElement>("form.stamped :is(input:checked, .mark select, .mark input)")?.focus();
}

async function confirm(all: StampedBallots, hand: Hand): Promise<void> {
  const pressed = document.activeElement;
  const sent = all.confirm(hand);
  await Promise.resolve();
  await sent;
  const lost = document.activeElement === document.body || document.activeElement === pressed;
  if (lost) document.querySelector<HTMLElement>("#question")?.focus();
}

const HEADINGS = {
  casting: "Your vote is on its way",
  in: "Your vote is in",
  late: "Your vote is not confirmed",
};

function sentPart(frame: Frame, ballot: Ballot, errand: Errand): TemplateResult {
  const heading = HEADINGS[errand.progress as keyof typeof HEADINGS];
  const plainly =
    errand.progress === "in"
      ? frame.afterwards
      : "It is kept here until the box has it: leave this page open.";
  return html`<p class="tag">Ballot ${ballot.number}</p>
    <h1 id="question" class=${errand.progress} tabindex="-1">${heading}</h1>
    <p>${ballot.question}</p>
    <p role="status">${errand.sentence || plainly}</p>
    ${errand.progress === "casting" ? frame.moreTime(ballot) : nothing}`;
}

/** After the close, beside the result: whether the own vote is on the list, and the words by which it is found. */
export function checkPart(all: StampedBallots, ballot: Ballot): unknown {
  const errand = all.errand(ballot);
  if (!errand?.kept?.leaf) return nothing;
  if (errand.sentence) return alarm(errand);
  if (!errand.kept.found) return html`<p role="status">Your vote is in.</p>`;
  const shown = all.shown.get(ballot.id);
  return html`<p role="status"><b>Your vote is on the list.</b></p>
    <details><summary>Check with four words</summary>
      <p>On the <a href=${listOf(ballot)}>public list</a> four words stand for each vote. Words that this phone shows prove nothing to anybody: it shows yours, or those of any other vote.</p>
      <p><button class="btn wide" @click=${() => all.showWords(ballot, null)}>Show my words</button></p>
      ${ballot.options.map(
        (option) =>
          html`<p><button class="btn wide" @click=${() => all.showWords(ballot, option.key)}>Show words of a vote: ${option.label}</button></p>`,
      )}
      <p class=${shown ? "words notice" : "words"} role="status">${shown ? (shown.words ? html`<b>${shown.words}</b> · ${shown.choice}` : "There is no such vote on the list, or it cannot be had just now.") : ""}</p>
    </details>`;
}

/** The list for people, beside the file. */
function listOf(ballot: Ballot): string {
  return (ballot.board?.url ?? "/").replace(/\.json$/, "");
}

function alarm(errand: Errand): TemplateResult {
  const { receipt, leaf, found } = errand.kept ?? {};
  const grave = found === "missing" || found === "other-list";
  return html`<p class=${grave ? "lost" : "notice"} role="alert">${errand.sentence}</p>
    ${
      grave && receipt && leaf
        ? html`<details><summary>The receipt</summary><p class="hash">Paper ${toHex(leaf)}</p><p class="hash">Signed by the box: ${receipt}</p></details>`
        : nothing
    }`;
}
