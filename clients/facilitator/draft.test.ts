// When a draft may be sent, and what its change of wording is.
import { expect, test } from "vitest";
import type { Passage } from "../shared/entities.ts";
import { afterSending, changeIn, emptyDraft, isEmpty, saidIn, whyNot } from "./draft.ts";

const passage = { id: "p", ref: "HOU-2.3", text: "We will act." } as Passage;

test("an empty draft says what is missing", () => {
  expect(whyNot(emptyDraft(), undefined)).toBe("Choose the passage first.");
  expect(whyNot(emptyDraft("p"), passage)).toBe("Type what the table says first.");
  expect(whyNot({ ...emptyDraft("p"), text: "Now." }, passage)).toBeNull();
});

test("a change of wording needs changed words, not a reason", () => {
  const draft = { ...emptyDraft("p", "wording"), wording: "We will act.", text: "because" };
  expect(whyNot(draft, passage)).toBe("Change the words of HOU-2.3 first.");
  const changed = { ...draft, text: "", wording: "We will build." };
  expect(whyNot(changed, passage)).toBeNull();
  expect(changeIn(changed, passage)).toEqual([
    ["keep", 8],
    ["delete", "act"],
    ["insert", "build"],
    ["keep", 1],
  ]);
});

test("a point that the centre could not take is not sent", () => {
  const long = { ...emptyDraft("p"), text: "👍".repeat(2_001) };
  expect(whyNot(long, passage)).toContain("2,001 characters");
  expect(whyNot({ ...long, text: `${"👍".repeat(2_000)} ` }, passage)).toBeNull();
  expect(saidIn({ ...long, text: "\tone\r\ntwo\u0007 " }, passage)).toBe("one\ntwo");
});

test("a change of wording without a reason says itself", () => {
  const changed = { ...emptyDraft("p", "wording"), wording: "We will build." };
  expect(saidIn(changed, passage)).toBe("In HOU-2.3 delete “act”, insert “build”.");
});

test("changed words belong to the wording kind alone", () => {
  expect(changeIn({ ...emptyDraft("p", "idea"), wording: "We will build." }, passage)).toBeNull();
});

test("the field is free after sending, or takes up what was set aside", () => {
  const sent = { ...emptyDraft("p", "wording"), text: "because" };
  expect(afterSending(sent)).toEqual(emptyDraft("p", "support"));
  const aside = { ...emptyDraft("p"), text: "half" };
  expect(afterSending({ ...sent, aside })).toEqual(aside);
});

test("a correction is not an empty draft", () => {
  expect(isEmpty({ ...emptyDraft("p"), parent: "c" })).toBe(false);
});
