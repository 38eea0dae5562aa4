// The paper in the hand, and what is said when the wording changes under it.
import { expect, test } from "vitest";
import type { Ballot } from "../shared/entities.ts";
import { changesOf } from "./change.ts";
import { Hand } from "./hand.ts";

function memory(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

const ballot = {
  id: "b",
  version: 1,
  state: "open",
  question: "Shall it be warmer?",
  rule: "More for than against.",
  options: [
    { key: "for", label: "For", effect: "It gets warmer." },
    { key: "against", label: "Against", effect: "It stays." },
  ],
} as unknown as Ballot;

test("a choice is kept through a reload and forgotten once it is cast", () => {
  const kept = memory();
  new Hand(ballot, undefined, kept).choose("against");
  const again = new Hand(ballot, undefined, kept);
  expect(again.chosen?.label).toBe("Against");
  again.forget();
  expect(new Hand(ballot, undefined, kept).choice).toBeNull();
});

test("a paper that is filled in says why it cannot be cast; an empty one goes", () => {
  const filled = new Hand(ballot, undefined, memory());
  filled.choose("for");
  expect(filled.stillUp({ ...ballot, state: "closed" })).toBe(true);
  expect(filled.overtaken).toBe("This ballot has ended. Your answer was not put in the box.");
  filled.choose("against");
  expect(filled.choice).toBe("for");
  const other = new Hand(ballot, undefined, memory());
  other.choose("for");
  other.stillUp({ ...ballot, version: 2, state: "announced" });
  expect(other.overtaken).toBe("The wording of this ballot was changed. Your answer was not put in the box.");
  expect(new Hand(ballot, undefined, memory()).stillUp(undefined)).toBe(false);
});

test("who read the first wording hears what changed, also after a reload", () => {
  const kept = memory();
  expect(changesOf(ballot, kept)).toEqual([]);
  const second = { ...ballot, version: 2, question: "Shall it be colder?" };
  const said = ["This ballot was recalled and is announced again.", "The question was: Shall it be warmer?"];
  expect(changesOf(second, kept)).toEqual(said);
  expect(changesOf(second, kept)).toEqual(said);
  const third = { ...second, version: 3 };
  expect(changesOf(third, kept)).toEqual([said[0], "Its words are as they were."]);
  const [first, ...others] = ballot.options;
  const options = [{ ...first, effect: "It gets colder." }, ...others] as Ballot["options"];
  expect(changesOf({ ...third, version: 4, options }, kept)).toEqual([
    said[0],
    "Before, it read: For: It gets warmer.",
  ]);
});

test("who came later is told to read it anew", () => {
  expect(changesOf({ ...ballot, version: 2 }, memory())).toEqual([
    "This ballot was recalled and is announced again: read it anew.",
  ]);
});

test("a paper that says more than one thing lacks something in words, or has its one text", () => {
  const points = { ...ballot, form: "points" } as unknown as Ballot;
  const held = new Hand(points, undefined, memory());
  held.fill({ text: null, lacking: "Give at least one point.", says: "10 of 10 left.", short: "" }, false);
  expect([held.held, held.stillUp(undefined)]).toEqual([false, false]);
  held.fill({ text: "1:4", lacking: "", says: "6 of 10 left.", short: "4 of 10 points" });
  expect([held.choice, held.words]).toEqual(["1:4", "4 of 10 points"]);
  held.fill({ text: null, lacking: "Take 2 back.", says: "Take 2 back.", short: "" });
  expect([held.choice, held.held, held.stillUp(undefined)]).toEqual([null, true, true]);
  expect(held.overtaken).toContain("not put in the box");
});
