// The chair's one main button: the next step as the hub offers it, the timer, and one undo.
import { html, nothing, type TemplateResult } from "lit";
import type { Item, Room, Step, Track } from "../shared/entities.ts";
import { nowAndNext } from "../shared/programme.ts";
import { count, timeLeft } from "../shared/words.ts";
import { keyHint } from "./keys.ts";
import type { Page } from "./page.ts";
import { button, refusal } from "./parts.ts";
import { trackOf } from "./state.ts";

/** A step must have been in view this long before it can be taken. Units: milliseconds. */
const SEEN = 700;

let shown = "";
let since = 0;

/** When another chair changes the button under a finger, the press that was meant for the old step does nothing. */
function isSeen(step: Step, track: Track): boolean {
  const key = `${track.id} ${step.verb} ${step.subject} ${step.label}`;
  if (key !== shown) {
    shown = key;
    since = performance.now();
  }
  return performance.now() - since > SEEN;
}

async function take(page: Page, track: Track, step: Step): Promise<void> {
  if (!isSeen(step, track)) return;
  const data = { track: track.id, verb: step.verb, subject: step.subject };
  const ack = await page.send("step", "take-step", data);
  if (ack?.ok) page.say(`Done: ${step.label}`);
}

/** Steps that the button can only name: nothing is left, or it is done on the ballot's card. */
const ELSEWHERE = new Set(["nothing", "count-ballot", "give-casting-vote"]);

function main(page: Page, track: Track | undefined): TemplateResult {
  const step = track?.step ?? null;
  if (track && step) isSeen(step, track);
  const nothingToDo = !track || !step || ELSEWHERE.has(step.verb);
  return html`<button type="button" class="btn main" id="step" data-key="enter" aria-keyshortcuts="Alt+Enter"
    aria-disabled=${nothingToDo || page.busy.has("step")}
    @click=${() => (nothingToDo ? undefined : take(page, track, step))}>${step?.label ?? "Nothing to start"}</button>`;
}

function timer(page: Page, track: Track, item: Item | undefined): TemplateResult | typeof nothing {
  if (!item || timeLeft(item, page.now) === null) return nothing;
  const paused = item.deadline === null;
  const data = { track: track.id };
  return html`${button(page, { place: "extend", label: "+ 5 min", type: "extend-timer", data: { ...data, seconds: 300 }, key: "5", done: "Five minutes more." })}
    ${
      paused
        ? button(page, {
            place: "pause",
            label: "Go on",
            type: "resume-timer",
            data,
            key: "p",
            done: "The timer runs.",
          })
        : button(page, {
            place: "pause",
            label: "Pause",
            type: "pause-timer",
            data,
            key: "p",
            done: "The timer is paused.",
          })
    }`;
}

function undo(page: Page, track: Track): TemplateResult | typeof nothing {
  const last = track.undo;
  if (!last) return nothing;
  if (last.why_not) return html`<span class="quiet">${last.why_not}</span>`;
  return button(page, {
    place: "undo",
    label: last.label,
    type: "undo-step",
    data: { track: track.id },
    look: "bare",
    key: "z",
    done: `Done: ${last.label}`,
  });
}

/** What goes on, as a chair would say it, with what is left of its time. */
function situation(page: Page, track: Track | undefined, item: Item | undefined): TemplateResult {
  const left = item ? timeLeft(item, page.now) : null;
  const room = page.view.all<Room>("room")[0];
  const time = left === null ? "" : item?.deadline ? `${left} left` : `${left} left, paused`;
  const said = room && item?.kind === "round" ? `${count(room.comments, "comment")} so far` : "";
  const parts = [time, said].filter(Boolean);
  return html`<div class="situation"><h1 id="step-title">${item?.title ?? track?.name ?? "The event has not begun"}</h1>
    ${parts.length > 0 ? html`<p class="num"><b>${parts.join(" · ")}</b></p>` : nothing}
    ${track?.step?.hint ? html`<p class="quiet" id="step-hint">${track.step.hint}</p>` : nothing}</div>`;
}

/** The card with the main button. */
export function stepCard(page: Page): TemplateResult {
  const track = trackOf(page);
  const { now } = nowAndNext(page.view, track);
  return html`<section class="step" aria-labelledby="step-title" data-home tabindex="-1">
    ${situation(page, track, now)}
    <div class="acts">${track ? timer(page, track, now) : nothing}
      <span class="go">${main(page, track)}${keyHint("↵")}</span></div>
    <div class="undo">${track ? undo(page, track) : nothing}</div>
    ${["step", "extend", "pause", "undo"].map((place) => refusal(page, place))}
  </section>`;
}
