// What goes on now: pure questions to the running order, asked by every device.
import type { EventFacts, Item, Passage, Track } from "./entities.ts";
import type { View } from "./live.ts";

export function eventOf(view: View): EventFacts | undefined {
  return view.all<EventFacts>("event")[0];
}

/** Tracks in their order. */
export function tracksOf(view: View): Track[] {
  return view.all<Track>("track").sort((a, b) => a.position - b.position);
}

/** The running order of one track. */
export function itemsOf(view: View, track: string): Item[] {
  return view
    .all<Item>("item")
    .filter((item) => item.track === track)
    .sort((a, b) => a.day.localeCompare(b.day) || a.position - b.position);
}

/** What goes on now in a track, and what comes next. */
export function nowAndNext(view: View, track: Track | undefined): { now?: Item; next?: Item } {
  if (!track) return {};
  const items = itemsOf(view, track.id);
  const at = items.findIndex((item) => item.id === track.current);
  const now = at >= 0 ? items[at] : undefined;
  const next = items.slice(at + 1).find((item) => item.state === "planned");
  return { ...(now ? { now } : {}), ...(next ? { next } : {}) };
}

/** The passages that an item gives to a table, in the order of the document; without a table, all of them. */
export function passagesFor(view: View, item: Item | undefined, table: number | null): Passage[] {
  const found = new Map<string, Passage>();
  for (const { passage, tables } of item?.assignments ?? []) {
    const mine = table === null || typeof tables === "string" || inBlock(tables, table);
    const text = passageOf(view, passage);
    if (mine && text) found.set(text.id, text);
  }
  return [...found.values()].sort((a, b) => a.position - b.position);
}

/** Whether a table is in a block, given as its first and last table. */
function inBlock([first, last]: [number, number], table: number): boolean {
  return first <= table && table <= last;
}

/** A passage by its id or by its reference. */
export function passageOf(view: View, key: string | null | undefined): Passage | undefined {
  if (!key) return undefined;
  return (
    view.get<Passage>("passage", key) ?? view.all<Passage>("passage").find((passage) => passage.ref === key)
  );
}
