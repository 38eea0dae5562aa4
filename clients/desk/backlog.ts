// How far the theme team is behind the tables.
import { html, nothing, type TemplateResult } from "lit";
import type { Comment, Room, Theme } from "../shared/entities.ts";
import { count, number } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { part } from "./parts.ts";

const MINUTE = 60_000;

/** How many wait to be read and for how long the oldest has; null where this desk may not see comments. */
export function behind(page: Page): { unread: number; minutes: number } | null {
  const told = page.view.all<Room & { unread?: number; oldest_unread?: string | null }>("room")[0];
  if (told?.unread !== undefined) {
    const since = told.oldest_unread ? page.now - Date.parse(told.oldest_unread) : 0;
    return { unread: told.unread, minutes: Math.max(0, Math.floor(since / MINUTE)) };
  }
  const comments = page.view
    .all<Comment>("comment")
    .filter((one) => one.state === "current" || one.state === "conflict");
  if (comments.length === 0) return null;
  const unread = comments.filter((one) => one.station === "received");
  const oldest = Math.min(page.now, ...unread.map((one) => Date.parse(one.at)));
  return { unread: unread.length, minutes: Math.floor((page.now - oldest) / MINUTE) };
}

/** The card at the side. */
export function backlog(page: Page): TemplateResult {
  const themes = page.view.all<Theme>("theme");
  const room = page.view.all<Room>("room")[0];
  const late = behind(page);
  const grouped = html`<p class="quiet num">${count(room?.themes ?? themes.length, "theme")} from ${count(room?.comments ?? 0, "comment")}</p>`;
  const waiting = late
    ? html`<p class="num"><b class=${late.minutes > 5 ? "warn" : ""}>${number(late.unread)} unread${late.unread > 0 ? ` · ${late.minutes} min` : ""}</b></p>`
    : nothing;
  const link = page.live.streams.audiences().includes("themes")
    ? html`<p><a href="/desk/themes">Theme desk</a></p>`
    : nothing;
  return part("backlog", "Themes", html`${waiting}${grouped}${link}`);
}
