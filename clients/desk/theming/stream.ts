// The order in which a reader sees comments: unread first, and what stands in the list never moves.
import type { Comment } from "../../shared/entities.ts";

export type Arrival = Pick<Comment, "id" | "at" | "station" | "parent" | "state" | "disposition">;

/** Nobody on the theme team has read it yet. */
export function isUnread(comment: Pick<Comment, "station" | "disposition">): boolean {
  return (comment.station ?? "received") === "received" && !comment.disposition;
}

function newestFirst(a: Arrival, b: Arrival): number {
  return b.at.localeCompare(a.at) || b.id.localeCompare(a.id);
}

export class Stream {
  /** What stands in the list, in its order; ids may have gone since. */
  order: string[] = [];

  /** Put the list in order anew: unread first, the newest first. */
  settle(comments: readonly Arrival[]): void {
    const rank = (one: Arrival) => (isUnread(one) ? 0 : 1);
    this.order = [...comments].sort((a, b) => rank(a) - rank(b) || newestFirst(a, b)).map((one) => one.id);
  }

  /** A correction takes the place of what it corrects; an empty list takes what comes. */
  follow(comments: readonly Arrival[]): void {
    if (this.order.length === 0) {
      this.settle(comments);
      return;
    }
    const standing = new Set(this.order);
    for (const one of comments) {
      if (!one.parent || standing.has(one.id)) continue;
      const place = this.order.indexOf(one.parent);
      if (place < 0) continue;
      this.order.splice(place, one.state === "conflict" ? 0 : 1, one.id);
      standing.add(one.id);
    }
  }

  /** How many have arrived that do not stand in the list yet. */
  above(comments: readonly Arrival[]): Arrival[] {
    const standing = new Set(this.order);
    return comments.filter((one) => !standing.has(one.id));
  }

  /** Put what has arrived above the list; everything else stays where it is. */
  takeIn(comments: readonly Arrival[]): number {
    const fresh = this.above(comments).sort(newestFirst);
    this.order = [...fresh.map((one) => one.id), ...this.order];
    return fresh.length;
  }

  /** The comments of the list that are still there, in its order. */
  rows<T extends Arrival>(comments: readonly T[]): T[] {
    const byId = new Map(comments.map((one) => [one.id, one]));
    return this.order.flatMap((id) => byId.get(id) ?? []);
  }
}
