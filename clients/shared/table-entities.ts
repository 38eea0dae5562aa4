// What tables say, answer and hand on, as it travels.
import type { Op } from "./entities.ts";

/** What one table says of another table's comment. */
export type Response = "ours-too" | "we-differ" | "adds";

/** On which passages others are heard; of each, from which comment on, and how many came before it. */
export interface Heard {
  id: string;
  passages: Record<string, { since: { at: string; id: string } | null; earlier: number }>;
}

/** Who writes for a table, once that has changed hands; laptops have names of their own. */
export interface Writing {
  id: string;
  laptop: string | null;
  giver: string | null;
  name: string;
  draft: HandedDraft | null;
  at: string;
}

export interface HandedDraft {
  item: string;
  passage: string | null;
  kind: string;
  text: string;
  wording: string | null;
  agree: number;
  against: number;
  minority: boolean;
  parent: string | null;
  adds_to: string | null;
}

export interface Comment {
  id: string;
  /** Null where the event does not name tables to others. */
  ref: string | null;
  table: number | null;
  passage: string;
  item: string | null;
  kind: string;
  agree: number;
  against: number;
  /** Whether its table called it a minority view. */
  minority: boolean;
  text: string;
  ops: Op[] | null;
  english: string | null;
  parent: string | null;
  /** The other table's comment to which it adds. */
  adds_to: string | null;
  /** What this device's own table answered to it; only for other tables' comments. */
  response: Response | null;
  /** What other tables answered to it, for its own table and the theme team. */
  responses: { table: number | null; response: Response; earlier: boolean }[];
  state: "current" | "superseded" | "withdrawn" | "conflict";
  marks: string[];
  n: number | null;
  device: string | null;
  station: string | null;
  disposition: string | null;
  reason: string | null;
  /** Who of the resource persons answers what it asks, for its own table and the theme team. */
  answered_by: string | null;
  at: string;
  themes: string[];
  theme_names: string[];
}
