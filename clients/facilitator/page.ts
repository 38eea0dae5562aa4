// The table laptop as one page: head, passage, draft and own points, other tables, foot.
import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import type { Item } from "../shared/entities.ts";
import { clock, number, plannedTime, secondsUntil, spokenTime, timeLeft } from "../shared/words.ts";
import { bringButton, bringPanel } from "./bring.ts";
import { capture, readBack } from "./capture.ts";
import { isEmpty } from "./draft.ts";
import { echoColumn } from "./echo.ts";
import { erasedPage, obstacle, ordered } from "./erasing.ts";
import { helpHead } from "./help.ts";
import { hint, shortcut } from "./keyed.ts";
import { keyList } from "./keys.ts";
import type { Laptop } from "./laptop.ts";
import { ownList } from "./own.ts";
import { passageColumn } from "./passage.ts";

/** The page. */
export function page(laptop: Laptop): TemplateResult {
  if (laptop.live.connection === "ended") return turnedAway(laptop);
  if (laptop.memory.erased) return erasedPage(laptop);
  const { round } = laptop.facts;
  const typing = round !== undefined || !isEmpty(laptop.draft);
  const classes = classMap({ laptop: true, reading: laptop.reading && typing, between: !typing });
  return html`<div class=${classes}>
    ${head(laptop)}
    ${laptop.reading && typing ? readBack(laptop) : nothing}
    ${typing ? passageColumn(laptop) : nothing}
    <div class="middle">
      ${bringPanel(laptop)}
      ${laptop.facts.event?.elsewhere ? html`<p class="warn" role="status">${laptop.facts.event.elsewhere} What you type is kept here and sent to it.</p>` : nothing}
      ${ordered(laptop) && obstacle(laptop) ? html`<p class="warn" role="status">${obstacle(laptop)}</p>` : nothing}
      ${round ? nothing : whatGoesOn(laptop)} ${typing ? capture(laptop) : html`<p role="status">${laptop.notice}</p>`} ${ownList(laptop)}
    </div>
    ${typing ? echoColumn(laptop) : nothing} ${laptop.keysOpen ? keyList(laptop) : nothing} ${foot(laptop)}
  </div>`;
}

function turnedAway(laptop: Laptop): TemplateResult {
  return html`<div class="alone"><h1>This laptop is not signed in</h1>
    <p>${laptop.live.sentence ?? "Its sign-in has ended."} What was typed is kept on this laptop: ${number(laptop.outbox.keptHere)} not yet at the centre.</p>
    <p><a class="btn main" href="/">Sign in</a> ${bringButton(laptop)}</p>${bringPanel(laptop)}</div>`;
}

function head(laptop: Laptop): TemplateResult {
  const { table, round, track, event } = laptop.facts;
  const left = round ? timeLeft(round, laptop.live.now()) : null;
  const tracks = event?.features.tracks && track ? `${track.name} · ` : "";
  return html`<header class="head hall">
    <h1>${table === null ? "Table laptop" : `Table ${table}`}</h1>
    <p>${tracks}${round ? round.title : (event?.name ?? "")}${laptop.passage && round ? html` · <span class="ref">${laptop.passage.ref}</span>` : nothing}</p>
    ${event?.rehearsal ? html`<p class="rehearsing">REHEARSAL</p>` : nothing}
    ${round?.progress === "waiting" && !left ? html`<p class="time soon">about to start</p>` : nothing}
    ${left ? html`<p class="time num">${round?.deadline ? nothing : html`<small>paused</small> `}<time>${left}</time><span class="visually-hidden"> left</span></p>` : nothing}
    <p class="visually-hidden" role="status">${round?.deadline ? spokenTime(secondsUntil(round.deadline, laptop.live.now()), [300, 60]) : ""}</p>
    ${helpHead(laptop)}
  </header>`;
}

