// Help calls as whoever answers them reads them: oldest first, for how long they have waited, two buttons each.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import {
  type Cry,
  type HelpCall,
  isOverdue,
  madeInWords,
  openCalls,
  waited,
  waitInWords,
} from "../shared/calls.ts";
import { clock, count, list, number } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { button, part, refusal } from "./parts.ts";

/** Calls whose alarm has been said aloud once. */
const said = new Set<string>();

function overdue(page: Page, call: HelpCall): boolean {
  return isOverdue(call, page.event?.help_alarm_seconds, page.now);
}

function cryLine(page: Page, cry: Cry): TemplateResult {
  const made = madeInWords(cry, page.event?.zone);
  return html`<p class=${cry.back ? "gone" : ""}>${cry.private ? html`<b class="private">Private</b> ` : nothing}<b>${cry.reason}</b>${cry.words ? html` · ${cry.words}` : nothing}
    <span class="quiet num">${made}${cry.back ? ", taken back" : ""}</span></p>`;
}

/** One call with what can be done about it; closing stays in its place, so that a second tap closes nothing. */
export function callCard(page: Page, call: HelpCall, small = false): TemplateResult {
  const look = (usual: "" | "main") => (small ? "small" : usual);
  const place = `call ${call.id}`;
  const late = overdue(page, call);
  const wait = waitInWords(waited(call, page.now));
  const state =
    call.state === "seen"
      ? html`<p class="num">Seen by ${call.seen_by ?? "the desk"} ${clock(call.seen ?? call.called, page.event?.zone)}, after ${wait}</p>`
      : html`<p class=${late ? "num alarm" : "num"}>${late ? "Waits too long: " : "Waits: "}${wait}</p>`;
  const done = (what: string) => `Table ${call.table}: ${what}.`;
  return html`<li class="call" data-home tabindex="-1"><h3>Table <span class="num">${call.table}</span></h3>${state}
    ${call.cries.map((cry) => cryLine(page, cry))}
    <p class="acts">${button(page, { place, label: `Close table ${call.table}`, type: "close-help", data: { call: call.id }, look: look(""), done: done("closed") })}
      ${call.state === "waiting" ? button(page, { place, label: "I am on my way", type: "acknowledge-help", data: { call: call.id }, look: look("main"), done: done("you are on the way") }) : nothing}</p>
    ${refusal(page, place)}</li>`;
}

/** A list of open calls, or a sentence that there are none. */
export function callList(page: Page, calls: HelpCall[], small = false): TemplateResult {
  if (calls.length === 0) return html`<p class="quiet">Nobody calls for help.</p>`;
  return html`<ol class="calls">${repeat(
    calls,
    (call) => call.id,
    (call) => callCard(page, call, small),
  )}</ol>`;
}

/** "Table 7 has waited too long for help", said once and shown as long as it is true. */
export function helpAlarm(page: Page, calls: HelpCall[]): TemplateResult | typeof nothing {
  const late = calls.filter((call) => overdue(page, call));
  if (late.length === 0) return nothing;
  const tables = list(late.map((call) => String(call.table)));
  const sentence = `${late.length === 1 ? "Table" : "Tables"} ${tables} ${late.length === 1 ? "has" : "have"} waited for help for too long.`;
  const fresh = late.filter((call) => !said.has(`${call.id} ${call.waits_since}`));
  if (fresh.length > 0) {
    for (const call of fresh) said.add(`${call.id} ${call.waits_since}`);
    queueMicrotask(() => page.say(sentence));
  }
  return html`<p class="strip num help-alarm">${sentence}</p>`;
}

/** The card at the side of the chair's desk; a desk that hears of no calls has none. */
export function helpCard(page: Page): TemplateResult | typeof nothing {
  if (!page.live.streams.audiences().includes("block:*")) return nothing;
  const calls = openCalls(page.view);
  const title = calls.length > 0 ? html`Help calls <b class="num">${number(calls.length)}</b>` : "Help calls";
  const unseen = calls.filter((call) => call.state === "waiting").length;
  const line =
    calls.length > 0
      ? html`<p class="num">${unseen > 0 ? `${count(unseen, "call")} not seen yet` : "Somebody is on the way to each."}</p>`
      : nothing;
  return part(
    "help-calls",
    title,
    html`${line}${callList(page, calls, true)}`,
    html`<a href="/block">By block</a>`,
  );
}
