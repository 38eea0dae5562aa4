// The tables as a list: each laptop's numbers beside the centre's, and in words where somebody should look.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Table } from "../shared/entities.ts";
import { clock, count, number } from "../shared/words.ts";
import type { Alarm } from "./alarms.ts";
import { keyHint, shortcut } from "./keys.ts";
import type { Page } from "./page.ts";
import { TableOrder } from "./table-order.ts";

export const SIGNS: Record<Table["state"], string> = { talking: "■", silent: "□", offline: "▨" };
export const WORDS: Record<Table["state"], string> = {
  talking: "talking",
  silent: "silent",
  offline: "offline",
};
const order = new TableOrder();

/** How many points a table has typed that the centre does not hold yet. */
export function keptAt(table: Table): number {
  return Math.max(0, table.kept ?? (table.typed ?? 0) - (table.centre ?? 0));
}

function region(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#table-list");
}

/** Somebody who is in the list, or has scrolled in it, reads there. */
function isRead(): boolean {
  const list = region();
  return (
    list !== null &&
    (list.scrollTop > 0 || list.getBoundingClientRect().top < 0 || list.matches(":focus-within"))
  );
}

function toTheTop(page: Page): void {
  order.release();
  page.redraw();
  const list = region();
  list?.scrollTo({ top: 0 });
  if (list && list.getBoundingClientRect().top < 0) list.scrollIntoView({ block: "start" });
  list?.focus({ preventScroll: true });
}

/** What a laptop says beside what the centre has; paper and the floor count at the centre alone. */
function points(page: Page, table: Table): string {
  const centre = table.centre ?? 0;
  const typed = Math.max(table.typed ?? 0, centre + keptAt(table));
  const last = table.at ? ` · last ${clock(table.at, page.event?.zone ?? "Europe/London")}` : "";
  return `${number(typed)} typed · ${number(centre)} at the centre${last}`;
}

// On a phone a row is no row of a table to the browser any more: the roles say what it is.
function row(page: Page, table: Table, alarm: Alarm | undefined): TemplateResult {
  return html`<tr role="row" class=${table.state}><th role="rowheader" scope="row" class="num">${table.number}</th>
    <td role="cell" class="state">${SIGNS[table.state]} ${WORDS[table.state]}</td>
    <td role="cell" class="num points">${points(page, table)}</td>
    <td role="cell" class="look warn">${alarm?.words ?? ""}</td></tr>`;
}

function summary(page: Page, alarms: number): TemplateResult {
  const fresh = order.fresh.length;
  const more = html`<button type="button" class="btn small" data-key="u" aria-keyshortcuts=${shortcut("u")}
    @click=${() => toTheTop(page)}>${count(fresh, "more table")}: put ${fresh === 1 ? "it" : "them"} on top${keyHint("u")}</button>`;
  return html`<p class="look-at num">${
    alarms > 0
      ? html`<b>${count(alarms, "table")} to look at.</b>`
      : html`<span class="quiet">No table needs anybody now.</span>`
  } ${fresh > 0 ? more : nothing}</p>`;
}

/** Alarms first, the gravest on top; then by number. Nothing moves while somebody reads in it. */
export function tableList(page: Page, tables: Table[], alarms: Map<number, Alarm>): TemplateResult {
  const arranged = order.arrange(tables, alarms, isRead());
  return html`${summary(page, alarms.size)}
    <div id="table-list" class="scroll" tabindex="0" role="region" aria-label="Tables as a list"><table role="table" class="grid">
    <thead role="rowgroup"><tr role="row">${["Table", "State", "Points", "Look there"].map((title) => html`<th role="columnheader" scope="col">${title}</th>`)}</tr></thead>
    <tbody role="rowgroup">${repeat(
      arranged,
      (table) => table.id,
      (table) => row(page, table, alarms.get(table.number)),
    )}</tbody></table></div>`;
}
