// Two places for the same entries: what one has and the other has not is taken from the other.
import type { Entry } from "./outbox.ts";

export interface Reunion {
  /** Everything that either place holds, each once, with the best that is known of its fate. */
  all: Entry[];
  forStore: Entry[];
  forJournal: Entry[];
}

/** Compare what the two places hold; an entry whose fate one of them does not know goes to it again. */
export function reunite(stored: Entry[], journalled: Entry[]): Reunion {
  const inStore = new Map(stored.map((entry) => [entry.command.id, entry]));
  const inJournal = new Map(journalled.map((entry) => [entry.command.id, entry]));
  const all: Entry[] = [];
  for (const id of new Set([...inStore.keys(), ...inJournal.keys()])) {
    const [one, other] = [inStore.get(id), inJournal.get(id)];
    const base = one ?? other;
    if (!base) continue;
    const fate = decided(one) >= decided(other) ? one : other;
    all.push({ ...base, ack: fate?.ack ?? null, arrived: fate?.arrived ?? null });
  }
  const lacking = (held: Map<string, Entry>) =>
    all.filter((entry) => decided(held.get(entry.command.id)) < Math.max(1, decided(entry)));
  return { all, forStore: lacking(inStore), forJournal: lacking(inJournal) };
}

/** 0: not there; 1: no answer yet; 2: turned away; 3: at the centre. */
function decided(entry: Entry | undefined): number {
  if (!entry) return 0;
  return entry.ack ? (entry.ack.ok ? 3 : 2) : 1;
}
