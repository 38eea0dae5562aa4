// Received = accounted for: whatever came in is open or has ended; a difference is an error and is named.
import { html, nothing, type TemplateResult } from "lit";
import type { BalanceSheet } from "../shared/entities.ts";
import { count, list, number } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { part } from "./parts.ts";

const KINDS: Record<string, [one: string, many: string]> = {
  comments: ["comment", "comments"],
  submissions: ["submission", "submissions"],
  missing: ["missing point", "missing points"],
  kept: ["point kept as it came", "points kept as they came"],
  quarantine: ["point of an ended sign-in", "points of an ended sign-in"],
};

/** "3 comments and 1 submission are not accounted for"; empty while the sheet balances. */
export function whatIsOff(sheet: BalanceSheet): string {
  const off = sheet.kinds.filter((kind) => kind.difference !== 0);
  if (off.length === 0) return "";
  const total = off.reduce((sum, kind) => sum + Math.abs(kind.difference), 0);
  const parts = off.map((kind) =>
    count(Math.abs(kind.difference), ...(KINDS[kind.kind] ?? [kind.kind, kind.kind])),
  );
  return `${list(parts)} ${total === 1 ? "is" : "are"} not accounted for`;
}

/** One line for the bar above: whether everything that came in is accounted for. */
export function balanceLine(page: Page): TemplateResult | typeof nothing {
  const sheet = page.view.all<BalanceSheet>("balance")[0];
  if (!sheet || sheet.received === 0) return nothing;
  const off = whatIsOff(sheet);
  return off
    ? html`<b class="late">${off}</b>`
    : html`<span class="num">${number(sheet.received)} received, all accounted for</span>`;
}

/** Points that wait for a person because they could not become comments by themselves. */
function atTheDesk(sheet: BalanceSheet): TemplateResult | typeof nothing {
  const rare = sheet.kinds.filter((kind) => kind.kind === "kept" || kind.kind === "quarantine");
  if (rare.length === 0) return nothing;
  const waiting = rare.reduce((sum, kind) => sum + kind.open, 0);
  return html`<p class=${waiting > 0 ? "warn" : "quiet"}><a href="/desk/kept">${
    waiting > 0
      ? `${count(waiting, "point waits", "points wait")} at the desk, kept as ${waiting === 1 ? "it" : "they"} came`
      : "Points kept as they came: all are dealt with"
  }</a></p>`;
}

/** The card at the side. */
export function balance(page: Page): TemplateResult {
  const sheet = page.view.all<BalanceSheet>("balance")[0];
  if (!sheet)
    return part(
      "balance",
      "Received = accounted for",
      html`<p class="quiet">Nothing has been received yet.</p>`,
    );
  const off = whatIsOff(sheet);
  const accounted = sheet.open + sheet.ended;
  const sign = off ? html`<span class="bad">≠</span>` : "=";
  const body = html`<p class="sum num"><b>${number(sheet.received)} ${sign} ${number(accounted)}</b> ${off ? "" : html`<span class="ok">✓</span>`}</p>
    ${off ? html`<p class="bad">${off}.</p>` : html`<p class="quiet num">${number(sheet.open)} still open, ${number(sheet.ended)} ended</p>`}
    ${atTheDesk(sheet)}<p><a href="/balance">Whole balance sheet</a></p>`;
  return part("balance", "Received = accounted for", body);
}
