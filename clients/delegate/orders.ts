// The way to the order of votes on the phone: its code is fetched when the first order is laid before the room.
import type { VoteOrder } from "../shared/entities.ts";
import type { Phone } from "./phone.ts";

let part: typeof import("./orders/main.ts") | null = null;
let asked = false;

/** Where the room is in its orders of votes, with the passages that can be pulled out. */
export function ordersPart(phone: Phone): unknown {
  if (part) return part.orders(phone);
  if (asked || phone.live.view.all<VoteOrder>("order").length === 0) return "";
  asked = true;
  import("./orders/main.ts").then(
    (found) => {
      part = found;
      phone.redraw();
    },
    () => {
      asked = false;
    },
  );
  return "";
}
