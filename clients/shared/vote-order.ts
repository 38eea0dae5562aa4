// Where the room is in an order of votes.
import type { Ballot, OrderEntry, VoteOrder } from "./entities.ts";
import type { View } from "./live.ts";

/** Orders laid before the room, in the order of the documents. */
export function laidOrders(view: View): VoteOrder[] {
  return view
    .all<VoteOrder>("order")
    .filter((order) => order.laid)
    .sort((a, b) => a.position - b.position);
}

export function isAhead(entry: OrderEntry): boolean {
  return entry.state === "ahead" || entry.state === "up";
}

/** "Vote 3 of 7 on HOU. Next: motion 5." for a ballot of a laid order; "" for any other. */
export function placeInOrder(view: View, ballot: Pick<Ballot, "number" | "purpose">): string {
  if (ballot.purpose !== "binding") return "";
  for (const { prefix, entries } of laidOrders(view)) {
    const at = entries.findIndex((entry) => entry.ballot === ballot.number);
    if (at < 0) continue;
    const next = entries.slice(at + 1).find(isAhead);
    return `Vote ${at + 1} of ${entries.length} on ${prefix}.${next ? ` Next: ${next.label}.` : ""}`;
  }
  return "";
}
