// The kiosk as one page: its start, a visit, and what helps to hear and to see it.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { ballotPart } from "../delegate/ballot.ts";
import { away, top } from "../delegate/page.ts";
import { count } from "../shared/words.ts";
import { KEYS, type Keyboard } from "./keys.ts";
import { receiptPart } from "./receipt.ts";
import type { Station } from "./station.ts";
import type { Visit } from "./visit.ts";

/** The page. */
export function page(station: Station, keyboard: Keyboard): TemplateResult {
  const { event, live } = station;
  if (live.connection === "ended") return turnedAway();
  return html`${event?.rehearsal ? html`<p class="rehearsal">REHEARSAL</p>` : nothing}
    ${event?.elsewhere ? html`<p class="rehearsal">${event.elsewhere}</p>` : nothing}
    <div class="phone kiosk">${aids(station, keyboard)}${inside(station)}${keyList()}</div>
    <div class="curtain" aria-hidden="true"><p>The screen is off. F9 brings it back.</p></div>`;
}

function inside(station: Station): TemplateResult {
  const { visit, leaving } = station;
  if (leaving) return html`<section><h1 id="question">${leaving}</h1></section>`;
  if (!visit) return start(station);
  return visit.phone.event && visit.phone.me
    ? visiting(station, visit)
    : html`<section><p role="status">One moment.</p></section>`;
}

function turnedAway(): TemplateResult {
  return html`<div class="phone kiosk"><h1>This is no kiosk any more</h1>
    <p>Its sign-in has ended. A teller makes this browser a kiosk again.</p><p><a class="btn wide" href="/">Sign in</a></p></div>`;
}

function aids(station: Station, keyboard: Keyboard): TemplateResult {
  const { voice, looks } = station;
  const press = (label: string, key: string, act: () => void, on?: boolean) =>
    html`<button type="button" class="btn small" aria-pressed=${on ?? nothing} aria-keyshortcuts=${key} @click=${act}>${label} <kbd>${key}</kbd></button>`;
  const spoken = html`${press("Again", "F3", () => voice.again())}${press("Slower", "F6", () => voice.pace(-1))}
    ${press("Faster", "F7", () => voice.pace(1))}${press("Louder", "F8", () => voice.louder())}`;
  return html`<div class="aids" role="group" aria-label="Speech and screen">
    ${press("Speech", "F2", () => keyboard.toggleSpeech(), voice.on)}${voice.on ? spoken : nothing}
    ${press("Screen off", "F9", () => keyboard.toggle("curtain", "Screen off. Screen"), looks.curtain)}
    ${press("Larger type", "F10", () => keyboard.toggle("large", "Larger type"), looks.large)}
    ${press("High contrast", "F5", () => keyboard.toggle("contrast", "High contrast"), looks.contrast)}</div>`;
}

function keyList(): TemplateResult {
  return html`<details class="keys"><summary>Keys</summary><dl>${KEYS.map(
    ([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`,
  )}</dl></details>`;
}

function start(station: Station): TemplateResult {
  const { event, mute, sentence, open } = station;
  const begin = (submitted: Event) => {
    submitted.preventDefault();
    void station.begin();
  };
  const typed = (input: Event) => {
    station.typed = (input.target as HTMLInputElement).value;
  };
  return html`<section class="start"><p class="tag">${event?.name ?? ""}</p>
    <h1 id="question">Vote here</h1>
    ${open.length > 0 ? html`<p>${count(open.length, "ballot")} ${open.length === 1 ? "is" : "are"} open.</p>` : html`<p>No ballot is open just now.</p>`}
    <form @submit=${begin}><label for="code">Type the code of your badge, then press Enter</label>
      <p class="refused" role="alert" id="why">${sentence}</p>
      <input id="code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="why"
        .value=${asTyped(station.typed)} @input=${typed} />
      <button class="btn main wide" aria-disabled=${station.busy}>Begin</button></form>
    <p class="quiet">Ten letters and figures. Gaps and small letters do not matter. F2 turns on speech: put on the headphones.</p>
    <p class="lost" role="status">${station.away ? "The centre cannot be reached just now. This kiosk keeps trying by itself." : ""}</p>
    ${mute ? html`<p class="notice warn mute">This kiosk has no voice: its browser found none. For those who do not see, use another one. The runbook says what to install.</p>` : nothing}</section>`;
}

function visiting(station: Station, visit: Visit): TemplateResult {
  const { phone, done } = visit;
  const nothingUp = phone.ballots.length === 0 && phone.paper === null && phone.stamped.held === undefined;
  return html`${top(phone)} ${away(phone)} ${warning(visit)}
    ${nothingUp ? html`<section><h1 id="question">No ballot is up now</h1><p role="status">Wait here, or come back once the chair has announced one.</p></section>` : ballotPart(phone)}
    ${[...visit.receipts.values()].map((receipt) => receiptPart(receipt, () => void visit.showWords(receipt)))}
    <section class="finish"><p class="quiet">Signed in: ${phone.me?.name}. This kiosk keeps nothing of you.</p>
      <p><button type="button" class=${done ? "btn main wide" : "btn wide"} aria-disabled=${visit.casting}
        @click=${() => visit.casting || station.leave("You have finished.")}>${visit.casting ? "Wait: your vote is on its way" : "I have finished"}</button></p>${visit.stuck ? leaving(station) : nothing}</section>`;
}

/** Nobody has to stand there until something is mended; what it costs is said before. */
function leaving(station: Station): TemplateResult {
  return html`<p>If you leave now, your vote may not be in the box. Tell a teller then: two tellers can replace your stamp.</p>
    <p><button type="button" class="btn wide" @click=${() => station.leave("You have left before your vote was in.")}>Leave all the same</button></p>`;
}

/** Said in steps, so that nobody is talked over; any key gives more time. */
function warning(visit: Visit): TemplateResult {
  const left = visit.idle.left(visit.patience);
  const steps = left === null ? null : Math.ceil(left / 20) * 20;
  return html`<p class="notice warn idle" role="alert">${steps === null ? "" : `Are you still there? In ${steps} seconds this visit ends by itself, and what is not in the box is not cast. Any key gives you more time.`}</p>`;
}
