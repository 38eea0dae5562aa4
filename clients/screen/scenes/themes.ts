// What the tables said about a passage: the themes, by how many tables said so, minority points kept.
import { html, nothing, type TemplateResult } from "lit";
import type { Table, Theme } from "../../shared/entities.ts";
import { count, number } from "../../shared/words.ts";
import { bar } from "../bars.ts";
import { type Scene, timer } from "../frame.ts";
import { type Stage, saidOn, themesOn } from "../stage.ts";

function quote(theme: Theme): TemplateResult | typeof nothing {
  if (!theme.quote) return nothing;
  const table = theme.quote.table === null ? "" : ` Table ${theme.quote.table}`;
  return html`<p class="say">“${theme.quote.text}”${table}</p>`;
}

function entry(theme: Theme, whole: number): TemplateResult {
  const spoken = `${count(theme.tables, "table")}`;
  return html`<li class="theme ${theme.minority ? "minority" : ""}" data-entry ?data-keep=${theme.minority}>
    <b class="n num" aria-label=${spoken}>${number(theme.tables)}</b>
    <div>
      <p class="name">${theme.name}${theme.minority ? html` <span class="quiet">· kept as a minority point</span>` : nothing}</p>
      ${bar({ part: theme.tables, whole, tone: theme.minority ? "question" : "idea" })}
      ${quote(theme)}
    </div>
  </li>`;
}

/** Against how many tables a bar is drawn: all that could have said so. */
function ground(stage: Stage, themes: Theme[]): number {
  const own = stage.view.all<Table>("table").filter((table) => table.track === stage.track?.id).length;
  const tables = own || stage.room?.tables || stage.event?.tables || 0;
  return Math.max(1, tables, ...themes.map((theme) => theme.tables));
}

function about(stage: Stage): TemplateResult | typeof nothing {
  const [first, ...rest] = stage.passages;
  if (!first || rest.length > 0) return nothing;
  return html`<section class="passage" data-levels="1">
    <p><span class="ref">${first.ref}</span> <b>${first.heading}</b></p>
    <p class="text">${first.carried ?? first.text}</p>
  </section>`;
}

function source(stage: Stage): string {
  return `What the tables said · ${count(saidOn(stage).n, "comment")}`;
}

/** The scene after the tables: what they said, and what is still missing. */
export function themes(stage: Stage): Scene {
  const all = themesOn(stage);
  const whole = ground(stage, all);
  const empty = html`<p class="title">The theme team is reading. Themes will stand here.</p>`;
  return {
    left: html`<h1>${source(stage)}</h1>`,
    right: timer(stage),
    body: html`${about(stage)}
      ${
        all.length === 0
          ? empty
          : html`<ol class="list" data-levels="3" data-trim>
              ${all.map((theme) => entry(theme, whole))}
              <li class="more" data-more="and # more themes" data-one="and one more theme" hidden></li>
            </ol>`
      }`,
    foot: all.length > 0 ? "What is missing? Tell your facilitator" : nothing,
    footRight:
      all.length > 0
        ? html`number and bar: tables that said so, of <span class="num">${number(whole)}</span>`
        : nothing,
  };
}
