// The themes of the passage in view, and the one that is open: its name, its comments, its quotation.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Comment, Theme } from "../../shared/entities.ts";
import { kindMark } from "../../shared/marks.ts";
import { count, kindOf, number, strength } from "../../shared/words.ts";
import { type Doing, letterOf } from "../letters.ts";
import { refusal, select, typed } from "../parts.ts";
import { HERE, pick, quote, takeOut } from "./acts.ts";
import { words } from "./comments.ts";
import { listbox } from "./listbox.ts";
import type { Work } from "./work.ts";

const PLACE = "theme";
const names = new Map<string, string>();
let splitName = "";
let into = "";

function row(theme: Theme): TemplateResult {
  return html`<b class="n num">${number(theme.tables)}</b><span><b>${theme.name}</b>
    <span class="quiet num">${count(theme.comments, "comment")}, with these points ${number(theme.agree)}${theme.minority ? " · minority point" : ""}</span>
    ${theme.quote ? html`<span class="quiet">“${theme.quote.text}”</span>` : nothing}</span>`;
}

/** The comments of a theme, oldest first as the hub gives them. */
function membersOf(work: Work, theme: Theme): Comment[] {
  return (theme.members ?? []).flatMap((id) => work.page.view.get<Comment>("comment", id) ?? []);
}

async function send(work: Work, type: string, data: object, said: string): Promise<boolean> {
  const ack = await work.page.send(PLACE, type, data);
  if (ack?.ok) work.page.say(said);
  return ack?.ok ?? false;
}

function naming(work: Work, theme: Theme): TemplateResult {
  const rename = async (event: Event) => {
    event.preventDefault();
    const name = names.get(theme.id) ?? theme.name;
    if (await send(work, "rename-theme", { theme: theme.id, name }, "Renamed.")) names.delete(theme.id);
  };
  const flip = () =>
    send(
      work,
      "mark-minority",
      { theme: theme.id, minority: !theme.minority },
      theme.minority ? "Not a minority point." : "Kept as a minority point.",
    );
  return html`<form class="row" @submit=${rename}><label class="field grow" for="theme-name"><span>Name, as the hall reads it</span>
      <input id="theme-name" .value=${asTyped(names.get(theme.id) ?? theme.name)} @input=${(event: Event) => names.set(theme.id, typed(event))}></label>
    <button class="btn small">Rename</button></form>
    <p><label><input type="checkbox" .checked=${asTyped(theme.minority)} @change=${flip}> Keep as a minority point, however few made it</label></p>`;
}

/** Merging: everything of this theme goes into another. */
function merging(work: Work, theme: Theme): TemplateResult | typeof nothing {
  const others = work.themes.filter((one) => one.id !== theme.id && one.passage === theme.passage);
  if (others.length === 0) return nothing;
  const target = others.find((one) => one.id === into) ?? others[0];
  const run = async () => {
    if (
      !target ||
      !(await send(
        work,
        "merge-themes",
        { from: [theme.id], into: target.id },
        `Merged into ${target.name}.`,
      ))
    )
      return;
    work.groups.active = target.id;
    work.focus("groups");
  };
  const set = (value: string) => {
    into = value;
    work.page.redraw();
  };
  return html`<div class="row"><div class="grow">${select(
    "merge-into",
    "Merge it into",
    others.map((one) => ({ value: one.id, label: one.name })),
    target?.id ?? "",
    set,
  )}</div>
    <button type="button" class="btn small" @click=${run}>Merge</button></div>`;
}

function splitting(work: Work, theme: Theme, chosen: string[]): TemplateResult | typeof nothing {
  if (chosen.length === 0) return nothing;
  const run = async (event: Event) => {
    event.preventDefault();
    const data = { theme: theme.id, item: work.page.newId(), name: splitName, comments: chosen };
    if (!(await send(work, "split-theme", data, `New theme ${splitName}.`))) return;
    splitName = "";
    work.members.chosen.clear();
    work.focus("members");
  };
  return html`<form class="row" @submit=${run}><label class="field grow" for="split-name"><span>Split ${count(chosen.length, "chosen comment")} off, as</span>
    <input id="split-name" .value=${asTyped(splitName)} @input=${(event: Event) => {
      splitName = typed(event);
    }}></label><button class="btn small">Split</button></form>`;
}

function member(work: Work, theme: Theme, one: Comment): TemplateResult {
  const isQuote = theme.quote !== null && theme.quote.text === one.text && theme.quote.table === one.table;
  return html`<span class="meta"><span class="tick" aria-hidden="true">${work.members.chosen.has(one.id) ? "☑" : "☐"}</span>
    ${kindMark(kindOf(work.page.event, one.kind))}<b class="num">${one.ref}</b><span class="quiet num">${strength(one)}</span>${isQuote ? html`<b>quotation</b>` : nothing}</span>
    ${words(work, one)}`;
}

function members(work: Work, theme: Theme): TemplateResult {
  const rows = membersOf(work, theme);
  const ids = rows.map((one) => one.id);
  const about = () => work.members.about(ids);
  const chosen = ids.filter((id) => work.members.chosen.has(id));
  const keys: Record<string, () => void> = {
    [letterOf("again")]: () => pick(work, about(), false, "members"),
    [letterOf("out")]: () => void takeOut(work, about()),
    [letterOf("quote")]: () => quote(work, about()[0]),
    [letterOf("split")]: () => work.focus("split-name"),
  };
  const list = listbox<Comment>({
    id: "members",
    label: `Comments in ${theme.name}`,
    rows,
    keyOf: (one) => one.id,
    draw: (one) => member(work, theme, one),
    place: work.members,
    keys,
    changed: () => work.page.redraw(),
  });
  const tool = (label: string, doing: Doing) =>
    html`<button type="button" class="btn small" @click=${() => keys[letterOf(doing)]?.()}>${label}<kbd aria-hidden="true">${letterOf(doing).toUpperCase()}</kbd></button>`;
  return html`<div class="toolbar">${tool("Move", "again")}${tool("Quote", "quote")}${tool("Take out", "out")}</div>
    ${rows.length > 0 ? list : html`<p class="quiet">No comment is in it.</p>`}${splitting(work, theme, chosen)}`;
}

/** The panel of themes. */
export function groups(work: Work): TemplateResult {
  const all = work.themes;
  const open = all.find((one) => one.id === work.groups.active) ?? all[0];
  if (!open)
    return html`<p class="quiet empty">No theme here yet. Choose comments that say the same, press N and give them a name.</p>`;
  work.groups.active = open.id;
  const list = listbox<Theme>({
    id: "groups",
    label: "Themes, the widest first",
    rows: all,
    keyOf: (one) => one.id,
    draw: row,
    place: work.groups,
    single: true,
    keys: { Enter: () => work.focus("theme-name"), c: () => work.focus("members") },
    changed: () => work.page.redraw(),
  });
  return html`<p class="quiet">The figure is how many tables said so.</p>${list}
    <div class="open" data-home tabindex="-1"><h3>${open.name}</h3>${naming(work, open)}${members(work, open)}${merging(work, open)}</div>
    ${refusal(work.page, PLACE)}${refusal(work.page, HERE)}`;
}
