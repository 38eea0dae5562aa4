// A change of wording as keep, delete and insert, counted in Unicode code points of NFC text.
import type { Op, Segment } from "./entities.ts";

interface Edit {
  keep: number;
  remove: string;
  insert: string;
}

const PUNCTUATION = '.,;:!?()[\\]“”"…';
const TOKEN = new RegExp(`(?:[^\\s${PUNCTUATION}]|(?<=\\p{Nd})[.,:](?=\\p{Nd}))+|[${PUNCTUATION}]`, "gu");

const EDGE = new RegExp(`[\\s${PUNCTUATION}]`, "u");

/** How many code points a text has; an emoji is one here and two units in JavaScript. */
export function length(text: string): number {
  let points = 0;
  for (const _ of text) points += 1;
  return points;
}

/** The places of a change in the order of the text, neighbouring steps joined. */
export function edits(ops: readonly Op[]): Edit[] {
  const found: Edit[] = [];
  let current: Edit = { keep: 0, remove: "", insert: "" };
  for (const [kind, value] of ops) {
    if (kind === "keep" && value > 0 && (current.remove || current.insert)) {
      found.push(current);
      current = { keep: 0, remove: "", insert: "" };
    }
    if (kind === "keep") current.keep += value;
    if (kind === "delete") current.remove += value;
    if (kind === "insert") current.insert += value;
  }
  if (current.keep || current.remove || current.insert) found.push(current);
  return found.map((edit) => ({ ...edit, insert: edit.insert.normalize("NFC") }));
}

/** The steps of a change in their normal form: nothing empty, a deletion before its insertion. */
export function opsOf(places: Edit[]): Op[] {
  const ops: Op[] = [];
  for (const { keep, remove, insert } of places) {
    const last = ops[ops.length - 1];
    if (keep > 0 && last?.[0] === "keep") ops[ops.length - 1] = ["keep", last[1] + keep];
    else if (keep > 0) ops.push(["keep", keep]);
    if (remove) ops.push(["delete", remove]);
    if (insert) ops.push(["insert", insert]);
  }
  return ops;
}

/** Whether a step from outside is one of the three that there are, with a readable text or a whole number. */
function isOp(op: unknown): op is Op {
  if (!Array.isArray(op) || op.length !== 2) return false;
  const [kind, value] = op;
  if (kind === "keep") return Number.isInteger(value) && value >= 0;
  return (
    (kind === "delete" || kind === "insert") && typeof value === "string" && !/\p{Surrogate}/u.test(value)
  );
}

/** The old text and the change in one line of reading. Null: the change does not fit this text. */
export function segments(base: string, ops: readonly Op[]): Segment[] | null {
  if (!ops.every(isOp)) return null;
  const points = [...base.normalize("NFC")];
  const found: Segment[] = [];
  let at = 0;
  for (const { keep, remove, insert } of edits(ops)) {
    const kept = points.slice(at, at + keep);
    at += keep;
    const gone = points.slice(at, at + length(remove)).join("");
    if (kept.length < keep || gone !== remove) return null;
    at += length(remove);
    if (keep > 0) found.push(["keep", kept.join("")]);
    if (remove) found.push(["delete", remove]);
    if (insert) found.push(["insert", insert]);
  }
  return at === points.length ? found : null;
}

/** The text as it reads with the change made. Null: the change does not fit this text. */
export function applyOps(base: string, ops: readonly Op[]): string | null {
  const found = segments(base, ops);
  if (!found) return null;
  return found
    .filter(([kind]) => kind !== "delete")
    .map(([, text]) => text)
    .join("")
    .normalize("NFC");
}

