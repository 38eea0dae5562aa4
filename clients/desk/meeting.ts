// A small meeting: one box for the question, one main button, the ballot and its result. Nothing else is on the page.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { keep, kept } from "../shared/remember.ts";
import { signOut } from "../shared/sign-out.ts";
import { number } from "../shared/words.ts";
import { commandOf, draftForm, EMPTY, WAYS } from "./ballot-draft.ts";
import { ballotCard, type DeskBallot, nextBallot } from "./ballots.ts";
import type { Page } from "./page.ts";
import { choices, refusal, typed } from "./parts.ts";

const PLACE = "question";
const asked = kept("question", { text: "", trust: "anonymised" });

function change(page: Page, part: Partial<typeof asked>): void {
  Object.assign(asked, part);
  keep("question", asked);
  page.redraw();
}

/** Draft, announce, open: three acts of the hub, one for the person who runs the meeting. */
async function ask(page: Page): Promise<void> {
  const item = page.newId();
  const draft = { ...EMPTY, options: [], question: asked.text, trust: asked.trust };
  const steps: [string, object][] = [
    ["draft-ballot", commandOf(draft, item, null)],
    ["announce-ballot", { ballot: item }],
    ["open-ballot", { ballot: item }],
  ];
  for (const [type, data] of steps) {
    const ack = await page.send(PLACE, type, data);
    if (!ack?.ok) return;
    if (type === "draft-ballot") change(page, { text: "" });
  }
  page.say("The ballot is open.");
}

function box(page: Page): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    void ask(page);
  };
  return html`<form class="ask" @submit=${submit}>
    <label class="field" for="question"><span>What do you ask the meeting?</span>
      <textarea id="question" rows="3" .value=${asTyped(asked.text)} @input=${(event: Event) => change(page, { text: typed(event) })}></textarea></label>
    ${choices("trust", "Voting", WAYS, asked.trust, (trust) => change(page, { trust }))}
    <p class="quiet">For, against or abstain; more than half of the votes cast carries it.</p>
    <button class="btn main" aria-disabled=${page.busy.has(PLACE)}>Open the vote</button>
    ${refusal(page, PLACE)}</form>`;
}

function earlier(page: Page, ballots: DeskBallot[]): TemplateResult | typeof nothing {
  if (ballots.length === 0) return nothing;
  return html`<details class="earlier"><summary>Earlier ballots (${ballots.length})</summary>
    <ul class="ballots">${ballots.map((ballot) => html`<li>${ballotCard(page, ballot)}</li>`)}</ul></details>`;
}

/** The whole page of a meeting. */
export function meeting(page: Page): TemplateResult {
  const all = page.view.all<DeskBallot>("ballot").sort((a, b) => b.number - a.number);
  const running = nextBallot(page);
  const last = running ? undefined : all.find((ballot) => ballot.result);
  const rest = all.filter((ballot) => ballot !== running && ballot !== last);
  const here = page.event?.present ?? 0;
  return html`<div class="meeting">
    <h1 class="visually-hidden">${page.event?.name ?? ""}</h1>
    <p class="quiet num">${here > 0 ? `${number(here)} may vote.` : "Nobody is written down who may vote yet."}
      <a href="/office">People and their sign-in cards</a></p>
    ${running ? ballotCard(page, running, true) : nothing}${last ? ballotCard(page, last) : nothing}
    ${running ? nothing : box(page)}
    <details class="more"><summary>Another kind of ballot</summary>${draftForm(page, null)}</details>
    ${earlier(page, rest)}
    ${signOut()}</div>`;
}
