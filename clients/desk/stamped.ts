// A stamped ballot at the desk: its numbers, the ballot box, what everybody can check, and the tellers' part.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Me } from "../shared/entities.ts";
import { count, inFours, number } from "../shared/words.ts";
import type { DeskBallot } from "./ballots.ts";
import { keyHint, shortcut } from "./keys.ts";
import type { Page } from "./page.ts";
import { button, refusal, typed } from "./parts.ts";

const written = new Map<string, string>();

function holds(page: Page, role: string): boolean {
  return page.view.all<Me>("me")[0]?.roles.includes(role) ?? false;
}

/** "3 have no stamp · 12 have not voted", and what fails; never how anybody voted. */
export function standingNumbers(ballot: DeskBallot): TemplateResult | typeof nothing {
  if (typeof ballot.not_voted !== "number" || ballot.trust !== "stamped") return nothing;
  const without = ballot.without_stamp ?? 0;
  const failing = ballot.failing ?? 0;
  const out = ballot.papers_out ?? 0;
  const parts = [`${count(without, "delegate")} ${without === 1 ? "has" : "have"} no stamp`];
  if (ballot.state === "open")
    parts.push(`${number(ballot.not_voted)} ${ballot.not_voted === 1 ? "has" : "have"} not voted`);
  return html`<p class="quiet num">${parts.join(" · ")}</p>
    ${failing > 0 ? html`<p class="warn num">${count(failing, "device")} cannot put a vote into the box yet</p>` : nothing}
    ${out > 0 ? html`<p class="warn num">${count(out, "paper")} ${out === 1 ? "is" : "are"} out</p>` : nothing}
    ${ballot.box_trouble ? html`<p class="notice bad">${ballot.box_trouble}</p>` : nothing}`;
}

function field(page: Page, ballot: DeskBallot, name: string, label: string): TemplateResult {
  const key = `${name}-${ballot.id}`;
  const set = (event: Event) => {
    written.set(key, typed(event));
    page.soon();
  };
  return html`<label class="field" for=${key}><span>${label}</span>
    <input id=${key} autocomplete="off" .value=${asTyped(written.get(key) ?? "")} @input=${set}></label>`;
}

const said = (ballot: DeskBallot, name: string) => written.get(`${name}-${ballot.id}`) ?? "";

/** Once closing was refused because some still wait: closing all the same, with the reason on record. */
export function closingAnyway(
  page: Page,
  ballot: DeskBallot,
  place: string,
): TemplateResult | typeof nothing {
  if (ballot.state !== "open" || ballot.trust === "hands" || !holds(page, "chair")) return nothing;
  const waiting = [ballot.failing, ballot.need_time, ballot.papers_out];
  if (!waiting.some((number) => (number ?? 0) > 0)) return nothing;
  const data = () => ({ ballot: ballot.id, reason: said(ballot, "close") });
  return html`<details><summary>Close it although some still wait</summary>
    ${field(page, ballot, "close", "Why, for the record")}
    ${button(page, { place, label: `Close ballot ${ballot.number} all the same`, type: "close-ballot", data, look: "small", done: "The ballot is closed." })}</details>`;
}

/** A ballot that can be held again as a new one; both stay on record. */
export function again(page: Page, ballot: DeskBallot, place: string): TemplateResult | typeof nothing {
  const due = ballot.state === "void" || ballot.doubtful === true;
  const done = page.view.all<DeskBallot>("ballot").some((other) => other.again_of === ballot.id);
  if (!due || done || !holds(page, "chair")) return nothing;
  const data = { ballot: ballot.id, item: page.newId() };
  return button(page, {
    place,
    label: "Run it again",
    type: "run-again",
    data,
    look: "small",
    done: "It is drafted again.",
  });
}

function certifying(page: Page, ballot: DeskBallot, place: string): TemplateResult | typeof nothing {
  if (ballot.state !== "provisional" || (ballot.certified ?? 0) >= 2) return nothing;
  const data = { ballot: ballot.id };
  return html`<p>${ballot.certified === 1 ? "One teller has certified the result; a second one has to do so too." : "Two tellers certify the result, each on their own sign-in."}</p>
    <p class="quiet">Compare root and numbers with what the ballot box shows. It publishes itself in time, certified or not.</p>
    ${holds(page, "teller") ? button(page, { place, label: "Certify the result", type: "certify-result", data, done: "You have certified the result." }) : nothing}`;
}

