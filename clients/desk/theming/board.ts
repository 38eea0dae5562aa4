// The theme desk as one page: the stream of comments on one side, what is made of them on the other.
import { html, nothing, type TemplateResult } from "lit";
import type { Theme } from "../../shared/entities.ts";
import { signOut } from "../../shared/sign-out.ts";
import { count, number } from "../../shared/words.ts";
import { keyList, shortcut } from "../keys.ts";
import { letterFields } from "../letters.ts";
import { missingPoints } from "../missing.ts";
import { connection, speaker, strips, turnedAway } from "../parts.ts";
import { stream } from "./comments.ts";
import { ends } from "./ends.ts";
import { floor } from "./floor.ts";
import { groups } from "./groups.ts";
import { motions } from "./motions.ts";
import { picker } from "./picker.ts";
import { isUnread } from "./stream.ts";
import { submissions } from "./submissions.ts";
import type { Panel, Work } from "./work.ts";

const IN_A_LIST: [string, string][] = [
  ["↑ ↓", "in a list: move; with Shift: choose on the way"],
  ["Space", "choose the one you are on, or leave it"],
  ["Esc", "choose none"],
];

/** What Alt does on the theme desk, with which key at first. */
export const THEME_KEYS: [key: string, does: string][] = [
  ["c", "to the comments"],
  ["u", "take in what is new above"],
  ["t", "themes"],
  ["w", "motions"],
  ["e", "ends"],
  ["m", "missing points"],
  ["s", "submissions"],
  ["k", "this list"],
];

function head(work: Work): TemplateResult {
  const { page } = work;
  const unread = work.comments.filter(isUnread).length;
  const oldest = Math.min(page.now, ...work.comments.filter(isUnread).map((one) => Date.parse(one.at)));
  const minutes = Math.floor((page.now - oldest) / 60_000);
  const chair = page.live.streams.audiences().includes("desk");
  return html`<header class="bar"><b class="name">${page.event?.name ?? ""}</b><span>Theme desk</span>
    <span class="num">${number(unread)} of ${count(work.comments.length, "comment")} unread${unread > 0 && minutes > 0 ? `, the oldest for ${minutes} min` : ""}</span>
    <span class="num">${count(page.view.all<Theme>("theme").length, "theme")}</span>
    ${chair ? html`<a href="/desk">Chair's desk</a>` : nothing}<span class="forecast">${connection(page)}</span></header>`;
}

function tab(work: Work, name: Panel, label: unknown, key: string): TemplateResult {
  return html`<button type="button" class="tab" aria-pressed=${work.panel === name} data-key=${key} aria-keyshortcuts=${shortcut(key)}
    @click=${() => work.show(name)}>${label}</button>`;
}

function panel(work: Work): TemplateResult {
  const open = missingPoints(work.page).filter((one) => one.state === "open").length;
  const panels: Record<Panel, () => TemplateResult> = {
    themes: () => groups(work),
    motions: () => motions(work),
    ends: () => ends(work),
    missing: () => floor(work),
    submissions: () => submissions(work),
  };
  return html`<section class="panel" aria-label="What is made of the comments" data-home tabindex="-1">
    ${picker(work)}
    <div class="tabs">${tab(work, "themes", "Themes", "t")}${tab(work, "motions", "Motions", "w")}${tab(work, "ends", "Ends", "e")}
      ${tab(work, "missing", html`Missing points${open > 0 ? html` <b class="num">${number(open)}</b>` : nothing}`, "m")}${tab(work, "submissions", "Submissions", "s")}</div>
    ${panels[work.panel]()}</section>`;
}

/** The page. */
export function board(work: Work): TemplateResult {
  const { page } = work;
  if (page.live.connection === "ended") return turnedAway(page);
  if (!page.event) return html`<p class="waiting">Asking the centre what goes on.</p>`;
  return html`${strips(page)}${head(work)}<h1 class="visually-hidden">Theme desk</h1>
    <div class="board">${stream(work)}${panel(work)}</div>
    <footer class="foot">${keyList(page, IN_A_LIST, letterFields(page))}<a href="/desk/kept">Kept as they came</a>${signOut()}</footer>${speaker(page)}`;
}
