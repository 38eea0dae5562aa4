// A change of wording said aloud, as the hub says it: the same sentences are tested in Python.
import type { Op } from "./entities.ts";
import { edits, length } from "./ops.ts";

const LONGEST_QUOTE = 20;
const CONTEXT_WORDS = 3;
const END_WORDS = 4;

/** A change of wording as one sentence in the English of amendments; the change must fit its text. */
export function amendmentEnglish(reference: string, text: string, ops: readonly Op[]): string {
  const base = text.normalize("NFC");
  const points = [...base];
  const changes: string[] = [];
  let at = 0;
  for (const { keep, remove, insert } of edits(ops)) {
    at += keep;
    if (remove || insert) changes.push(oneChange(base, points.slice(0, at).join(""), remove, insert));
    at += length(remove);
  }
  if (changes.length === 0) return `${reference} stays as it is.`;
  if (changes.length === 1 && changes[0] === "delete all") return `Delete ${reference}.`;
  return `In ${reference} ${changes.join("; ")}.`;
}

function oneChange(base: string, before: string, remove: string, insert: string): string {
  if (remove && remove === base) return insert ? `delete all, insert ${quoted(insert)}` : "delete all";
  if (!remove) return `${insertionPlace(base, before)} insert ${quoted(insert)}`;
  const deletion = `${deletionPlace(base, before, remove)}delete ${shortened(remove)}`;
  return insert ? `${deletion}, insert ${quoted(insert)}` : deletion;
}

function insertionPlace(base: string, before: string): string {
  if (!before.trim()) return "at the beginning";
  if (!base.slice(before.length).trim()) return "at the end";
  return `after “${context(base, before)}”`;
}

/** Nothing where the deleted words stand only once, else the words before them. */
function deletionPlace(base: string, before: string, removed: string): string {
  if (removed.trim() && occurrences(base, removed.trim()) === 1) return "";
  if (!before.trim()) return "at the beginning ";
  return `after “${context(base, before)}” `;
}

/** The words before a place, as many as it takes to find it only once in the text. */
function context(base: string, before: string): string {
  const all = wordsOf(base).join(" ");
  const words = wordsOf(before);
  for (let many = Math.min(CONTEXT_WORDS, words.length); many <= words.length; many++) {
    const found = words.slice(words.length - many).join(" ");
    if (occurrences(all, found) === 1) return found;
  }
  return words.join(" ");
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter(Boolean);
}

function occurrences(text: string, part: string): number {
  return part ? text.split(part).length - 1 : 0;
}

function shortened(text: string): string {
  const words = wordsOf(text);
  if (words.length <= LONGEST_QUOTE) return quoted(text);
  return `from “${words.slice(0, END_WORDS).join(" ")}” to “${words.slice(-END_WORDS).join(" ")}”`;
}

function quoted(text: string): string {
  if (text.trim()) return `“${text.trim()}”`;
  if (text.includes("\n")) return "a line break";
  return text.length === 1 ? "a space" : `${text.length} spaces`;
}