function replacing(page: Page, ballot: DeskBallot, place: string): TemplateResult | typeof nothing {
  if (ballot.state !== "announced" && ballot.state !== "open") return nothing;
  const data = () => ({ ballot: ballot.id, delegate: said(ballot, "who"), reason: said(ballot, "lost") });
  return html`<details><summary>Replace the stamp of a lost device</summary>
    ${field(page, ballot, "who", "Delegate, as on the badge")}${field(page, ballot, "lost", "What happened, for the record")}
    ${button(page, { place, label: "Replace the stamp", type: "replace-stamp", data, look: "small", done: "Kept. It takes two tellers." })}
    <p class="quiet">Two tellers do this, each on their own sign-in. It is published with the result.</p></details>`;
}

function voiding(page: Page, ballot: DeskBallot, place: string): TemplateResult | typeof nothing {
  if (!["announced", "open", "closed"].includes(ballot.state)) return nothing;
  const data = () => ({ ballot: ballot.id, reason: said(ballot, "void") });
  return html`<details><summary>Declare it void</summary>${field(page, ballot, "void", "Why, for the record")}
    ${button(page, { place, label: `Void ballot ${ballot.number}`, type: "void-ballot", data, look: "small", done: "Kept. It takes two tellers." })}
    <p class="quiet">Two tellers do this, each on their own sign-in, and only before any total can be known.</p></details>`;
}

const BEGUN: Record<string, string> = {
  void: "One teller has asked for this ballot to be declared void; it takes a second one.",
  replace: "One teller has asked for a stamp to be replaced; it takes a second one.",
};

function tellers(page: Page, ballot: DeskBallot, place: string): TemplateResult {
  const waiting = (ballot.begun ?? []).flatMap((deed) => BEGUN[deed] ?? []);
  return html`${waiting.map((sentence) => html`<p class="notice">${sentence}</p>`)}${certifying(page, ballot, place)}
    ${holds(page, "teller") ? html`${replacing(page, ballot, place)}${voiding(page, ballot, place)}` : nothing}`;
}

/** What everybody can hold the count against, and what the tellers do together. */
export function stampedPart(page: Page, ballot: DeskBallot, place: string): TemplateResult | typeof nothing {
  if (ballot.trust !== "stamped") return nothing;
  const { board } = ballot;
  const key = board?.keys_hash ?? ballot.stamping?.keys_hash;
  return html`<details class="checks"><summary>To check it by</summary><dl>
      ${key ? html`<dt>Key</dt><dd class="hex">${inFours(key)}</dd>` : html`<dt>Key</dt><dd>made at the announcement</dd>`}
      ${board ? html`<dt>Root of the board</dt><dd class="hex">${inFours(board.root)}</dd>` : nothing}</dl></details>
    ${board ? html`<p class="num">${count(board.cast, "paper")} on the board · ${count(board.issued, "stamp")} issued · ${number(board.replaced)} replaced</p>` : nothing}
    ${tellers(page, ballot, place)}`;
}

/** The way to the ballot's own page; a meeting of ballots alone does without. */
export function record(page: Page, ballot: DeskBallot): TemplateResult | typeof nothing {
  const plain = !Object.values(page.event?.features ?? {}).some(Boolean);
  if (plain || ballot.state === "draft") return nothing;
  return html`<p class="record"><a href="/ballots/${ballot.number}">What was done to this ballot</a></p>`;
}

const PRACTICE = "practice";

/** A ballot that decides nothing, up and open with one key: each morning, so that every device is tried. */
export function practice(page: Page): TemplateResult | typeof nothing {
  if (page.event?.phase !== "hall" || !holds(page, "chair")) return nothing;
  const run = async () => {
    const ballot = page.newId();
    const trust = page.event?.default_trust ?? "anonymised";
    const draft = {
      item: ballot,
      motion: null,
      question: "Practice: is it warm in here?",
      form: "for-against",
    };
    const steps: [string, object][] = [
      ["draft-ballot", { ...draft, trust, purpose: "practice" }],
      ["announce-ballot", { ballot }],
      ["open-ballot", { ballot }],
    ];
    for (const [type, data] of steps) if (!(await page.send(PRACTICE, type, data))?.ok) return;
    page.say("The practice ballot is open.");
  };
  return html`<div class="acts"><button type="button" class="btn" data-key="v" aria-keyshortcuts=${shortcut("v")}
      aria-disabled=${page.busy.has(PRACTICE)} @click=${run}>Practice ballot${keyHint("v")}</button></div>${refusal(page, PRACTICE)}`;
}
