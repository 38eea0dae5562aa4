// What is going on now, for somebody who looks at the phone for three seconds.
import { html, nothing, type TemplateResult } from "lit";
import type { Ballot, Item, Passage, Theme, Track } from "../shared/entities.ts";
import { count, plannedTime, timeLeft } from "../shared/words.ts";
import type { Phone } from "./phone.ts";

const SENTENCES: Record<Item["kind"], string> = {
  opening: "The chair opens the meeting.",
  round: "Tables are talking. Tell your facilitator what you think.",
  themes: "The theme team has put the points together. Is yours missing? Say so below.",
  ballot: "The room is about to vote. The ballot appears here by itself.",
  break: "A break.",
  plenary: "The room listens.",
  closing: "The end of the day.",
};

function sentenceFor(item: Item, votes: Ballot[]): string {
  if (item.kind === "round" && item.progress === "waiting") return "The tables are about to talk about this.";
  if (item.kind === "round" && item.progress === "over")
    return "The round is over. The theme team reads what the tables said.";
  if (item.kind === "ballot" && votes[0]) {
    const there = votes[0].result !== null;
    return `The room has voted. The result ${there ? "stands on this page" : "comes here by itself"}.`;
  }
  if (item.kind === "themes" && item.progress === "waiting")
    return "The theme team is putting together what the tables said.";
  return SENTENCES[item.kind];
}

/** What goes on in the delegate's own track, else in each of them. */
export function nowPart(phone: Phone, quietly: boolean): TemplateResult {
  const tracks = phone.tracks;
  const over = phone.event?.phase === "after";
  const going = over ? [] : tracks.filter((track) => phone.nowIn(track).now);
  if (going.length === 0) return nothingOn(phone, quietly);
  return html`${going.map((track, at) => oneTrack(phone, track, tracks.length > 1, quietly || at > 0))}`;
}

function title(words: string, quietly: boolean): TemplateResult {
  return quietly ? html`<h2>${words}</h2>` : html`<h1>${words}</h1>`;
}

function nothingOn(phone: Phone, quietly: boolean): TemplateResult {
  if (quietly) return html``;
  const over = phone.event?.phase === "after";
  const next = over ? undefined : phone.tracks.map((track) => phone.nowIn(track).next).find(Boolean);
  return html`<section class="now">${title(over ? "The event is over" : "Nothing to do yet", false)}
    <p>${over ? "The results and the story of each point stay here." : "This page changes by itself when something starts. There is no need to reload it."}</p>
    ${comesNext(next)}</section>`;
}

function oneTrack(phone: Phone, track: Track, several: boolean, quietly: boolean): TemplateResult {
  const { now, next } = phone.nowIn(track);
  if (!now) return html``;
  const left = timeLeft(now, phone.live.now());
  const passages = phone.passagesOf(now);
  return html`<section class="now">
    <p class="tag"><span>${several || phone.event?.features.tracks ? track.name : "Now"}</span>
      ${left ? html`<span class="num">${now.deadline ? "" : "paused, "}<time>${left}</time> left</span>` : nothing}</p>
    ${title(now.title, quietly)}
    <p>${sentenceFor(
      now,
      phone.results.filter((ballot) => (ballot.closed ?? "") > (now.started ?? "")),
    )}</p>
    ${quietly ? nothing : passages.map(passageText)}
    ${now.kind === "themes" && now.progress !== "waiting" ? themes(phone, passages) : nothing}
    ${comesNext(next)}
  </section>`;
}

function passageText(passage: Passage): TemplateResult {
  return html`<div class="passage"><h2><span class="ref accent">${passage.ref}</span> ${passage.heading}</h2>
    ${passage.text ? html`<p>${passage.text}</p>` : nothing}
    ${passage.carried === null ? nothing : html`<p class="quiet">The room has carried: ${passage.carried || "delete it"}</p>`}</div>`;
}

function themes(phone: Phone, passages: Passage[]): unknown {
  const about = new Set(passages.map((passage) => passage.id));
  const found = phone.live.view
    .all<Theme>("theme")
    .filter((theme) => about.size === 0 || about.has(theme.passage ?? ""))
    .sort((a, b) => b.tables - a.tables || a.position - b.position);
  if (found.length === 0) return nothing;
  return html`<ol class="themes">${found.map(
    (theme) =>
      html`<li><b>${theme.name}</b> <span class="quiet">${count(theme.tables, "table")}${theme.minority ? " · kept as a minority point" : ""}</span></li>`,
  )}</ol>`;
}

function comesNext(next: Item | undefined): unknown {
  if (!next) return nothing;
  const at = plannedTime(next.planned);
  return html`<p class="quiet">Next: ${at ? html`<time>${at}</time> ` : nothing}${next.title}</p>`;
}
