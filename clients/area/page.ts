// A block of tables on a phone: who calls for help, whose point is missing, who talks about what.
import { html, nothing, type TemplateResult } from "lit";
import { callList, helpAlarm } from "../desk/help.ts";
import type { Page } from "../desk/page.ts";
import { connection, part, speaker, strips, turnedAway } from "../desk/parts.ts";
import { blockIn, blocksOf, missingIn, tablesIn } from "../shared/blocks.ts";
import { openCalls } from "../shared/calls.ts";
import { signOut } from "../shared/sign-out.ts";
import { number } from "../shared/words.ts";
import { missingList } from "./missing.ts";
import { tableList } from "./tables.ts";

/** "Block A", or what the page shows where it is about no block in particular. */
function title(block: string | null): string {
  return block === null ? "All blocks" : `Block ${block}`;
}

/** The way to the other blocks that this device may see. */
function others(page: Page, block: string | null): TemplateResult | typeof nothing {
  const names = blocksOf(page.view);
  const audiences = page.live.streams.audiences();
  const whole = audiences.includes("block:*");
  if (names.length < 2) return nothing;
  const link = (name: string | null) => {
    const path = name === null ? "/block" : `/block/${encodeURIComponent(name)}`;
    return html`<li><a href=${path} aria-current=${name === block ? "page" : nothing}>${title(name)}</a></li>`;
  };
  return html`<nav aria-label="Blocks"><ul class="blocks">${whole ? link(null) : nothing}${names.map(link)}</ul></nav>`;
}

function counted(words: string, n: number): TemplateResult {
  return html`${words}${n > 0 ? html` <b class="num">${number(n)}</b>` : nothing}`;
}

/** The page. */
export function blockPage(page: Page): TemplateResult {
  if (page.live.connection === "ended") return turnedAway(page);
  if (!page.event) return html`<p class="waiting">Asking the centre what goes on.</p>`;
  const block = blockIn(location.pathname);
  const tables = tablesIn(page.view, block);
  const numbers = new Set(tables.map((table) => table.number));
  const calls = openCalls(page.view).filter((call) => numbers.has(call.table));
  const missing = missingIn(page.view, block);
  const open = missing.filter((one) => one.state === "open").length;
  return html`${strips(page)}
    <header class="bar"><b class="name">${page.event.name}</b>${connection(page)}</header>
    ${helpAlarm(page, calls)}
    <div class="block"><h1>${title(block)}</h1>${others(page, block)}
      ${part("calls", counted("Help calls", calls.length), callList(page, calls))}
      ${part("missing-points", counted("“Our point is missing”", open), missingList(page, missing))}
      ${part("tables", "Tables", tableList(page, tables))}</div>
    <footer class="foot">${signOut()}</footer>${speaker(page)}`;
}
