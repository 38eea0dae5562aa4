// What this table has said, each point with where it is now, in words.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { amendmentEnglish } from "../shared/english.ts";
import type { Item, Passage, Segment } from "../shared/entities.ts";
import { changedText, kindMark } from "../shared/marks.ts";
import { segments } from "../shared/ops.ts";
import { byRound, dayInWords } from "../shared/table-day.ts";
import {
  beingAnswered,
  kindOf,
  marksInWords,
  number,
  responsesInWords,
  shortened,
  storyLink,
  strength,
  whereItIs,
} from "../shared/words.ts";
import { wordsOf } from "./draft.ts";
import { hint, KEYS } from "./keyed.ts";
import type { Laptop } from "./laptop.ts";
import { listKeys } from "./lists.ts";
import type { Row } from "./rows.ts";

/** The table's own list, newest first. */
export function ownList(laptop: Laptop): TemplateResult {
  const { limit } = laptop.facts.event ?? {};
  const sent = laptop.sentInRound;
  const inRound = laptop.facts.round
    ? ` · ${limit != null ? `${number(sent)} of ${number(limit)}` : number(sent)} in this round`
    : "";
  const on = (act: (row: Row) => void) => (id: string) => {
    const row = laptop.rows.find((each) => each.id === id);
    if (row && mayChange(row)) act(row);
  };
  const day = dayInWords(laptop.rows.flatMap((row) => (row.comment ? [row.comment] : [])));
  const acts = {
    [KEYS.keyOf("correct")]: on((row) => correct(laptop, row)),
    [KEYS.keyOf("withdraw")]: on((row) => laptop.ask(row.id)),
  };
  return html`<section class="own" aria-labelledby="own-title">
    <h2 id="own-title">Said by this table${inRound} ${hint("own")}</h2>
    ${day ? html`<p class="quiet">${day}.</p>` : nothing}
    ${
      laptop.rows.length === 0
        ? html`<p class="quiet">Nothing yet. The first point you send stands here, with where it is.</p>`
        : html`<ol id="own-list" @keydown=${(event: KeyboardEvent) => listKeys(event, acts)}>
            ${repeat(
              entriesOf(laptop),
              ({ key }) => key,
              ({ title, row }) =>
                row
                  ? ownRow(laptop, row, row === laptop.rows[0])
                  : html`<li class="of-round"><h3>${title}</h3></li>`,
            )}
          </ol>`
    }
  </section>`;
}

/** The points under the titles of their rounds, once there is more than one round. */
function entriesOf(laptop: Laptop): { key: string; title: string; row?: Row }[] {
  const rounds = byRound(laptop.rows, (row) => row.round, laptop.live.view.all<Item>("item"));
  return rounds.flatMap(({ id, title, points }): { key: string; title: string; row?: Row }[] => [
    ...(rounds.length > 1 ? [{ key: `round ${id}`, title }] : []),
    ...points.map((row) => ({ key: row.id, title, row })),
  ]);
}

function mayChange(row: Row): boolean {
  return row.withdrawal === "none";
}

function correct(laptop: Laptop, row: Row): void {
  laptop.correct(row);
  document.querySelector<HTMLElement>(row.kind === "wording" ? "#words" : "#draft")?.focus();
}

function ownRow(laptop: Laptop, row: Row, first: boolean): TemplateResult {
  const kind = kindOf(laptop.facts.event, row.kind);
  const passage = laptop.passages.get(row.passage);
  const other =
    passage && row.passage !== laptop.passage?.id
      ? html`<span class="ref quiet">${passage.ref}</span>`
      : nothing;
  return html`<li data-id=${row.id} tabindex=${first ? 0 : -1} class=${row.withdrawal === "none" ? "" : "gone"}>
    <p>${kindMark(kind)} ${other} ${said(row, passage)}</p>
    ${place(row)}
    <div class="under"><p class="quiet">${details(row).join(" · ")}</p>
      ${mayChange(row) ? acts(laptop, row) : nothing}</div>
  </li>`;
}

function said(row: Row, passage: Passage | undefined): unknown {
  const marked = row.ops && passage ? segments(wordsOf(passage), row.ops) : null;
  if (!row.ops || !passage || !marked) return row.text || row.english;
  const english = row.english ?? amendmentEnglish(passage.ref, wordsOf(passage), row.ops);
  const near = marked.map(([kind, text]): Segment => [kind, kind === "keep" ? shortened(text) : text]);
  return html`${row.text === english ? nothing : html`${row.text}<br />`}${changedText(near)}`;
}

function place(row: Row): TemplateResult {
  if (row.withdrawal === "done") return html`<p class="place quiet">withdrawn</p>`;
  if (row.withdrawal === "on its way") return html`<p class="place warn">◔ withdrawal kept here</p>`;
  if (row.place === "centre") return html`<p class="place ok">✓ at the centre</p>`;
  if (row.place === "refused") return html`<p class="place bad">✕ not taken, kept here</p>`;
  if (row.place === "once") return html`<p class="place warn">◔ kept in one place on this laptop</p>`;
  return html`<p class="place warn">◔ kept on this laptop</p>`;
}

function details(row: Row): string[] {
  const adds = row.addsTo ? "adds to another table’s point" : null;
  const parts = [row.ref, strength(row), row.corrects ? "corrected" : null, adds, row.sentence];
  if (row.comment && row.withdrawal === "none") {
    if (row.comment.disposition || row.comment.station !== "received") parts.push(whereItIs(row.comment));
    if (row.comment.answered_by) parts.push(beingAnswered(row.comment.answered_by));
    parts.push(...marksInWords(row.comment.marks), responsesInWords(row.comment.responses, true));
  }
  return parts.filter((part): part is string => Boolean(part));
}

function acts(laptop: Laptop, row: Row): TemplateResult {
  if (laptop.asking === row.id) {
    return html`<p class="acts">Withdraw this point? The record keeps that it was said.
      <button class="btn small" @click=${() => void laptop.withdraw(row)}>Yes, withdraw it</button>
      <button class="btn small" @click=${() => laptop.ask(null)}>Keep it</button></p>`;
  }
  const what = row.ref ?? "this point";
  // Stories are for people; a laptop that signed in for itself has none to read.
  const reads = row.ref !== null && laptop.live.view.get("me", "me") !== undefined;
  return html`<p class="acts">
    <button class="btn bare" aria-label="Correct ${what}" @click=${() => correct(laptop, row)}>Correct</button>
    <button class="btn bare" aria-label="Withdraw ${what}" @click=${() => laptop.ask(row.id)}>Withdraw</button>
    ${reads ? html`<a href=${storyLink(row.ref ?? "")} target="_blank" rel="noopener">Story of ${row.ref}</a>` : nothing}</p>`;
}
