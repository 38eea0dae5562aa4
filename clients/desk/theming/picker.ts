// Choosing a theme by typing a few letters of its name; Enter puts the comments there, or makes a theme of that name.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Theme } from "../../shared/entities.ts";
import { count, number } from "../../shared/words.ts";
import { refusal, typed } from "../parts.ts";
import { HERE, nameTheme, putInto } from "./acts.ts";
import type { Work } from "./work.ts";

const MOST = 8;

let text = "";
let at = 0;

/** Themes whose names hold every word that was typed. */
export function matching(themes: readonly Theme[], words: string): Theme[] {
  const parts = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return themes.filter((theme) => parts.every((part) => theme.name.toLocaleLowerCase().includes(part)));
}

interface Offer {
  id: string;
  label: TemplateResult;
  run: () => Promise<boolean>;
}

function offers(work: Work): Offer[] {
  const { comments, fresh } = work.picking ?? { comments: [], fresh: true };
  const name = text.trim();
  const found = fresh ? [] : matching(work.themes, text).slice(0, MOST);
  const known: Offer[] = found.map((theme) => ({
    id: theme.id,
    label: html`${theme.name} <span class="quiet num">${number(theme.comments)}</span>`,
    run: () => putInto(work, comments, theme.id, theme.name),
  }));
  if (!name) return known;
  const made = {
    id: "new",
    label: html`New theme: <b>${name}</b>`,
    run: () => nameTheme(work, comments, name),
  };
  return [...known, made];
}

export function close(work: Work): void {
  const back = work.picking?.back ?? "comments";
  work.picking = null;
  text = "";
  at = 0;
  work.focus(back);
}

async function run(work: Work, offer: Offer | undefined): Promise<void> {
  if (offer && (await offer.run())) close(work);
}

function pressed(work: Work, all: Offer[], event: KeyboardEvent): void {
  if (event.isComposing) return;
  const move: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = move[event.key];
  if (step) at = (at + step + all.length) % Math.max(1, all.length);
  else if (event.key === "Enter") void run(work, all[at]);
  else if (event.key === "Escape") close(work);
  else return;
  event.preventDefault();
  work.page.redraw();
}

/** The picker, while it is open. */
export function picker(work: Work): TemplateResult | typeof nothing {
  if (!work.picking) return nothing;
  const all = offers(work);
  at = Math.min(at, Math.max(0, all.length - 1));
  const { comments, fresh } = work.picking;
  const label = fresh
    ? `Name of a new theme for ${count(comments.length, "comment")}`
    : `Put ${count(comments.length, "comment")} into a theme`;
  return html`<div class="picker" data-home tabindex="-1">
    <label class="field" for="picker"><span>${label}</span>
      <input id="picker" role="combobox" autocomplete="off" aria-expanded="true" aria-controls="picker-list"
        aria-activedescendant=${all[at] ? `picker-${all[at]?.id}` : nothing} .value=${asTyped(text)}
        @input=${(event: Event) => {
          text = typed(event);
          at = 0;
          work.page.redraw();
        }} @keydown=${(event: KeyboardEvent) => pressed(work, all, event)}></label>
    <ul id="picker-list" role="listbox" aria-label="Themes">${all.map(
      (offer, place) => html`<li id="picker-${offer.id}" role="option" aria-selected=${place === at}
        @click=${() => run(work, offer)}>${offer.label}</li>`,
    )}</ul>
    <p class="quiet">${all.length === 0 ? "Type its name. " : ""}↑ ↓ choose, Enter puts them there, Esc goes back.
      <button type="button" class="btn small" @click=${() => close(work)}>Leave it</button></p>
    ${refusal(work.page, HERE)}</div>`;
}
