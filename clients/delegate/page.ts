// The phone as one page: the vote first, then what goes on, results, the own table, documents.
import { html, nothing, type TemplateResult } from "lit";
import type { DocumentFacts } from "../shared/entities.ts";
import { signOut } from "../shared/sign-out.ts";
import { clock, minutesAndSeconds, secondsUntil } from "../shared/words.ts";
import { ballotPart, timeWarning } from "./ballot.ts";
import { confidencePart } from "./confidence.ts";
import { nowPart } from "./now.ts";
import { ordersPart } from "./orders.ts";
import type { Phone } from "./phone.ts";
import { newsPart, resultsPart } from "./result.ts";
import { missingPart, tablePart } from "./table.ts";

/** The page. */
export function page(phone: Phone): TemplateResult {
  const { live, event } = phone;
  if (live.connection === "ended") return turnedAway(phone);
  if (!event) return html`<div class="phone"><p class="first" role="status">${waitingWords(phone)}</p></div>`;
  const voting = phone.paper !== null || phone.ballot !== undefined;
  return html`<div class="phone">
    ${event.elsewhere || event.rehearsal ? html`<p class="rehearsal">${event.elsewhere || "REHEARSAL"}</p>` : nothing}
    ${top(phone)} ${away(phone)} ${ballotPart(phone)} ${newsPart(phone)} ${ordersPart(phone)} ${nowPart(phone, voting)}
    ${resultsPart(phone)} ${tablePart(phone)} ${missingPart(phone)} ${documents(phone)} ${confidencePart(phone)} ${foot(phone)}
  </div>`;
}

function waitingWords(phone: Phone): string {
  return phone.live.connection === "away"
    ? "No connection to the centre. This page keeps trying by itself: stay on the hall’s Wi-Fi."
    : "One moment.";
}

function turnedAway(phone: Phone): TemplateResult {
  return html`<div class="phone"><h1>You are not signed in</h1>
    <p>${phone.live.sentence ?? "Your sign-in has ended."}</p>
    <p><a class="btn main wide" href="/">Sign in</a></p></div>`;
}

/** Whose event it is, and how long is left. */
export function top(phone: Phone): TemplateResult {
  const { event, live } = phone;
  const ballot = phone.paper?.ballot.id
    ? phone.ballots.find((each) => each.id === phone.paper?.ballot.id)
    : phone.ballot;
  const seconds =
    ballot?.state === "open" && ballot.deadline && ballot.trust !== "hands"
      ? secondsUntil(ballot.deadline, live.now())
      : null;
  const seat = phone.table !== null && event?.features.seating !== false ? `Table ${phone.table}` : "";
  return html`<header class="top"><p>${event?.name}</p>
    <p class="num">${seconds === null ? seat : seconds > 0 ? html`closes in <time>${minutesAndSeconds(seconds)}</time>` : "closing now"}</p>
    <p class="visually-hidden" role="status">${timeWarning(ballot, live.now())}</p></header>`;
}

/** That the centre cannot be reached, in words. */
export function away(phone: Phone): unknown {
  const { live } = phone;
  const since = live.awaySince;
  const lost = live.connection === "away" && since !== null && live.now() - since > 3_000;
  return html`<p class="lost" role="status">${lost ? `No connection since ${clock(since, phone.event?.zone)}. This page keeps trying by itself.` : ""}</p>`;
}

function documents(phone: Phone): unknown {
  const found = phone.live.view.all<DocumentFacts>("document").sort((a, b) => a.position - b.position);
  if (found.length === 0) return nothing;
  return html`<nav aria-label="Documents"><h2>The documents</h2>
    <ul>${found.map((document) => html`<li><a href="/documents/${document.prefix}">${document.title}</a></li>`)}</ul></nav>`;
}

function foot(phone: Phone): TemplateResult {
  const { me } = phone;
  const who = me ? [me.name, me.delegation].filter(Boolean).join(", ") : "";
  return html`<footer class="quiet"><p><a href="/story">What became of our points</a></p><p>${who ? `Signed in: ${who}.` : nothing}</p>${signOut()}</footer>`;
}
