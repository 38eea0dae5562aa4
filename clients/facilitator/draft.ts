// The one draft of a laptop: what is being typed, about which passage, of which kind, how strongly held.
import { amendmentEnglish } from "../shared/english.ts";
import type { Op, Passage } from "../shared/entities.ts";
import { diffOps, length } from "../shared/ops.ts";
import { number, tidy } from "../shared/words.ts";

/** The longest point that the hub takes, in characters. */
const LONGEST = 2_000;

export interface Draft {
  /** The id that the point will have, once the draft has changed hands; else it gets one when it is sent. */
  item: string | null;
  passage: string | null;
  kind: string;
  text: string;
  /** The passage's own words as changed by this table; null while nobody has touched them. */
  wording: string | null;
  agree: number;
  against: number;
  minority: boolean;
  /** The point that this one corrects. */
  parent: string | null;
  /** The other table's point to which this one adds. */
  addsTo: string | null;
  /** What was being typed before the correction was begun. */
  aside: Draft | null;
}

export function emptyDraft(passage: string | null = null, kind = "support"): Draft {
  const said = { text: "", wording: null, agree: 0, against: 0, minority: false };
  return { item: null, passage, kind, ...said, parent: null, addsTo: null, aside: null };
}

export function isEmpty(draft: Draft): boolean {
  return draft.text.trim() === "" && draft.wording === null && draft.parent === null;
}

/** The words of a passage that can be changed: a heading has no others. */
export function wordsOf(passage: Passage): string {
  return passage.text || passage.heading;
}

/** What the point says: its words, else its change of wording in the English of amendments. */
export function saidIn(draft: Draft, passage: Passage): string {
  const said =
    tidy(draft.text) || amendmentEnglish(passage.ref, wordsOf(passage), changeIn(draft, passage) ?? []);
  return length(said) > LONGEST ? `A change of wording of ${passage.ref}` : said;
}

/** The change of wording in a draft. Null: it is of another kind, or changes nothing. */
export function changeIn(draft: Draft, passage: Passage | undefined): Op[] | null {
  if (draft.kind !== "wording" || !passage || draft.wording === null) return null;
  const ops = diffOps(wordsOf(passage), draft.wording);
  return ops.some(([kind]) => kind !== "keep") ? ops : null;
}

/** The field once a draft has left it: what was set aside before a correction, or empty. */
export function afterSending(sent: Draft): Draft {
  return sent.aside ?? emptyDraft(sent.passage, sent.kind === "wording" ? "support" : sent.kind);
}

/** Why this draft cannot be sent, in a sentence; null when it can. */
export function whyNot(draft: Draft, passage: Passage | undefined): string | null {
  if (!passage) return "Choose the passage first.";
  if (draft.kind === "wording" && !changeIn(draft, passage))
    return `Change the words of ${passage.ref} first.`;
  if (draft.kind === "wording" && !draft.text.trim()) return null;
  const characters = length(tidy(draft.text));
  if (characters > LONGEST) {
    return `This point has ${number(characters)} characters; ${number(LONGEST)} is the most. Shorten it or send it as two points.`;
  }
  return characters > 0 ? null : "Type what the table says first.";
}

/** The point that a draft becomes, as the hub takes it. */
export function pointFrom(item: string, draft: Draft, passage: Passage, round: string | null): object {
  const ops = changeIn(draft, passage);
  const { kind, agree, against, parent, addsTo } = draft;
  return {
    ...{ item, passage: passage.id, round, kind, agree, against },
    text: saidIn(draft, passage),
    ...(draft.minority ? { minority: true } : {}),
    ...(ops ? { ops, base_hash: passage.hash } : {}),
    ...(parent ? { parent } : {}),
    ...(addsTo ? { adds_to: addsTo } : {}),
    at: new Date().toISOString(),
  };
}
