// What changed between two announcements of one ballot, in sentences for somebody who read the first.
import type { Ballot } from "../shared/entities.ts";

interface Seen {
  version: number;
  question: string;
  answers: string;
  /** What each answer does, in the order of the answers. */
  effects: string[];
  rule: string;
}

type Memory = Pick<Storage, "getItem" | "setItem">;

function seenOf(ballot: Ballot): Seen {
  const { version, question, rule } = ballot;
  const answers = ballot.options.map((option) => option.label).join(", ");
  const effects = ballot.options.map((option) => (option.effect ? `${option.label}: ${option.effect}` : ""));
  return { version, question, answers, effects, rule };
}

/** Remember what is up, and say what is new since the wording before; nothing where there was none before. */
export function changesOf(ballot: Ballot, memory: Memory): string[] {
  if (ballot.version < 2) {
    remember(ballot, null, memory);
    return [];
  }
  const { before, now } = recalled(ballot, memory);
  if (now?.version !== ballot.version) remember(ballot, now, memory);
  const old = now?.version === ballot.version ? before : now;
  if (!old) return ["This ballot was recalled and is announced again: read it anew."];
  const fresh = seenOf(ballot);
  const said = ["This ballot was recalled and is announced again."];
  if (old.question !== fresh.question) said.push(`The question was: ${old.question}`);
  if (old.answers !== fresh.answers) said.push(`The answers were: ${old.answers}.`);
  if (old.rule !== fresh.rule) said.push(`The rule was: ${old.rule}`);
  for (const effect of old.effects) {
    if (effect && !fresh.effects.includes(effect)) said.push(`Before, it read: ${effect}`);
  }
  if (said.length === 1) said.push("Its words are as they were.");
  return said;
}

interface Kept {
  before: Seen | null;
  now: Seen | null;
}

function recalled(ballot: Ballot, memory: Memory): Kept {
  try {
    return JSON.parse(memory.getItem(`seen ballot ${ballot.id}`) ?? '{"before":null,"now":null}');
  } catch {
    return { before: null, now: null };
  }
}

function remember(ballot: Ballot, before: Seen | null, memory: Memory): void {
  try {
    memory.setItem(
      `seen ballot ${ballot.id}`,
      JSON.stringify({ before, now: seenOf(ballot) } satisfies Kept),
    );
  } catch {
    // A browser that keeps nothing says nothing of the wording before.
  }
}
