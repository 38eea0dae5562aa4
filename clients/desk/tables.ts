// The tables as a map and, one key away, as a table: who talks, who is silent, who keeps points that have not arrived.
import { html, nothing, type TemplateResult } from "lit";
import type { Table } from "../shared/entities.ts";
import { nowAndNext } from "../shared/programme.ts";
import { count, list, number } from "../shared/words.ts";
import { type Alarm, alarmOf } from "./alarms.ts";
import { keyHint, shortcut } from "./keys.ts";
import type { Page } from "./page.ts";
import { choose, look, trackOf } from "./state.ts";
import { keptAt, SIGNS, tableList, WORDS } from "./table-list.ts";

const NAMED = 12;

function alarmsOf(page: Page, tables: Table[]): Alarm[] {
  const { now } = nowAndNext(page.view, trackOf(page));
  return tables.flatMap((table) => alarmOf(table, page.event, now, page.now) ?? []);
}

function tile(table: Table): TemplateResult {
  const waiting = keptAt(table);
  return html`<li class="tile ${table.state}"><span aria-hidden="true">${SIGNS[table.state]}</span><b class="num">${table.number}</b
    ><span class="visually-hidden"> ${WORDS[table.state]}</span>${
      waiting > 0 ? html`<span class="kept num">${waiting} kept</span>` : nothing
    }</li>`;
}

/** "Offline: 64 and 71", the first dozen by number. */
function named(word: string, tables: Table[]): string {
  if (tables.length === 0) return "";
  const first = tables.slice(0, NAMED).map((table) => String(table.number));
  const rest = tables.length - first.length;
  return `${word}: ${rest > 0 ? `${first.join(", ")} and ${rest} more` : list(first)}`;
}

function of(tables: Table[], state: Table["state"]): Table[] {
  return tables.filter((table) => table.state === state);
}

/** What the map shows, in one line. */
function sentences(tables: Table[]): TemplateResult {
  return html`<p class="key num">${(["talking", "silent", "offline"] as const).map(
    (state) => html`<span>${SIGNS[state]} <b>${number(of(tables, state).length)}</b> ${WORDS[state]}</span>`,
  )}</p>`;
}

/** What a chair may have to act on; what has only just left a laptop is no worry yet. */
function worries(tables: Table[], alarms: Map<number, Alarm>): TemplateResult {
  const late = [...alarms.values()].some((alarm) => alarm.rank === 0);
  const keeping = tables.filter((table) => keptAt(table) > 0);
  const held = keeping.reduce((sum, table) => sum + keptAt(table), 0);
  const silent = named("Silent", of(tables, "silent"));
  const offline = named("Offline", of(tables, "offline"));
  return html`<div class="worries num">
    ${held > 0 ? html`<p class=${late ? "warn" : "quiet"}>${count(held, "point")} not at the centre yet. ${named("Kept at", keeping)}</p>` : nothing}
    ${offline ? html`<p class="warn">${offline}</p>` : nothing}${silent ? html`<p class="quiet">${silent}</p>` : nothing}</div>`;
}

/** The tables of the track in view; with one track, all of them. */
export function tables(page: Page): TemplateResult {
  const track = trackOf(page);
  const all = page.view.all<Table>("table").sort((a, b) => a.number - b.number);
  const mine = all.filter((table) => !table.track || !track || table.track === track.id);
  const shown = mine.length > 0 ? mine : all;
  if (shown.length === 0)
    return html`<p class="quiet">No tables yet. The clerk makes them in the office.</p>`;
  const { asList } = look();
  const alarms = new Map(alarmsOf(page, shown).map((alarm) => [alarm.table, alarm]));
  return html`<div class="tables ${asList ? "as-list" : ""}">
    <div class="tools">${sentences(shown)}<button type="button" class="btn small" data-key="l" aria-pressed=${asList}
      aria-keyshortcuts=${shortcut("l")} @click=${() => choose(page, { asList: !asList })}>As a list${keyHint("l")}</button></div>
    ${
      asList
        ? tableList(page, shown, alarms)
        : html`<ul class="map" aria-label="Tables">${shown.map(tile)}</ul>${worries(shown, alarms)}`
    }</div>`;
}
