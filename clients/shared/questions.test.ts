import { expect, test } from "vitest";
import { answerOnWall, inOrder, isWaiting, type Question } from "./questions.ts";

const OPEN: Question = {
  id: "a",
  document: "d",
  passages: ["p"],
  text: "Who pays?",
  members: [],
  tables: 2,
  state: "open",
  claimed_by: null,
  claimed: null,
  answer: null,
  published: null,
  published_at: null,
  shown: null,
  asked: "2027-03-27T10:00:00Z",
  last: "2027-03-27T10:00:00Z",
};
const SHOWN: Question = {
  ...OPEN,
  id: "b",
  state: "answered",
  published: "We do.",
  shown: "2027-03-27T11:00:00Z",
};

test("questions stand by when they were first asked, or the newest first", () => {
  const later = { ...OPEN, id: "c", asked: "2027-03-27T10:05:00Z" };
  expect(inOrder([later, OPEN], "oldest").map((one) => one.id)).toEqual(["a", "c"]);
  expect(inOrder([OPEN, later], "newest").map((one) => one.id)).toEqual(["c", "a"]);
});

test("what is answered or ended waits for nobody", () => {
  expect([OPEN, SHOWN, { ...OPEN, state: "claimed" as const }].map(isWaiting)).toEqual([true, false, true]);
});

test("the wall has the answer shown last, about a document in view, and none that is not published", () => {
  const newer = { ...SHOWN, id: "n", shown: "2027-03-27T11:05:00Z" };
  expect(answerOnWall([SHOWN, newer, OPEN], ["d"])?.id).toBe("n");
  expect(answerOnWall([SHOWN], ["elsewhere"])).toBeUndefined();
  expect(answerOnWall([SHOWN], [])?.id).toBe("b");
  expect(answerOnWall([{ ...SHOWN, published: null }, OPEN], [])).toBeUndefined();
});
