// What this table has said, from the hub and from the laptop's own outbox, as one list.
import type { Comment, Op } from "../shared/entities.ts";
import type { CapturedItem, Entry } from "../shared/outbox.ts";

export interface Row {
  id: string;
  ref: string | null;
  passage: string;
  round: string | null;
  kind: string;
  text: string;
  ops: Op[] | null;
  english: string | null;
  agree: number;
  against: number;
  minority: boolean;
  addsTo: string | null;
  /** Where it is: kept on this laptop (once: in one place only), at the centre, or turned away by the centre. */
  place: "kept" | "once" | "centre" | "refused";
  sentence: string | null;
  withdrawal: "none" | "on its way" | "done";
  corrects: boolean;
  /** Where the point was first said: its first wording, and the round of that. */
  first: Wording;
  comment: Comment | null;
}

interface Wording {
  id: string;
  round: string | null;
  parent: string | null;
}

/** The table's points, newest first; what was corrected stands only in its newest form. */
export function rowsOf(
  comments: Comment[],
  entries: Entry[],
  table: number,
  once = new Set<string>(),
): Row[] {
  const mine = comments.filter((comment) => comment.table === table);
  const known = new Set(mine.map((comment) => comment.id));
  const points = entries.filter((entry) => entry.n !== null && entry.table === table);
  const local = points.filter((entry) => !known.has(item(entry).item));
  const replaced = new Set(local.map((entry) => item(entry).parent));
  const withdrawn = new Set(
    entries
      .filter((entry) => entry.command.type === "withdraw-comment" && !entry.ack?.refusal)
      .map((entry) => (entry.command.data as { comment: string }).comment),
  );
  const wordings = new Map<string, Wording>();
  for (const entry of points) {
    const { item: id, round, parent } = item(entry);
    wordings.set(id, { id, round, parent: parent ?? null });
  }
  for (const { id, item: round, parent } of mine) wordings.set(id, { id, round, parent });
  const fromHub = mine
    .filter((comment) => comment.state !== "superseded")
    .sort((a, b) => a.at.localeCompare(b.at) || (a.n ?? 0) - (b.n ?? 0))
    .map((comment) => hubRow(comment, withdrawn.has(comment.id), firstOf(comment.id, wordings)));
  const fromHere = local.map((entry) =>
    localRow(
      entry,
      withdrawn.has(item(entry).item),
      once.has(entry.command.id),
      firstOf(item(entry).item, wordings),
    ),
  );
  return [...fromHub, ...fromHere].filter((row) => !replaced.has(row.id)).reverse();
}

/** How many points count towards the limit of a round, as the centre counts them: those first said in it that
 * stand, each once, however often it was corrected; a withdrawn one does not count. */
export function countInRound(rows: Row[], round: string | null): number {
  const standing = rows.filter((row) => row.withdrawal === "none" && row.first.round === round);
  return new Set(standing.map((row) => row.first.id)).size;
}

/** The first wording behind one, as far as it is known here. */
function firstOf(id: string, wordings: Map<string, Wording>): Wording {
  let first = wordings.get(id) ?? { id, round: null, parent: null };
  const seen = new Set([id]);
  for (;;) {
    const before = wordings.get(first.parent ?? "");
    if (!before || seen.has(before.id)) return first;
    seen.add(before.id);
    first = before;
  }
}

function item(entry: Entry): CapturedItem {
  return entry.command.data as CapturedItem;
}

function hubRow(comment: Comment, withdrawing: boolean, first: Wording): Row {
  const { id, ref, passage, item: round, kind, text, ops, english, agree, against } = comment;
  const { minority, adds_to: addsTo } = comment;
  const done = comment.state === "withdrawn";
  return {
    ...{
      id,
      ref,
      passage,
      round,
      kind,
      text,
      ops,
      english,
      agree,
      against,
      minority,
      addsTo,
      first,
      comment,
    },
    place: "centre",
    sentence: null,
    withdrawal: done ? "done" : withdrawing ? "on its way" : "none",
    corrects: comment.parent !== null,
  };
}

function localRow(entry: Entry, withdrawing: boolean, once: boolean, first: Wording): Row {
  const { item: id, passage, round, kind, text, ops, agree, against, parent } = item(entry);
  const { minority = false, adds_to: addsTo = null } = item(entry);
  return {
    ...{
      id,
      ref: null,
      passage,
      round,
      kind,
      text,
      agree,
      against,
      minority,
      addsTo,
      first,
      comment: null,
      english: null,
    },
    ops: ops ?? null,
    place: entry.ack?.ok ? "centre" : entry.ack ? "refused" : once ? "once" : "kept",
    sentence: entry.ack?.refusal?.sentence ?? (entry.ack?.result?.sentence as string | undefined) ?? null,
    withdrawal: withdrawing ? "on its way" : "none",
    corrects: parent !== undefined,
  };
}
