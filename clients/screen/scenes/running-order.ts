// The running order of the day with the timer of what is on; with several tracks, each track's now and next.
import { html, nothing, type TemplateResult } from "lit";
import type { Item, Track } from "../../shared/entities.ts";
import { itemsOf, nowAndNext, tracksOf } from "../../shared/programme.ts";
import { dayOf, expectedTime, lateOf, weekday } from "../../shared/timetable.ts";
import { plannedTime } from "../../shared/words.ts";
import { type Scene, timer } from "../frame.ts";
import { hallClock, type Stage } from "../stage.ts";

function lateness(track: Track | undefined, item: Item | undefined): TemplateResult | typeof nothing {
  const late = lateOf(track, item);
  if (late < 2) return nothing;
  return html`<span class="late num">about ${late} minutes late</span>`;
}

function row(item: Item): TemplateResult {
  const state = { done: "done", current: "now", planned: "" }[item.state];
  return html`<li class="item ${item.state}" data-entry ?data-keep=${item.state === "current"}>
    <span class="num at">${plannedTime(item.planned)}</span>
    <span class="what">${item.title}</span>
    <span class="state">${state}</span>
  </li>`;
}

/** The last thing that is over, what is on, and as much of what comes as fits. */
function rows(items: Item[]): Item[] {
  const at = items.findIndex((item) => item.state !== "done");
  return at > 0 ? items.slice(at - 1) : items;
}

function oneTrack(stage: Stage, track: Track): TemplateResult {
  const items = rows(dayOf(itemsOf(stage.view, track.id), stage.item));
  return html`<ol class="items" data-fit="4 5" data-trim data-part=${stage.item?.id ?? ""}>
      ${items.map(row)}
      <li class="more" data-more="and # more items today" data-one="and one more item today" hidden></li>
    </ol>
    <div class="now">
      <p class="lead">${stage.item ? "Now" : "Not begun yet"}</p>
      <p class="title" data-fit="5 8"><span>${stage.item?.title ?? stage.event?.name ?? ""}</span></p>
      <p class="huge">${timer(stage)}</p>
      ${lateness(stage.track, stage.item)}
    </div>`;
}

function trackRow(stage: Stage, track: Track): TemplateResult {
  const { now, next } = nowAndNext(stage.view, track);
  const then = next
    ? `${expectedTime(next.planned, next.late_minutes ?? lateOf(track, now))} ${next.title}`
    : "";
  return html`<li class="track" data-entry>
    <span class="who">${track.name}</span>
    <span class="what">${now?.title ?? "Not begun yet"} ${lateness(track, now)}</span>
    <span class="huge">${timer({ ...stage, item: now })}</span>
    <span class="then num">${then ? `${now ? "Then" : "First"} ${then}` : "Then nothing more"}</span>
  </li>`;
}

/** One track: its day. Several: a row for each. */
export function runningOrder(stage: Stage): Scene {
  const tracks = tracksOf(stage.view);
  const track = stage.track;
  const day = weekday(stage.item?.day ?? stage.next?.day);
  const several = tracks.length > 1;
  return {
    left: html`<h1>${[stage.event?.name, day].filter(Boolean).join(" · ")}</h1>`,
    right: html`<b class="num hall-clock">${hallClock(stage)}</b>`,
    body: several
      ? html`<ol class="tracks" data-fit="4 6.4" data-trim>${tracks.map((one) => trackRow(stage, one))}
          <li class="more" data-more="and # more tracks" data-one="and one more track" hidden></li></ol>`
      : track
        ? oneTrack(stage, track)
        : html`<p class="title">The running order is being written.</p>`,
  };
}
