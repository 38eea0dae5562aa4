// What other tables said about the same passage: after this table's own first point, and never jumping.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Comment } from "../shared/entities.ts";
import { changedText, kindMark } from "../shared/marks.ts";
import { segments } from "../shared/ops.ts";
import { count, kindOf, number, saying, strength } from "../shared/words.ts";
import { wordsOf } from "./draft.ts";
import { hint } from "./keyed.ts";
import type { Laptop } from "./laptop.ts";
import { listKeys } from "./lists.ts";

const AT_FIRST = 40;
let more = 0;

/** The right column. */
export function echoColumn(laptop: Laptop): TemplateResult {
  const echo = laptop.echo;
  return html`<section class="echo" aria-labelledby="echo-title" tabindex="-1">
    <h2 id="echo-title">Heard from other tables ${hint("echo")}</h2>
    ${echo ? heardSoFar(laptop, echo) : html`<p class="quiet">What other tables say about this passage appears here after your own first point about it.</p>`}
  </section>`;
}

function heardSoFar(laptop: Laptop, echo: Comment[]): TemplateResult {
  const shown = echo.filter((comment) => laptop.echoSeen.has(comment.id)).reverse();
  const fresh = echo.length - shown.length;
  const page = shown.slice(0, AT_FIRST + more);
  const rest = shown.length - page.length;
  if (echo.length === 0) return html`<p class="quiet">No other table has said anything about it yet.</p>`;
  return html`
    <p class="fresh">${fresh > 0 ? html`<button class="btn small" @click=${() => showFresh(laptop)}>${number(fresh)} new above: show</button>` : html`<span class="quiet">${count(shown.length, "point")}, the newest first</span>`}</p>
    <ol id="echo-list" @keydown=${(event: KeyboardEvent) => listKeys(event)}>
      ${repeat(
        page,
        (comment) => comment.id,
        (comment, at) => oneHeard(laptop, comment, at === 0),
      )}
    </ol>
    ${rest > 0 ? html`<p><button class="btn small" @click=${() => showMore(laptop)}>Show ${count(rest, "earlier point")}</button></p>` : nothing}`;
}

function showFresh(laptop: Laptop): void {
  laptop.showEcho();
  document.querySelector(".echo")?.scrollTo({ top: 0 });
  document.querySelector<HTMLElement>("#echo-list > li")?.focus();
}

function showMore(laptop: Laptop): void {
  more += 200;
  laptop.say("");
}

function oneHeard(laptop: Laptop, comment: Comment, first: boolean): TemplateResult {
  const passage = laptop.passages.get(comment.passage);
  const marked = comment.ops && passage ? segments(wordsOf(passage), comment.ops) : null;
  const changes = marked?.filter(([kind]) => kind !== "keep");
  return html`<li data-id=${comment.id} tabindex=${first ? 0 : -1}>
    ${kindMark(kindOf(laptop.facts.event, comment.kind))}
    <p>${changes && !comment.text ? changedText(changes) : saying(comment)}</p>
    <p class="quiet">${comment.table === null ? "Another table" : `Table ${comment.table}`} · ${strength(comment)}</p>
  </li>`;
}
