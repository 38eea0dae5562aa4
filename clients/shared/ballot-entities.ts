// A ballot, its result and a delegate's own vote, as they travel; times are UTC in ISO form.

/** A simple picture of a count. */
export interface Chart {
  counted: string;
  bars: { key: string; shown: string; share: number }[];
}

/** The same papers by heads and by sections. */
export interface SectionTally {
  deciding: "heads" | "sections";
  /** Whether the two say different things. */
  split: boolean;
  /** "Carried by heads, lost by sections: heads decide" */
  headline: string;
  decide: string;
  heads: string;
  sections: string;
  /** What each option has of the shares: in words, as an exact fraction, in thousandths. */
  shares: { key: string; label: string; shown: string; exact: string; part: number }[];
  /** Each section's own votes, in thousandths of them; none where somebody could be guessed. */
  groups: {
    name: string;
    share: string;
    size: number;
    parts: Record<string, number>;
    votes: Record<string, number>;
  }[];
  head: string[];
  rows: string[][];
}

export interface Result {
  counts: Record<string, number>;
  abstained: number;
  not_voted: number;
  base: number;
  needed: number | null;
  verdict: "carried" | "lost" | "tied" | "no-quorum" | "chosen";
  winner: string | null;
  sentence: string;
  quorum_reached: boolean;
  /** False for a show of hands that the chair declared without a count. */
  counted?: boolean;
  /** Why it was decided so, without the numbers. */
  why?: string;
  /** All that were chosen, in the order of their election. */
  winners?: string[];
  /** Where a method chose: one bar for each option, its share in thousandths of the longest. */
  chart?: Chart | null;
  /** Where a method chose: every round. */
  rounds?: { head: string[]; rows: string[][]; said: string[] } | null;
  /** Where sections are counted too. */
  sections?: SectionTally | null;
  /** What lost above the share set for it, and goes on beside the text. */
  minority?: {
    key: string;
    label: string;
    votes: number;
    text: string;
    by_movers: boolean;
    sentence: string;
  }[];
}

export interface Ballot {
  id: string;
  number: number;
  motion: string | null;
  passage: string | null;
  track?: string | null;
  question: string;
  form: "for-against" | "one-of-several" | "approve-any" | "rank" | "strength" | "points";
  options: { key: string; label: string; effect: string | null }[];
  state: "draft" | "announced" | "recalled" | "open" | "closed" | "provisional" | "published" | "void";
  trust: "hands" | "anonymised" | "stamped" | "cards";
  purpose: "binding" | "sounding" | "practice";
  rule: string;
  /** Who is counted in which section; of a draft as it would be now. */
  sections?: Sections | null;
  /** The roll of an open card vote. */
  cards?: { delegations: number; members: number; said: string } | null;
  quorum: string | number | null;
  min_group: number | null;
  opened: string | null;
  closed: string | null;
  deadline: string | null;
  publish_at: string | null;
  version: number;
  entitled: number | null;
  voted: number | null;
  /** What the chair declared after a show of hands. */
  declared?: string | null;
  result: Result | null;
  /** Points to spend, in that form. */
  points?: number | null;
  /** How many are chosen. */
  seats?: number;
  /** How rankings are counted, in that form. */
  method?: string | null;
  /** The earlier run of the same ballot. */
  again_of?: string | null;
  /** How many tellers have certified a stamped ballot's result. */
  certified?: number;
  /** Replaced stamps could have changed the result: it is run again. */
  doubtful?: boolean;
  stamping?: Stamping | null;
  board?: Board | null;
}

export interface Sections {
  deciding: "heads" | "sections";
  smallest: number;
  groups: { name: string; share: string; size: number }[];
  said: string[];
}

/** What a device needs to have its ballot stamped and to cast it. */
export interface Stamping {
  bid: string;
  keys_hash: string | null;
  groups: { name: string; sections: string[]; n: string; e: number }[];
  /** The ballot box: its address and its key in hex. */
  box: string | null;
  box_key: string | null;
  /** Up to how many seconds a device waits by chance before it asks for its stamp. */
  jitter: number;
  /** Where this page is to be had by https. */
  page: string | null;
}

/** What everybody can hold the board of a stamped ballot against. */
export interface Board {
  root: string;
  keys_hash: string | null;
  cast: number;
  issued: number;
  replaced: number;
  url: string;
}

export interface Vote {
  id: string;
  entitled: boolean;
  why: string | null;
  voted: boolean;
  stamped?: boolean;
  group?: number | null;
  channel?: string | null;
  /** In which section this person is counted, and which tally decides. */
  counted?: string | null;
}
