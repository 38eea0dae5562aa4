// The laptop says a change of wording in the same sentences as the hub (tests/domain/test_amendment_english.py).
import { expect, test } from "vitest";
import { amendmentEnglish } from "./english.ts";
import { diffOps } from "./ops.ts";

const BUILD = "We will build 100,000 homes within five years.";
const DOOR = "The cat sat on the mat by the door.";

test.each([
  [
    BUILD,
    "We will build 150,000 homes in ten years.",
    "In HOU-2.3 delete “100,000”, insert “150,000”; delete “within five”, insert “in ten”.",
  ],
  [
    BUILD,
    "We will build 100,000 council homes within five years.",
    "In HOU-2.3 after “will build 100,000” insert “council”.",
  ],
  [BUILD, `At last, ${BUILD}`, "In HOU-2.3 at the beginning insert “At last,”."],
  [BUILD, `${BUILD} Councils will own them.`, "In HOU-2.3 at the end insert “Councils will own them.”."],
  [BUILD, "", "Delete HOU-2.3."],
  [BUILD, "Enough!", "In HOU-2.3 delete all, insert “Enough!”."],
  [BUILD, BUILD, "HOU-2.3 stays as it is."],
  [DOOR, "The cat sat on a mat by the door.", "In HOU-2.3 after “cat sat on” delete “the”, insert “a”."],
  ["the the the", "the the", "In HOU-2.3 after “the the” delete “the”."],
  ["one two", "one  two", "In HOU-2.3 after “one” insert a space."],
  ["one two", "one\ntwo", "In HOU-2.3 after “one” delete a space, insert a line break."],
])("%j to %j", (old, now, said) => {
  expect(amendmentEnglish("HOU-2.3", old, diffOps(old, now))).toBe(said);
});
