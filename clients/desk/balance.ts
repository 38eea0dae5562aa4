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
  calls: ["help call", "help calls"],
};
type Line = BalanceSheet["kinds"][number];
const NUMBERS = ["received", "open", "ended"] as const;
const SAID = { received: "received", open: "still open", ended: "ended" };

/** "3 comments and 1 submission are not accounted for"; empty while the sheet balances. */
export function whatIsOff(sheet: BalanceSheet): string {
  const off = sheet.kinds.filter((kind) => kind.wrong);
  if (off.length === 0) return "";
  const much = (kind: Line) => Math.max(Math.abs(kind.difference), kind.named.length);
  const total = off.reduce((sum, kind) => sum + much(kind), 0);
  const parts = off.map((kind) => count(much(kind), ...(KINDS[kind.kind] ?? [kind.label, kind.label])));
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

/** What is wrong by name; a comment or submission leads to its story. */
function named(line: Line): TemplateResult {
  const told = line.kind === "comments" || line.kind === "submissions";
  const refs = line.named.map((ref) =>
    told ? html`<a href="/story/${ref.replace("/", "-")}">${ref}</a> ` : html`${ref} `,
  );
  return html`<p class="bad">${line.label}: ${refs}<a href="/balance/${line.kind}/wrong">what is wrong</a></p>`;
}

/** One number, with the things behind it a key away. */
function figure(line: Line, at: (typeof NUMBERS)[number]): TemplateResult {
  const shown = number(line[at]);
  if (line[at] === 0) return html`<td class="num">${shown}</td>`;
  return html`<td class="num"><a href="/balance/${line.kind}/${at}"
    aria-label="${shown}, ${line.label}, ${SAID[at]}">${shown}</a></td>`;
}

function row(line: Line): TemplateResult {
  return html`<tr><th scope="row">${line.label}${line.wrong ? html` <b class="bad">≠ wrong</b>` : nothing}</th>
    ${NUMBERS.map((at) => figure(line, at))}</tr>`;
}

function table(sheet: BalanceSheet): TemplateResult {
  return html`<table class="balance"><thead><tr><th scope="col">Kind</th>${NUMBERS.map(
    (at) => html`<th scope="col" class="num">${SAID[at]}</th>`,
  )}</tr></thead><tbody>${sheet.kinds.map(row)}</tbody></table>`;
}

/** The card at the side. */
export function balance(page: Page): TemplateResult {
  const title = "Received = accounted for";
  const sheet = page.view.all<BalanceSheet>("balance")[0];
  if (!sheet) return part("balance", title, html`<p class="quiet">Nothing has been received yet.</p>`);
  const off = whatIsOff(sheet);
  const accounted = sheet.open + sheet.ended;
  const sign = off ? html`<span class="bad">≠</span>` : "=";
  const body = html`<p class="sum num"><b>${number(sheet.received)} ${sign} ${number(accounted)}</b> ${off ? "" : html`<span class="ok">✓</span>`}</p>
    ${off ? html`<p class="bad">${off}.</p>${sheet.kinds.filter((line) => line.wrong).map(named)}` : nothing}
    ${table(sheet)}${atTheDesk(sheet)}<p><a href="/balance">Whole balance sheet</a></p>`;
  return part("balance", title, body);
}
