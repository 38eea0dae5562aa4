// Before, between and after: the event's name, and what is next and when.
import { html, nothing, type TemplateResult } from "lit";
import { expectedTime, lateOf, weekday } from "../../shared/timetable.ts";
import { number, plannedTime } from "../../shared/words.ts";
import type { Scene } from "../frame.ts";
import { hallClock, type Stage } from "../stage.ts";

/** A time that has gone by says nothing about what is next. */
function isPast(stage: Stage, day: string, at: string): boolean {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: stage.event?.zone ?? "Europe/London" });
  return `${day} ${at}` < `${today.format(stage.now)} ${hallClock(stage)}`;
}

function next(stage: Stage): TemplateResult {
  const closed = stage.event?.phase === "after";
  const item = closed ? undefined : stage.next;
  if (!item) {
    const over = closed || stage.item?.kind === "closing";
    return html`<p class="lead">${over ? "Thank you. The event is over." : "Nothing else is planned yet."}</p>`;
  }
  const at = expectedTime(item.planned, item.late_minutes ?? lateOf(stage.track, stage.item));
  const planned = plannedTime(item.planned);
  const ahead = at && !isPast(stage, item.day, at);
  const today = stage.item?.day ?? item.day;
  return html`<p class="lead">
      ${today === item.day ? "Next" : `Next, on ${weekday(item.day)}`}${ahead ? html`, at <b class="num">${at}</b>` : nothing}
    </p>
    <p class="title">${item.title}</p>
    ${ahead && at !== planned ? html`<p class="quiet">Planned for <span class="num">${planned}</span></p>` : nothing}`;
}

/** The event's name as large as it fits. */
export function holding(stage: Stage): Scene {
  const here = stage.event?.phase === "after" ? 0 : (stage.event?.present ?? 0);
  const resting = stage.item && ["break", "opening", "plenary", "closing"].includes(stage.item.kind);
  return {
    left: [weekday(stage.item?.day ?? stage.next?.day), resting ? stage.item?.title : ""]
      .filter(Boolean)
      .join(" · "),
    right: html`<b class="num hall-clock">${hallClock(stage)}</b>`,
    body: html`<h1 class="name" data-fit="8 19"><span>${stage.event?.name ?? "One moment"}</span></h1>
      <div class="next">${next(stage)}</div>`,
    foot: here > 0 ? html`<span class="num">${number(here)}</span> delegates are here` : nothing,
  };
}
