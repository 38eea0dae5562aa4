// What the theme team does with comments: read, group, take out, quote. Each act goes on to the next comment.
import type { Comment } from "../../shared/entities.ts";
import { count } from "../../shared/words.ts";
import type { Work } from "./work.ts";

export const HERE = "list";

function comment(work: Work, id: string): Comment | undefined {
  return work.page.view.get<Comment>("comment", id);
}

/** The reader goes on at once; a refusal comes back to the list and is said. */
async function act(work: Work, type: string, data: object, ids: string[], said: string): Promise<boolean> {
  if (ids.length === 0) return false;
  const rows = work.listed().rows.map((one) => one.id);
  if (ids.some((id) => rows.includes(id))) work.list.goOn(rows, ids);
  work.page.redraw();
  const ack = await work.page.ask(HERE, type, data);
  if (ack.ok) work.page.say(said);
  return ack.ok;
}

/** Mark comments as read. */
export function markRead(work: Work, ids: string[]): Promise<boolean> {
  return act(work, "mark-read", { comments: ids }, ids, `${count(ids.length, "comment")} read.`);
}

/** Put comments into a theme, out of any other. */
export function putInto(work: Work, ids: string[], theme: string, name: string): Promise<boolean> {
  work.last = theme;
  return act(
    work,
    "move-comments",
    { comments: ids, theme },
    ids,
    `${count(ids.length, "comment")} put into ${name}.`,
  );
}

/** Take comments out of every theme. */
export function takeOut(work: Work, ids: string[]): Promise<boolean> {
  return act(
    work,
    "move-comments",
    { comments: ids, theme: null },
    ids,
    `${count(ids.length, "comment")} taken out.`,
  );
}

/** Make a theme of comments; they must be about one passage, and the hub says so where they are not. */
export async function nameTheme(work: Work, ids: string[], name: string): Promise<boolean> {
  const passage = work.filters.passage || comment(work, ids[0] ?? "")?.passage;
  const item = work.page.newId();
  const data = { item, passage, name, comments: ids };
  const done = await act(
    work,
    "name-theme",
    data,
    ids,
    `New theme ${name} with ${count(ids.length, "comment")}.`,
  );
  if (done) {
    work.last = item;
    work.groups.active = item;
  }
  return done;
}

/** Let a comment speak for the theme that it is in. */
export function quote(work: Work, id: string | undefined): void {
  const theme = comment(work, id ?? "")?.themes[0];
  if (!id || !theme) {
    work.page.say("Put it into a theme first; then it can be its quotation.");
    return;
  }
  void work.page.send(HERE, "choose-quote", { theme, comment: id }).then((ack) => {
    if (ack?.ok) work.page.say("It is the quotation of its theme now.");
  });
}

/** Open the picker for these comments; it gives the focus back to where it came from. */
export function pick(work: Work, ids: string[], fresh: boolean, back = "comments"): void {
  if (ids.length === 0) return;
  work.picking = { comments: ids, fresh, back };
  work.focus("picker");
}

/** Put comments where the last ones went. */
export function again(work: Work, ids: string[]): void {
  const theme = work.themes.find((one) => one.id === work.last);
  if (theme) void putInto(work, ids, theme.id, theme.name);
  else pick(work, ids, false);
}
