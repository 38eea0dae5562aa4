// The running order of a track: what is over, what is on and how late, what comes and when to expect it.
import { html, nothing, type TemplateResult } from "lit";
import type { Item } from "../shared/entities.ts";
import { itemsOf, nowAndNext, tracksOf } from "../shared/programme.ts";
import { dayOf, expectedTime, lateOf } from "../shared/timetable.ts";
import { plannedTime } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { button, part, refusal, select } from "./parts.ts";
import { choose, trackOf } from "./state.ts";

let goTo = "";

/** Done, how late, or when to expect it. */
function lateness(item: Item, late: number): TemplateResult | typeof nothing {
  if (item.state === "done") return html`<span class="ok">✓<span class="visually-hidden"> done</span></span>`;
  if (item.state === "current") {
    return late > 0 ? html`<span class="warn num">${late} min late</span>` : nothing;
  }
  const expected = expectedTime(item.planned, item.late_minutes ?? late);
  return expected === plannedTime(item.planned)
    ? nothing
    : html`<span class="quiet num">about ${expected}</span>`;
}

function row(item: Item, late: number): TemplateResult {
  return html`<li class=${item.state} aria-current=${item.state === "current" ? "step" : nothing}>
    <span class="num at">${plannedTime(item.planned)}</span><span class="what">${item.title}</span>
    ${lateness(item, late)}</li>`;
}

function tracks(page: Page): TemplateResult | typeof nothing {
  const all = tracksOf(page.view);
  if (all.length < 2) return nothing;
  const current = trackOf(page);
  return html`<fieldset class="tracks"><legend class="visually-hidden">Track</legend>${all.map((track) => {
    const { now } = nowAndNext(page.view, track);
    const late = lateOf(track, now);
    return html`<label><input type="radio" name="track" .checked=${track.id === current?.id}
      @change=${() => choose(page, { track: track.id })}>
      <span><b>${track.name}</b> <span class="quiet">${now?.title ?? "not begun"}</span>
      ${late > 0 ? html`<span class="warn num">${late} min late</span>` : nothing}</span></label>`;
  })}</fieldset>`;
}

/** Going straight to an item, for the day that goes another way than planned. */
function jump(page: Page, track: string, items: Item[]): TemplateResult | typeof nothing {
  const open = items.filter((item) => item.state !== "current");
  if (open.length === 0) return nothing;
  const wanted =
    open.find((item) => item.id === goTo) ?? open.find((item) => item.state === "planned") ?? open[0];
  const set = (value: string) => {
    goTo = value;
    page.redraw();
  };
  const all = open.map((item) => ({ value: item.id, label: `${plannedTime(item.planned)} ${item.title}` }));
  const data = { track, item: wanted?.id };
  return html`<details class="jump"><summary>Go straight to another item</summary>
    ${select("jump", "Item", all, wanted?.id ?? "", set)}
    ${button(page, { place: "jump", label: "Go there now", type: "go-to-item", data, look: "small", done: "The running order moved." })}
    ${refusal(page, "jump")}</details>`;
}

/** The left column. */
export function order(page: Page): TemplateResult {
  const track = trackOf(page);
  const items = track ? dayOf(itemsOf(page.view, track.id), nowAndNext(page.view, track).now) : [];
  const late = lateOf(
    track,
    items.find((item) => item.state === "current"),
  );
  const body = html`${tracks(page)}
    ${
      items.length > 0
        ? html`<ol class="order">${items.map((item) => row(item, late))}</ol>`
        : html`<p class="quiet">The running order is not written yet. The clerk writes it in the office.</p>`
    }
    ${track ? jump(page, track.id, items) : nothing}`;
  return part("running-order", "Running order", body);
}
