// The parts that both desks are made of: buttons that ask the hub, refusals beside them, head and keys.
import { html, nothing, type TemplateResult } from "lit";
import { clock } from "../shared/words.ts";
import { keyHint, shortcut } from "./keys.ts";
import type { Page } from "./page.ts";

export interface Act {
  /** Where a refusal of it is shown; one act at a time runs at a place. */
  place: string;
  label: unknown;
  type: string;
  /** A function where people type a part of it: what stands in the field counts when the button is pressed. */
  data: object | (() => object);
  look?: "main" | "small" | "bare" | "";
  /** A letter: Alt with it does the same from anywhere. */
  key?: string;
  /** Said to screen readers once it is done. */
  done?: string;
  after?: () => void;
}

/** A button that asks the hub to do something. */
export function button(page: Page, act: Act): TemplateResult {
  const busy = page.busy.has(act.place);
  const run = async () => {
    const data = typeof act.data === "function" ? act.data() : act.data;
    const ack = await page.send(act.place, act.type, data);
    if (!ack?.ok) return;
    act.after?.();
    if (act.done) page.say(act.done);
  };
  return html`<button type="button" class="btn ${act.look ?? ""}" aria-disabled=${busy}
    data-key=${act.key ?? nothing} aria-keyshortcuts=${shortcut(act.key)}
    @click=${run}>${act.label}${keyHint(act.key)}</button>`;
}

/** Why the last act at this place was refused, where it was asked. */
export function refusal(page: Page, place: string): TemplateResult | typeof nothing {
  const refused = page.refusals.get(place);
  if (!refused) return nothing;
  const close = () => {
    page.refusals.delete(place);
    page.redraw();
  };
  return html`<p class="notice bad refusal">${refused.sentence}
    <button type="button" class="btn small" @click=${close}>Understood</button></p>`;
}

/** Whether the page hears the hub; in words, and quiet while all is well. */
export function connection(page: Page): TemplateResult {
  const { live } = page;
  if (live.connection === "here") return html`<span class="link">Connected</span>`;
  if (live.connection === "joining") return html`<span class="link">Asking the centre</span>`;
  const since = clock(live.awaySince ?? page.now, page.event?.zone ?? "Europe/London");
  return html`<span class="link lost">Not connected since <span class="num">${since}</span></span>`;
}

/** What stands above everything: that this is a rehearsal, or that the page is out of date. */
export function strips(page: Page): TemplateResult {
  const { live, event } = page;
  const since = clock(live.awaySince ?? page.now, event?.zone ?? "Europe/London");
  const away = html`<p class="strip" role="status">Not connected to the centre since
    <b class="num">${since}</b>: what you see may be old, and what you press may not arrive until it answers again.</p>`;
  return html`${event?.rehearsal ? html`<p class="rehearsal">REHEARSAL: nothing here counts</p>` : nothing}
    ${event?.elsewhere ? html`<p class="rehearsal" role="status">${event.elsewhere}</p>` : nothing}
    ${live.connection === "away" ? away : nothing}`;
}

/** The page of a device that the hub turned away. */
export function turnedAway(page: Page): TemplateResult {
  return html`<div class="ended"><h1>This sign-in has ended</h1>
    <p>${page.live.sentence ?? "The centre does not know this desk any more."}</p>
    <p><a class="btn main" href="/">Sign in again</a></p></div>`;
}

/** The one place from which screen readers hear what has happened. */
export function speaker(page: Page): TemplateResult {
  return html`<p class="visually-hidden" role="status">${page.said}</p>`;
}

/** A part of the page with its heading, to which the focus returns when a control in it goes away. */
export function part(name: string, title: unknown, body: unknown, extra: unknown = nothing): TemplateResult {
  return html`<section class="part ${name}" aria-labelledby="${name}-title" data-home tabindex="-1">
    <div class="part-head"><h2 id="${name}-title">${title}</h2>${extra}</div>${body}</section>`;
}

interface Choice {
  value: string;
  label: string;
}

/** Native radio buttons that look like one row of buttons. */
export function choices(
  name: string,
  legend: string,
  all: Choice[],
  value: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`<fieldset class="choices"><legend>${legend}</legend>
    ${all.map(
      (one) => html`<label class="choice"><input type="radio" name=${name} value=${one.value}
        .checked=${one.value === value} @change=${() => choose(one.value)}><span>${one.label}</span></label>`,
    )}</fieldset>`;
}

/** A native select with its label. */
export function select(
  id: string,
  label: string,
  all: Choice[],
  value: string,
  choose: (value: string) => void,
): TemplateResult {
  return html`<label class="field" for=${id}><span>${label}</span>
    <select id=${id} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${all.map((one) => html`<option value=${one.value} .selected=${one.value === value}>${one.label}</option>`)}
    </select></label>`;
}

/** What was typed into the field of an event. */
export function typed(event: Event): string {
  return (event.target as HTMLInputElement).value;
}
