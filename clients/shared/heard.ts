// What of others' comments a device goes on to hold: of each passage the newest, as the hub says in "heard".
import type { Comment, Heard } from "./entities.ts";

/** Whether a comment is heard still; one that the table answered stays, however early it was. */
export function isHeard(heard: Heard, comment: Comment): boolean {
  const bound = heard.passages[comment.passage];
  if (!bound) return false;
  return comment.response !== null || !isEarlier(heard, comment);
}

/** Whether a comment came before those from which on its passage is heard. */
export function isEarlier(heard: Heard, comment: Comment): boolean {
  const since = heard.passages[comment.passage]?.since;
  return since != null && inOrder(comment) < inOrder(since);
}

/** What orders comments as they came, as text. */
export function inOrder({ at, id }: { at: string; id: string }): string {
  // The hub leaves parts of a second away where there are none.
  return (at.includes(".") ? at : at.replace("Z", ".000000Z")) + id;
}
