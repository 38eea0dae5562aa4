// The tables of a block: who talks, what each has typed and what has arrived, and which passage is before it.
import { html, nothing, type TemplateResult } from "lit";
import type { Page } from "../desk/page.ts";
import type { Table } from "../shared/entities.ts";
import { nowAndNext, passagesFor, tracksOf } from "../shared/programme.ts";
import { clock, list, number } from "../shared/words.ts";

const STATES: Record<Table["state"], [sign: string, word: string]> = {
  talking: ["■", "talking"],
  silent: ["□", "silent"],
  offline: ["▨", "offline"],
};

/** What a table is at now: "HOU-2.1 and HOU-2.3", or the title of the item. */
function before(page: Page, table: Table): string {
  const tracks = tracksOf(page.view);
  const track = tracks.find((one) => one.id === table.track) ?? tracks[0];
  const { now } = nowAndNext(page.view, track);
  const passages = passagesFor(page.view, now, table.number).map((passage) => passage.ref);
  return passages.length > 0 ? list(passages) : (now?.title ?? "");
}

function row(page: Page, table: Table): TemplateResult {
  const [sign, word] = STATES[table.state];
  const last = table.at ? html`, last at ${clock(table.at, page.event?.zone)}` : nothing;
  const typed = table.typed === null ? nothing : html`${number(table.typed)} typed, `;
  return html`<li class=${table.state}><h3>Table <span class="num">${table.number}</span>
      <span class="state">${sign} ${word}</span></h3>
    <p class="num">${typed}${number(table.centre ?? 0)} at the centre${last}</p>
    <p class="quiet">${before(page, table)}</p></li>`;
}

/** All of them, by number. */
export function tableList(page: Page, tables: Table[]): TemplateResult {
  if (tables.length === 0)
    return html`<p class="quiet">There are no tables here. The clerk makes them in the office.</p>`;
  return html`<ul class="table-list">${tables.map((table) => row(page, table))}</ul>`;
}