function whatGoesOn(laptop: Laptop): TemplateResult {
  const { now, next, event } = laptop.facts;
  if (event?.phase === "after") return itIsOver(laptop);
  return html`<section class="now" aria-labelledby="now-title">
    <h2 id="now-title">Now</h2>
    <p class="big">${now ? now.title : "The event has not started yet."}</p>
    ${now ? html`<p>${sentenceFor(now)}</p>` : nothing}
    ${isEmpty(laptop.draft) ? nothing : html`<p class="warn">You have a draft. Send it now: the centre takes it all the same.</p>`}
    ${next ? html`<h2>Next</h2><p>${plannedTime(next.planned) ? html`<time>${plannedTime(next.planned)}</time> · ` : nothing}${next.title}</p>` : nothing}
  </section>`;
}

function itIsOver(laptop: Laptop): TemplateResult {
  const kept = laptop.outbox.keptHere;
  return html`<section class="now" aria-labelledby="now-title">
    <h2 id="now-title">Now</h2>
    <p class="big">The event is over. Thank you.</p>
    <p>${kept > 0 ? "Leave this page open until everything is at the centre." : "Everything that this laptop typed is at the centre."}</p>
  </section>`;
}

const SENTENCES: Record<Item["kind"], string> = {
  opening: "Nothing to type. When the first round starts, its passage appears here.",
  round: "The round has ended. You can still correct or withdraw what this table said.",
  themes:
    "The theme team shows what the tables said. Is something missing? Each delegate can say so on the phone.",
  ballot: "Ballots: delegates vote on their own phones; nobody votes for anybody else.",
  break: "A break. You can still correct or withdraw what this table said.",
  plenary: "The room listens. You can still correct or withdraw what this table said.",
  closing: "The end. Thank you. Leave this page open until everything is at the centre.",
};

function sentenceFor(item: Item): string {
  return SENTENCES[item.kind];
}

function foot(laptop: Laptop): TemplateResult {
  const { outbox, live, facts } = laptop;
  const away = live.connection === "away" && live.now() - (live.awaySince ?? 0) > 2_000;
  const zone = facts.event?.zone;
  return html`<footer class=${classMap({ foot: true, away })}>
    <p class="num"><b>${number(outbox.typed)} typed · ${number(outbox.atCentre)} at the centre · ${number(outbox.keptHere)} kept here</b></p>
    <p class="num">${away ? offline(laptop) : outbox.lastArrived ? html`<span class="quiet">last arrived <time>${clock(outbox.lastArrived, zone, true)}</time></span>` : nothing}</p>
    ${laptop.memory.shortfall ? html`<p class="warn shortfall">${laptop.memory.shortfall}</p>` : nothing}
    ${laptop.memory.opensAlone && !away ? html`<p class="quiet">Opens without the network.</p>` : nothing}
    <p class="visually-hidden" role="status">${laptop.memory.offline.newer ? "A newer page is here." : ""}</p>
    ${laptop.memory.offline.newer ? newerPage(laptop) : nothing}
    ${laptop.writing.elsewhere ? nothing : html`<button class="btn small" aria-keyshortcuts=${shortcut("hand")} @click=${() => void laptop.writing.handOver()}>Hand over ${hint("hand")}</button>`}
    ${bringButton(laptop)}
    <button class="btn small" aria-expanded=${laptop.keysOpen} aria-keyshortcuts=${shortcut("keys")} @click=${() => laptop.toggle("keysOpen")}>Keys ${hint("keys")}</button>
  </footer>`;
}

/** Nothing is reloaded under somebody who types: the newer page waits until they are done and say so. */
function newerPage(laptop: Laptop): TemplateResult {
  const words = "A newer page is here. It comes when this page is opened again; what was typed stays.";
  if (!isEmpty(laptop.draft)) return html`<p class="newer">${words}</p>`;
  return html`<p class="newer">${words} <button class="btn small" @click=${() => location.reload()}>Open it now</button></p>`;
}

function offline(laptop: Laptop): TemplateResult {
  const since = clock(laptop.live.awaySince ?? laptop.live.now(), laptop.facts.event?.zone);
  const where = laptop.outbox.once.size > 0 ? "in one place on this laptop" : "on this laptop";
  return html`No connection since <time>${since}</time>. Go on typing: everything is kept ${where} and sent when the centre is back.`;
}
