// The things that the hub tells a device about, as they travel; times are UTC in ISO form.

import type { Ballot } from "./ballot-entities.ts";

export type {
  Ballot,
  Board,
  Chart,
  Result,
  Sections,
  SectionTally,
  Stamping,
  Vote,
} from "./ballot-entities.ts";
export type { OrderEntry, VoteOrder } from "./order-entities.ts";
export type { Comment, HandedDraft, Heard, Response, Writing } from "./table-entities.ts";

export interface Kind {
  key: string;
  label: string;
  sign: string;
}

export interface EventFacts {
  id: string;
  uid?: string;
  name: string;
  zone: string;
  preset: "meeting" | "forum" | "conference";
  accent: string | null;
  rehearsal: boolean;
  /** What stands on every page of a copy that a handover left behind. */
  elsewhere?: string | null;
  phase: "before" | "hall" | "after";
  features: { seating: boolean; themes: boolean; tracks: boolean; screens: boolean };
  limit: number | null;
  quiet_seconds?: number;
  kept_alarm_seconds?: number;
  table_size: number;
  reasons: string[];
  help_reasons?: { label: string; private: boolean }[];
  /** A help call that waits for longer is an alarm at the desk. Units: seconds. */
  help_alarm_seconds?: number;
  kinds: Kind[];
  present: number;
  entitled: number;
  tables: number;
  names_tables: boolean;
  /** The grades of trust that a ballot can have here, and the one that a binding ballot begins with. */
  trusts?: Ballot["trust"][];
  default_trust?: Ballot["trust"];
  /** The hub's order to erase what this device keeps of the event; given once, when everything is in. */
  erase_devices?: boolean;
  /** Whether a point must be read back to its table before it is sent. */
  reads_back: boolean;
}

export interface Step {
  verb: string;
  label: string;
  hint: string;
  subject: string | null;
}

export interface Track {
  id: string;
  name: string;
  position: number;
  current: string | null;
  /** How late the track is by the hub's forecast; null or absent where nobody knows. */
  late_minutes?: number | null;
  step?: Step | null;
  undo?: { label: string; why_not: string | null } | null;
}

export type ItemKind = "opening" | "round" | "themes" | "ballot" | "break" | "plenary" | "closing";

export interface Item {
  id: string;
  track: string;
  day: string;
  position: number;
  kind: ItemKind;
  title: string;
  planned: string | null;
  minutes: number | null;
  state: "planned" | "current" | "done";
  /** How far a current item has come: a round waits for its clock, runs, is over; themes wait to be shown. */
  progress?: "waiting" | "running" | "over";
  started: string | null;
  ended: string | null;
  deadline: string | null;
  remaining: number | null;
  assignments: { passage: string; tables: "all" | "choice" | [first: number, last: number] }[];
  late_minutes: number | null;
}

export interface DocumentFacts {
  id: string;
  title: string;
  prefix: string;
  commission: string | null;
  position: number;
  state: string;
}

export interface Passage {
  id: string;
  document: string;
  ref: string;
  number: string | null;
  kind: string;
  heading: string;
  text: string;
  depth: number;
  position: number;
  version: number;
  hash: string;
  carried: string | null;
}

export interface Table {
  id: string;
  number: number;
  track: string | null;
  block: string | null;
  state: "talking" | "silent" | "offline";
  comments: number;
  at: string | null;
  typed: number | null;
  /** On a laptop and not at the centre, and since when; null where no laptop has said. */
  kept?: number | null;
  kept_since?: string | null;
  centre: number | null;
}

export type Op = ["keep", number] | ["delete", string] | ["insert", string];
export type Segment = ["keep" | "delete" | "insert", string];

export interface Theme {
  id: string;
  passage: string | null;
  document: string;
  name: string;
  minority: boolean;
  comments: number;
  tables: number;
  agree: number;
  quote: { text: string; table: number | null } | null;
  position: number;
  members?: string[];
}

export interface Motion {
  id: string;
  number: number;
  passage: string | null;
  document: string | null;
  effect: "replace" | "insert-after" | "delete" | "state";
  title: string;
  text: string;
  before: string | null;
  segments: Segment[];
  english: string | null;
  state: string;
  amends: string | null;
  /** The motion on whose end it depends whether this one is put, and on which end. */
  contingent_on?: string | null;
  when_carried?: boolean;
  rescinds?: string | null;
  /** Why it fell, or what took its decision back. */
  why?: string | null;
  sources: { kind: "comment" | "theme" | "submission"; id: string; label: string }[];
}

export interface Me {
  id: string;
  person: string | null;
  name: string;
  roles: string[];
  table: number | null;
  delegation: string | null;
}

export interface Missing {
  id: string;
  person?: string | null;
  table: number | null;
  passage: string | null;
  text: string;
  state: "open" | "answered" | "added";
  answer: string | null;
  comment: string | null;
  at: string;
}

export interface SceneChoice {
  name: "follow" | "holding" | "running-order" | "passage" | "wall" | "room" | "themes" | "ballot" | "result";
  track?: string | null;
  passage?: string | null;
  ballot?: string | null;
}

export interface Screen {
  id: string;
  label: string;
  scene: SceneChoice;
  shows: string;
}

export interface Submission {
  id: string;
  ref: string;
  title: string;
  text: string;
  body: string;
  passages: string[];
  station: string | null;
  disposition: string | null;
  reason: string | null;
  note: string | null;
}

export interface BalanceSheet {
  id: string;
  kinds: {
    kind: string;
    label: string;
    received: number;
    open: number;
    ended: number;
    difference: number;
    /** Also where a difference hides behind a nought. */
    wrong: boolean;
    /** References of what is wrong, the first of them. */
    named: string[];
  }[];
  received: number;
  open: number;
  ended: number;
}

export interface Room {
  id: string;
  comments: number;
  by_kind: Record<string, number>;
  by_passage: { ref: string; n: number; kinds: Record<string, number> }[];
  talking: number;
  silent: number;
  offline: number;
  tables: number;
  themes: number;
  unread?: number;
  oldest_unread?: string | null;
}
