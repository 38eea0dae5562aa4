// The room at a glance: which tables talk, what kind of comments come, on which passages, and how themes grow.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Kind, Room, Table, Theme } from "../../shared/entities.ts";
import { kindMark } from "../../shared/marks.ts";
import { tracksOf } from "../../shared/programme.ts";
import { count, kindsOf, list, number } from "../../shared/words.ts";
import { bar } from "../bars.ts";
import { type Scene, timer, where } from "../frame.ts";
import { type Stage, themesOn } from "../stage.ts";

const CELL = 100;
const GAP = 14;

/** How many columns make tiles that fill a box of this shape. */
export function columnsFor(tables: number, ratio: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(tables * ratio)));
}

function sign(state: Table["state"], size: number): TemplateResult {
  if (state === "offline") {
    return svg`<path class="cross" d=${`M ${size * 0.72} ${size * 0.12} l ${size * 0.16} ${size * 0.16} m 0 ${-size * 0.16} l ${-size * 0.16} ${size * 0.16}`}></path>`;
  }
  return svg`<circle class="dot" cx=${size * 0.8} cy=${size * 0.2} r=${size * 0.085}></circle>`;
}

function tile(table: Table, index: number, columns: number): TemplateResult {
  const size = CELL - GAP;
  const x = (index % columns) * CELL;
  const y = Math.floor(index / columns) * CELL;
  return svg`<g class=${`tile ${table.state}`} transform=${`translate(${x} ${y})`}>
    <rect width=${size} height=${size} rx="6"></rect>
    ${table.state === "silent" ? nothing : sign(table.state, size)}
    <text x=${size / 2} y=${size * 0.68} text-anchor="middle">${table.number}</text></g>`;
}

function map(tables: Table[]): TemplateResult {
  const columns = columnsFor(tables.length, 1.25);
  const lines = Math.ceil(tables.length / columns);
  return html`<svg class="map" viewBox="0 0 ${columns * CELL - GAP} ${lines * CELL - GAP}" preserveAspectRatio="xMinYMin meet"
    role="img" aria-labelledby="map-says">${tables.map((table, index) => tile(table, index, columns))}</svg>`;
}

/** What the map shows, as a chair would say it. */
export function mapInWords(room: Room): string {
  const talking = `${number(room.talking)} of ${count(room.tables, "table")} ${room.talking === 1 ? "is" : "are"} talking`;
  const parts = [
    room.silent > 0 ? `${number(room.silent)} silent` : "",
    room.offline > 0 ? `${number(room.offline)} offline` : "",
  ];
  return [talking, ...parts.filter(Boolean)].join(", ");
}

function kindRow(kind: Kind, n: number, most: number): TemplateResult {
  return html`<li class="row">
    ${kindMark(kind)}
    ${bar({ part: n, whole: most, tone: kind.key })}<b class="num">${number(n)}</b>
  </li>`;
}

function kinds(stage: Stage, room: Room): TemplateResult {
  const all = kindsOf(stage.event);
  const most = Math.max(1, ...all.map((kind) => room.by_kind[kind.key] ?? 0));
  return html`<ul class="rows">${all.map((kind) => kindRow(kind, room.by_kind[kind.key] ?? 0, most))}</ul>`;
}

function passages(room: Room): TemplateResult {
  const top = [...room.by_passage].sort((a, b) => b.n - a.n);
  const most = Math.max(1, ...top.map((one) => one.n));
  return html`<ul class="rows refs" data-trim>
    ${top.map(
      (one) =>
        html`<li class="row" data-entry><b class="ref">${one.ref}</b>${bar({ part: one.n, whole: most, tone: "plain" })}<b class="num">${number(one.n)}</b></li>`,
    )}
    <li class="more" data-more="and # more passages" data-one="and one more passage" hidden></li>
  </ul>`;
}

function growing(themes: Theme[], n: number): TemplateResult {
  const [first] = themes;
  if (!first || first.tables === 0) return html`${count(n, "theme")} so far`;
  return html`<b class="num">${count(n, "theme")}</b>, the widest from ${count(first.tables, "table")}: ${first.name}`;
}

/** Whose numbers these are: where the room works in several tracks, all of theirs and no one item's. */
export function allTracks(stage: Stage): string | null {
  const tracks = tracksOf(stage.view);
  return tracks.length > 1 ? `The whole room: ${list(tracks.map((track) => track.name))}` : null;
}

function whose(stage: Stage, all: string | null): TemplateResult {
  if (all === null) return where(stage);
  return html`<span class="where"><span class="one-line">${all}</span>${stage.event ? html`<span>· ${stage.event.name}</span>` : nothing}</span>`;
}

/** The whole room in one picture and three sentences. */
export function room(stage: Stage): Scene {
  const facts = stage.room;
  const tables = stage.view.all<Table>("table").sort((a, b) => a.number - b.number);
  if (!facts) return { left: where(stage), body: html`<p class="title">The room is not open yet.</p>` };
  const themes = themesOn({ ...stage, passages: [] });
  const all = allTracks(stage);
  return {
    left: whose(stage, all),
    // A timer is one track's own.
    ...(all === null ? { right: timer(stage) } : {}),
    body: html`<div class="side">
        <h1 id="map-says">${mapInWords(facts)}</h1>
        ${map(tables)}
      </div>
      <div class="side">
        <h2><b class="num">${number(facts.comments)}</b> ${facts.comments === 1 ? "comment" : "comments"}</h2>
        ${kinds(stage, facts)}${facts.by_passage.length > 0 ? passages(facts) : nothing}
      </div>`,
    foot:
      facts.themes > 0
        ? html`<span class="one-line">${growing(themes, facts.themes)}</span>`
        : "No themes yet: the theme team is reading",
  };
}
