// Points between the field and the disk: for a moment they are in neither, so the draft remembers them.
import { type Draft, emptyDraft, isEmpty } from "./draft.ts";

/** A draft that was sent and is not on the disk yet, with the id that its point will have. */
export interface Leaving {
  item: string;
  draft: Draft;
}

/** What a device remembers of the field: what is being typed, and what is just leaving it. */
export interface Field {
  draft: Draft;
  leaving: Leaving[];
}

/** The field as it was left, without the points that did reach the disk. */
export function reopened(field: Field | undefined, onDisk: Set<string>): Draft | undefined {
  if (!field?.draft) return undefined;
  const lost = (field.leaving ?? []).filter((each) => !onDisk.has(each.item)).map((each) => each.draft);
  return [...lost].reverse().reduce(putBack, { ...emptyDraft(), ...field.draft });
}

/** A point that could not be kept goes back into the field, before what was typed since. */
export function putBack(now: Draft, sent: Draft): Draft {
  if (isEmpty(now)) return sent;
  return {
    ...now,
    text: [sent.text, now.text].filter(Boolean).join("\n"),
    wording: now.wording ?? sent.wording,
  };
}