/** The change, word by word, that makes the new text of the old one. */
export function diffOps(old: string, now: string): Op[] {
  const before = old.normalize("NFC");
  const after = now.normalize("NFC");
  const [oldWords, newWords] = [[...before.matchAll(TOKEN)], [...after.matchAll(TOKEN)]];
  const pairs = matched(
    oldWords.map((word) => word[0]),
    newWords.map((word) => word[0]),
  );
  const places: Edit[] = [];
  let atOld = 0;
  let atNew = 0;
  let kept = 0;
  for (const [i, j] of [...pairs, [oldWords.length, newWords.length] as const]) {
    const endOld = oldWords[i]?.index ?? before.length;
    const endNew = newWords[j]?.index ?? after.length;
    const gap = withoutCommonSpace(before.slice(atOld, endOld), after.slice(atNew, endNew));
    if (gap.remove || gap.insert) {
      places.push({ keep: kept + gap.lead, remove: gap.remove, insert: gap.insert });
      kept = gap.trail;
    } else kept += gap.lead + gap.trail;
    const word = oldWords[i]?.[0] ?? "";
    kept += length(word);
    atOld = endOld + word.length;
    atNew = endNew + word.length;
  }
  places.push({ keep: kept, remove: "", insert: "" });
  return opsOf(slid(places, [...before]));
}

/** The same places, each single insertion or deletion beginning at a word where it could as well. */
function slid(places: Edit[], old: string[]): Edit[] {
  let at = 0;
  for (const [index, edit] of places.entries()) {
    const follower = places[index + 1];
    at += edit.keep + length(edit.remove);
    if (!follower || (edit.remove && edit.insert)) continue;
    const text = [...(edit.remove || edit.insert)];
    const spare = follower.keep - (follower.remove || follower.insert ? 1 : 0);
    let slide = 0;
    while (slide < spare && text[0] === old[at + slide] && EDGE.test(text[0] ?? "")) {
      text.push(text.shift() ?? "");
      slide += 1;
    }
    edit.keep += slide;
    follower.keep -= slide;
    at += slide;
    if (edit.remove) edit.remove = text.join("");
    else edit.insert = text.join("");
  }
  return places;
}

function withoutCommonSpace(old: string, now: string) {
  const space = (character: string | undefined) => character !== undefined && /\s/u.test(character);
  let lead = 0;
  let trail = 0;
  while (space(old[lead]) && old[lead] === now[lead]) lead += 1;
  const [restOld, restNew] = [old.slice(lead), now.slice(lead)];
  while (
    trail < Math.min(restOld.length, restNew.length) &&
    space(restOld.at(-1 - trail)) &&
    restOld.at(-1 - trail) === restNew.at(-1 - trail)
  ) {
    trail += 1;
  }
  return {
    lead,
    trail,
    remove: restOld.slice(0, restOld.length - trail),
    insert: restNew.slice(0, restNew.length - trail),
  };
}

/** The words that stay, as pairs of places: the longest run common to both, then left and right of it. */
function matched(before: string[], after: string[]): [number, number][] {
  const places = new Map<string, number[]>();
  after.forEach((word, j) => {
    places.set(word, [...(places.get(word) ?? []), j]);
  });
  const pairs: [number, number][] = [];
  const stretches: [number, number, number, number][] = [[0, before.length, 0, after.length]];
  for (let next = stretches.pop(); next; next = stretches.pop()) {
    const [oldFrom, oldTo, newFrom, newTo] = next;
    const [i, j, size] = longestRun(before, places, oldFrom, oldTo, newFrom, newTo);
    if (size === 0) continue;
    for (let k = 0; k < size; k++) pairs.push([i + k, j + k]);
    stretches.push([oldFrom, i, newFrom, j], [i + size, oldTo, j + size, newTo]);
  }
  return pairs.sort((a, b) => a[0] - b[0]);
}

function longestRun(
  before: string[],
  places: Map<string, number[]>,
  oldFrom: number,
  oldTo: number,
  newFrom: number,
  newTo: number,
): [number, number, number] {
  let best: [number, number, number] = [oldFrom, newFrom, 0];
  let runs = new Map<number, number>();
  for (let i = oldFrom; i < oldTo; i++) {
    const next = new Map<number, number>();
    for (const j of places.get(before[i] ?? "") ?? []) {
      if (j < newFrom || j >= newTo) continue;
      const size = (runs.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best[2]) best = [i - size + 1, j - size + 1, size];
    }
    runs = next;
  }
  return best;
}
