// What a table laptop needs to know about the hall, read from the live view; nothing here is stored.
import type { Comment, EventFacts, Heard, Item, Me, Passage, Table, Track } from "../shared/entities.ts";
import { inOrder } from "../shared/heard.ts";
import type { View } from "../shared/live.ts";
import { eventOf, nowAndNext, passagesFor, tracksOf } from "../shared/programme.ts";

export interface Facts {
  event: EventFacts | undefined;
  table: number | null;
  track: Track | undefined;
  now: Item | undefined;
  next: Item | undefined;
  /** The round that runs now for this table, if one does. */
  round: Item | undefined;
  passages: Passage[];
  comments: Comment[];
  /** On which passages this table hears the others now. */
  heard: Heard | undefined;
}

/** The hall as this table sees it. */
export function factsOf(view: View): Facts {
  const table = view.all<Me>("me")[0]?.table ?? view.all<Table>("table")[0]?.number ?? null;
  const own = view.all<Table>("table").find((each) => each.number === table);
  const tracks = tracksOf(view);
  const track = tracks.find((each) => each.id === own?.track) ?? tracks[0];
  const { now, next } = nowAndNext(view, track);
  const round = now?.kind === "round" && now.state === "current" && now.progress !== "over" ? now : undefined;
  return {
    event: eventOf(view),
    ...{ table, track, now, next, round },
    passages: passagesFor(view, round, table),
    comments: view.all<Comment>("comment"),
    heard: view.get<Heard>("heard", "heard"),
  };
}

/** The passages to choose from: those of the round, and the one of an unfinished draft. */
export function choices(facts: Facts, drafted: Passage | undefined): Passage[] {
  if (!drafted || facts.passages.some((passage) => passage.id === drafted.id)) return facts.passages;
  return [...facts.passages, drafted];
}

/** What other tables said about a passage, oldest first. */
export function heard(facts: Facts, passage: string | null): Comment[] {
  return facts.comments
    .filter((comment) => comment.table !== facts.table && comment.passage === passage)
    .filter((comment) => comment.state === "current")
    .sort((a, b) => (inOrder(a) < inOrder(b) ? -1 : 1));
}
