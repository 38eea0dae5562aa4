// The paper in a delegate's hand: nothing that arrives changes it, nothing casts it twice.
import { beforeEach, expect, test } from "vitest";
import type { Ack } from "../shared/commands.ts";
import type { Ballot } from "../shared/entities.ts";
import { Paper } from "./paper.ts";

const BALLOT = {
  id: "b",
  version: 1,
  state: "open",
  question: "As announced",
  options: [
    { key: "for", label: "For", effect: null },
    { key: "against", label: "Against", effect: null },
  ],
} as unknown as Ballot;

let kept: Map<string, string>;
const memory = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
const paper = () => new Paper(BALLOT, undefined, memory);
const voted = { id: "b", entitled: true, why: null, voted: true };

function hub(...answers: Partial<Ack>[]) {
  const sent: { choice: string; id: string }[] = [];
  const submit = async (_: string, data: object, id: string): Promise<Ack> => {
    sent.push({ choice: (data as { choice: string }).choice, id });
    return { ok: true, id, ...answers.shift() };
  };
  return { sent, submit };
}

beforeEach(() => {
  kept = new Map();
});

test("an answer filled in survives a reload and is gone once it is in the box", async () => {
  paper().choose("for");
  const again = paper();
  expect([again.choice, again.state]).toEqual(["for", "filled"]);
  await again.cast(hub().submit);
  expect(again.state).toBe("in");
  expect(kept.size).toBe(0);
});

test("a second try sends the same paper under the same id, another answer another paper", async () => {
  const { sent, submit } = hub(
    { ok: false, refusal: { code: "not-reached", sentence: "No answer." } },
    { ok: false },
  );
  const held = paper();
  held.choose("for");
  await held.cast(submit);
  expect([held.state, held.sentence]).toEqual(["filled", "No answer."]);
  await held.cast(submit);
  held.choose("against");
  await held.cast(submit);
  expect(sent.map((each) => each.choice)).toEqual(["for", "for", "against"]);
  expect(sent[0]?.id).toBe(sent[1]?.id);
  expect(sent[2]?.id).not.toBe(sent[0]?.id);
});

test("nothing is cast before an answer is chosen, nor while one is on its way", async () => {
  const { sent, submit } = hub();
  const held = paper();
  await held.cast(submit);
  held.choose("for");
  const casting = held.cast(submit);
  held.choose("against");
  await held.cast(submit);
  await casting;
  expect(sent.map((each) => each.choice)).toEqual(["for"]);
});

test("what arrives changes nothing on a paper that is being filled in", () => {
  const held = paper();
  held.choose("for");
  expect(held.stillUp({ ...BALLOT, question: "Changed", voted: 80 }, undefined)).toBe(true);
  expect([held.ballot.question, held.state]).toEqual(["As announced", "filled"]);
});

test("a paper overtaken by the close says that it was not cast; an untouched one just goes", () => {
  const blank = paper();
  expect(blank.stillUp({ ...BALLOT, state: "closed" }, undefined)).toBe(false);
  const held = paper();
  held.choose("for");
  expect(held.stillUp({ ...BALLOT, state: "closed" }, undefined)).toBe(true);
  expect(held.sentence).toContain("not put in the box");
});

test("a paper that says more than one thing is cast once it lacks nothing, and is never dropped half filled in", async () => {
  const { sent, submit } = hub();
  const held = new Paper({ ...BALLOT, form: "points" }, undefined, memory);
  held.fill({ text: null, lacking: "Give at least one point.", says: "10 of 10 left.", short: "" }, false);
  expect([held.held, held.says]).toEqual([false, "10 of 10 left."]);
  await held.cast(submit);
  expect([sent, held.sentence]).toEqual([[], "Give at least one point."]);
  held.fill({ text: null, lacking: "Take 2 back.", says: "Take 2 back.", short: "" });
  expect([held.held, held.stillUp({ ...BALLOT, state: "closed" }, undefined), held.state]).toEqual([
    true,
    true,
    "overtaken",
  ]);
  const whole = new Paper({ ...BALLOT, form: "points" }, undefined, memory);
  whole.fill({ text: "1:4", lacking: "", says: "6 of 10 left.", short: "4 of 10 points" });
  expect(whole.chosen).toBe("4 of 10 points");
  await whole.cast(submit);
  expect(sent.map((each) => each.choice)).toEqual(["1:4"]);
});

test("a ballot opened anew with other words overtakes the paper", () => {
  const held = paper();
  held.choose("for");
  held.stillUp({ ...BALLOT, version: 2 }, undefined);
  expect(held.sentence).toBe("The wording of this ballot was changed. Your answer was not put in the box.");
});

test("a vote that the centre already has is shown as in, and the answer is forgotten", () => {
  const held = paper();
  held.choose("for");
  held.stillUp(BALLOT, voted);
  expect([held.state, held.choice, kept.size]).toEqual(["in", null, 0]);
});

test("whoever has no vote any more reads why, and what was chosen is not put in the box", () => {
  const gone = { id: "b", entitled: false, why: "A substitute votes in your place.", voted: false };
  expect(paper().stillUp(BALLOT, gone)).toBe(false);
  const held = paper();
  held.choose("for");
  expect([held.stillUp(BALLOT, gone), held.state]).toEqual([true, "overtaken"]);
  expect(held.sentence).toBe("A substitute votes in your place. Your answer was not put in the box.");
});
