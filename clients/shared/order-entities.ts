// The order of votes on a document, as it travels.

/** One vote of the order: to come, before the room, or over. */
export interface OrderEntry {
  key: string;
  kind: "en-bloc" | "passage" | "motion" | "amendment" | "alternatives" | "rescinding";
  label: string;
  motions: string[];
  /** Why it stands where it stands. */
  reason: string;
  /** What is not put any more by it, in sentences. */
  falls: string[];
  /** "ahead", "up", or how its motion ended. */
  state: string;
  /** Why it fell, or what took its decision back. */
  why: string | null;
  ballot: number | null;
}

export interface VoteOrder {
  id: string;
  document: string;
  prefix: string;
  title: string;
  position: number;
  /** Whether it was laid before the room, which sees no other. */
  laid: boolean;
  en_bloc: boolean;
  /** Whether passages can be pulled out of the vote en bloc now. */
  pulling: boolean;
  needed: number;
  apart: string[];
  divided: string;
  passages: { id: string; ref: string; words: string; by: string[]; alone: boolean }[];
  entries: OrderEntry[];
}
