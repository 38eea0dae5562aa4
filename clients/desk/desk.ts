// The chair's desk as one page: running order, main button, tables or ballots, and the cards at the side.
import { html, nothing, type TemplateResult } from "lit";
import { openCalls } from "../shared/calls.ts";
import { itemsOf, nowAndNext } from "../shared/programme.ts";
import { signOut } from "../shared/sign-out.ts";
import { dayOf, expectedEnd, lateOf, weekday } from "../shared/timetable.ts";
import { number } from "../shared/words.ts";
import { backlog } from "./backlog.ts";
import { balance, balanceLine } from "./balance.ts";
import { draftForm } from "./ballot-draft.ts";
import { ballotList, nextBallot, nextCard } from "./ballots.ts";
import { confidenceCard } from "./confidences.ts";
import { helpAlarm, helpCard } from "./help.ts";
import { keyList, shortcut } from "./keys.ts";
import { kiosks } from "./kiosks.ts";
import { meeting } from "./meeting.ts";
import { missing, missingPoints } from "./missing.ts";
import { order } from "./order.ts";
import type { Page } from "./page.ts";
import { connection, speaker, strips, turnedAway } from "./parts.ts";
import { questionCard } from "./questions.ts";
import { screens } from "./screens.ts";
import { choose, look, type Middle, trackOf } from "./state.ts";
import { stepCard } from "./step.ts";
import { tables } from "./tables.ts";
import { hubTrouble } from "./trouble.ts";
import { voteOrders } from "./vote-order.ts";

/** A ballot that is up stands above the calls for help; those that wait too long are told in a strip over all. */
function urgent(page: Page): TemplateResult {
  const up = nextBallot(page)?.state ?? "draft";
  const told = confidenceCard(page);
  return up === "draft"
    ? html`${told}${helpCard(page)}${nextCard(page)}`
    : html`${nextCard(page)}${told}${helpCard(page)}`;
}

/** What Alt does on the chair's desk, with which key at first. */
export const DESK_KEYS: [key: string, does: string][] = [
  ["z", "take the last step back"],
  ["5", "five minutes more"],
  ["p", "pause the timer, and go on"],
  ["t", "tables"],
  ["l", "tables as a list, and as a map"],
  ["u", "put the tables to look at on top of the list"],
  ["b", "ballots"],
  ["o", "the order of votes"],
  ["m", "missing points"],
  ["v", "a practice ballot, open at once"],
  ["k", "this list"],
];

function forecast(page: Page): TemplateResult | typeof nothing {
  const track = trackOf(page);
  if (!track) return nothing;
  const { now } = nowAndNext(page.view, track);
  const late = lateOf(track, now);
  const end = expectedEnd(dayOf(itemsOf(page.view, track.id), now), late);
  if (!end) return nothing;
  return html`<span class="forecast">ends about <b class="num">${end}</b>${late > 0 ? html` <span class="late num">${late} min late</span>` : nothing}</span>`;
}

function head(page: Page): TemplateResult {
  const { event } = page;
  const { now } = nowAndNext(page.view, trackOf(page));
  return html`<header class="bar"><b class="name">${event?.name ?? "Desk"}</b>
    <span>${weekday(now?.day)}</span>
    ${event && !isPlain(page) ? html`<span class="num">${number(event.present)} of ${number(event.entitled)} present</span>` : nothing}
    ${isPlain(page) ? nothing : html`${balanceLine(page)}${forecast(page)}`}${connection(page)}</header>`;
}

function tab(page: Page, name: Middle, label: unknown, key: string): TemplateResult {
  const on = look().middle === name;
  return html`<button type="button" class="tab" aria-pressed=${on} data-key=${key} aria-keyshortcuts=${shortcut(key)}
    @click=${() => choose(page, { middle: name })}>${label}</button>`;
}

function middle(page: Page): TemplateResult {
  const open = missingPoints(page).filter((one) => one.state === "open").length;
  const views: Record<Middle, () => TemplateResult> = {
    tables: () => tables(page),
    ballots: () =>
      html`<div class="ballot-desk">${draftForm(page, trackOf(page)?.id ?? null)}${ballotList(page)}</div>`,
    order: () => voteOrders(page),
    missing: () => missing(page),
  };
  return html`<section class="middle" aria-label="In the room" data-home tabindex="-1">
    <div class="tabs">${tab(page, "tables", "Tables", "t")}${tab(page, "ballots", "Ballots", "b")}
      ${tab(page, "order", "Order of votes", "o")}
      ${tab(page, "missing", html`Missing points${open > 0 ? html` <b class="num">${number(open)}</b>` : nothing}`, "m")}</div>
    ${views[look().middle]()}</section>`;
}

function whole(page: Page): TemplateResult {
  return html`<div class="desk"><div class="left">${order(page)}</div>
    <div class="centre">${stepCard(page)}${middle(page)}</div>
    <aside class="right" aria-label="Help calls, ballot, screens, themes, balance">${urgent(page)}${screens(page)}${kiosks(page)}
      ${questionCard(page)}${page.event?.features.themes ? backlog(page) : nothing}${balance(page)}</aside></div>`;
}

/** True for a meeting that uses no part of the house but its ballots. */
function isPlain(page: Page): boolean {
  const features = page.event?.features;
  return features !== undefined && !Object.values(features).some(Boolean);
}

/** The page. */
export function desk(page: Page): TemplateResult {
  if (page.live.connection === "ended") return turnedAway(page);
  if (!page.event) return html`<p class="waiting">Asking the centre what goes on.</p>`;
  return html`${strips(page)}${hubTrouble(page)}${head(page)}${helpAlarm(page, openCalls(page.view))}
    ${isPlain(page) ? meeting(page) : html`${whole(page)}<footer class="foot">${keyList(page, [["Alt ↵", "the main button: the next step"]])}${signOut()}</footer>`}
    ${speaker(page)}`;
}
