// One point as a laptop typed it: the data of the command that carries it to the hub.
import type { Op } from "./entities.ts";

/** One point as it was typed; it never changes again. A correction is another item with a parent. */
export interface CapturedItem {
  item: string;
  n: number;
  /** Where the laptop was when this was typed; it may have moved before it is sent. */
  table?: number | null;
  passage: string;
  round: string | null;
  kind: string;
  agree: number;
  against: number;
  text: string;
  ops?: Op[];
  base_hash?: string;
  minority?: boolean;
  parent?: string;
  adds_to?: string;
  typed: number;
  at: string;
}
