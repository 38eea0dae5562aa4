// What a laptop remembers of the hall, so that it opens without a network where it was: nothing about any person.
import type { Comment, Table } from "../shared/entities.ts";
import type { View } from "../shared/live.ts";
import type { Kinds } from "../shared/streams.ts";

const WHOLE = ["event", "track", "item", "passage"];

/** The running order, the texts, and what this table itself has said. */
export function hallOf(view: View, table: number): Kinds {
  const own = view.all<Comment>("comment").filter((comment) => comment.table === table);
  const tables = view.all<Table>("table").filter((each) => each.number === table);
  const kinds = Object.fromEntries(WHOLE.map((kind) => [kind, view.all<{ id: string }>(kind)]));
  return Object.fromEntries(
    Object.entries({ ...kinds, comment: own, table: tables }).map(([kind, values]) => [
      kind,
      Object.fromEntries(values.map((value) => [value.id, value])),
    ]),
  );
}
