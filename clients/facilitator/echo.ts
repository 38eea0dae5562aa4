// What other tables said about the same passage: after this table's own first point, and never jumping.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Comment, Response } from "../shared/entities.ts";
import { changedText, kindMark } from "../shared/marks.ts";
import { segments } from "../shared/ops.ts";
import { count, kindOf, kindsOf, number, responseInWords, saying, strength } from "../shared/words.ts";
import { wordsOf } from "./draft.ts";
import type { Show } from "./hearing.ts";
import { hint, KEYS } from "./keyed.ts";
import type { Laptop } from "./laptop.ts";
import { listKeys } from "./lists.ts";

const AT_FIRST = 40;
let more = 0;

const SHOWS: [value: Show, label: string][] = [
  ["all", "All"],
  ["new", "New"],
  ["answered", "Answered by us"],
  ["unanswered", "Not answered yet"],
];

/** The right column. */
export function echoColumn(laptop: Laptop): TemplateResult {
  return html`<section class="echo" aria-labelledby="echo-title" tabindex="-1">
    <h2 id="echo-title">Heard from other tables ${hint("echo")}</h2>
    ${laptop.hearing.all ? heardSoFar(laptop, laptop.hearing.all) : html`<p class="quiet">What other tables say about this passage appears here after your own first point about it.</p>`}
  </section>`;
}

function heardSoFar(laptop: Laptop, all: Comment[]): TemplateResult {
  const { shown, waiting, earlier } = laptop.hearing;
  const page = shown.slice(0, AT_FIRST + more);
  const rest = shown.length - page.length;
  if (laptop.hearing.isOver)
    return html`<p class="quiet">Other tables are heard while a round about this passage goes on.</p>`;
  if (all.length === 0) return html`<p class="quiet">No other table has said anything about it yet.</p>`;
  return html`${filters(laptop)}
    <p class="fresh">${waiting > 0 ? html`<button type="button" class="btn small" @click=${() => showFresh(laptop)}>${number(waiting)} new above: show</button>` : html`<span class="quiet">${count(shown.length, "point")}, the newest first</span>`}</p>
    <ol id="echo-list" @keydown=${(event: KeyboardEvent) => listKeys(event, letters(laptop))}>
      ${repeat(
        page,
        (comment) => comment.id,
        (comment, at) => oneHeard(laptop, comment, at === 0),
      )}
    </ol>
    ${rest > 0 ? html`<p><button type="button" class="btn small" @click=${() => showMore(laptop)}>Show ${count(rest, "earlier point")}</button></p>` : nothing}
    ${earlier > 0 ? html`<p class="quiet">${number(earlier)} more came earlier: the theme team has them all.</p>` : nothing}`;
}

function filters(laptop: Laptop): TemplateResult {
  const { hearing } = laptop;
  const kinds = [{ key: "", label: "All kinds" }, ...kindsOf(laptop.facts.event)];
  const value = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`<p class="filters">
    <label>Kind <select @change=${(event: Event) => hearing.filter({ kind: value(event) })}>
      ${kinds.map((kind) => html`<option value=${kind.key} .selected=${kind.key === hearing.kind}>${kind.label}</option>`)}</select></label>
    <label>Show <select @change=${(event: Event) => hearing.filter({ show: value(event) as Show })}>
      ${SHOWS.map(([show, label]) => html`<option value=${show} .selected=${show === hearing.show}>${label}</option>`)}</select></label></p>`;
}

function letters(laptop: Laptop): Record<string, (id: string) => void> {
  const on = (act: (comment: Comment) => void) => (id: string) => {
    const comment = laptop.hearing.all?.find((each) => each.id === id);
    if (comment) act(comment);
  };
  return {
    [KEYS.keyOf("ours-too")]: on((comment) => void laptop.hearing.respond(comment, "ours-too")),
    [KEYS.keyOf("we-differ")]: on((comment) => void laptop.hearing.respond(comment, "we-differ")),
    [KEYS.keyOf("adds")]: on((comment) => addTo(laptop, comment)),
  };
}

function addTo(laptop: Laptop, comment: Comment): void {
  laptop.addTo(comment);
  document.querySelector<HTMLElement>("#draft")?.focus();
}

function showFresh(laptop: Laptop): void {
  laptop.hearing.takeIn();
  document.querySelector(".echo")?.scrollTo({ top: 0 });
  document.querySelector<HTMLElement>("#echo-list > li")?.focus();
}

function showMore(laptop: Laptop): void {
  more += 200;
  laptop.redraw();
}

function oneHeard(laptop: Laptop, comment: Comment, first: boolean): TemplateResult {
  const passage = laptop.passages.get(comment.passage);
  const marked = comment.ops && passage ? segments(wordsOf(passage), comment.ops) : null;
  const changes = marked?.filter(([kind]) => kind !== "keep");
  const named = laptop.facts.event?.names_tables && comment.table !== null;
  const who = named ? `Table ${comment.table}` : "Another table";
  const response = laptop.hearing.responseTo(comment);
  return html`<li data-id=${comment.id} tabindex=${first ? 0 : -1}>
    ${kindMark(kindOf(laptop.facts.event, comment.kind))}
    <p>${changes && !comment.text ? changedText(changes) : saying(comment)}</p>
    <p class="quiet">${who} · ${strength(comment)}${response ? html` · <b>this table: ${responseInWords(response)}</b>` : nothing}</p>
    <p class="acts" role="group" aria-label="What this table says to it">
      ${answer(laptop, comment, "ours-too", "Ours too")}${answer(laptop, comment, "we-differ", "We differ")}
      <button type="button" class="btn bare" aria-label=${about(comment, "Add to it")} @click=${() => addTo(laptop, comment)}>Add to it</button></p>
  </li>`;
}

function about(comment: Comment, label: string): string {
  return comment.ref ? `${label}: ${comment.ref}` : label;
}

function answer(laptop: Laptop, comment: Comment, response: Response, label: string): TemplateResult {
  return html`<button type="button" class="btn bare" aria-label=${about(comment, label)} aria-pressed=${laptop.hearing.responseTo(comment) === response}
    @click=${() => void laptop.hearing.respond(comment, response)}>${label}</button>`;
}
