// What the whole window wears: the event's accent, and a title that tells one tab from another.
import { useAccent } from "./accent.ts";
import type { EventFacts } from "./entities.ts";

/** Give the page its title and the event's own accent. */
export function dress(event: EventFacts | undefined, title: string): void {
  const full = [event?.rehearsal ? "REHEARSAL" : "", title, event?.name ?? ""].filter(Boolean).join(" · ");
  if (document.title !== full) document.title = full;
  useAccent(event?.accent);
}
