// What stands around every scene: where we are, what the clock says, whether it is a rehearsal or out of date.
import { html, nothing, type TemplateResult } from "lit";
import { clock, secondsUntil, timeLeft } from "../shared/words.ts";
import { hallClock, type Stage } from "./stage.ts";

const SOON = 60;

/** What a scene gives to its frame; where it says nothing, the frame has its own words. */
export interface Scene {
  left?: unknown;
  right?: unknown;
  body: TemplateResult;
  foot?: unknown;
  footRight?: unknown;
}

/** The timer of the item that is on; bright in its last minute, and in words when it is over. */
export function timer(stage: Stage): TemplateResult | typeof nothing {
  const item = stage.item;
  const left = item ? timeLeft(item, stage.now) : null;
  if (!item || left === null) return nothing;
  const seconds = item.deadline ? secondsUntil(item.deadline, stage.now) : Number.POSITIVE_INFINITY;
  const state = item.deadline ? (seconds <= 0 ? "over" : seconds <= SOON ? "soon" : "runs") : "paused";
  const words = { over: "Time is up", paused: "paused", soon: "", runs: "" }[state];
  return html`<span class="timer ${state}" role="timer"
    >${words ? html`<span class="say">${words}</span>` : nothing}
    ${state === "over" ? nothing : html`<b class="num ${left.length > 5 ? "long" : ""}">${left}</b>`}</span
  >`;
}

/** "Round 3: repairs · Spring Event": what matters first, since a narrow screen leaves the rest away. */
export function where(stage: Stage): TemplateResult {
  const [first, second] = [stage.item?.title, stage.event?.name].filter(Boolean);
  return html`<span class="where"><span class="one-line">${first}</span>${second ? html`<span>· ${second}</span>` : nothing}</span>`;
}

function outOfDate(stage: Stage): TemplateResult {
  const since = stage.awaySince ?? stage.now;
  const at = clock(since, stage.event?.zone ?? "Europe/London");
  return html`<span class="away"
    >Not connected to the centre since <b class="num">${at}</b>: what you see may be old</span
  >`;
}

function rehearsal(stage: Stage): TemplateResult | typeof nothing {
  const elsewhere = stage.event?.elsewhere;
  if (elsewhere) return html`<p class="rehearsal"><span>${elsewhere}</span></p>`;
  if (!stage.event?.rehearsal) return nothing;
  return html`<p class="rehearsal">
    <b>REHEARSAL</b><span>Nothing on this screen counts</span><b aria-hidden="true">REHEARSAL</b>
  </p>`;
}

/** The whole picture of a screen. */
export function frame(stage: Stage, scene: Scene): TemplateResult {
  const away = stage.connection === "away" || stage.connection === "ended";
  const bare = !away && [scene.foot, scene.footRight].every((words) => !words || words === nothing);
  return html`${rehearsal(stage)}
    <header class="top">
      <span class="left">${scene.left ?? where(stage)}</span>
      <span class="right">${scene.right ?? html`<span class="num">${hallClock(stage)}</span>`}</span>
    </header>
    <div class="scene ${stage.scene}" data-scene=${stage.scene}>${scene.body}</div>
    <footer class="foot ${bare ? "bare" : ""}">
      <span class="left">${away ? outOfDate(stage) : (scene.foot ?? nothing)}</span>
      <span class="right">${away ? nothing : (scene.footRight ?? nothing)}</span>
    </footer>`;
}
