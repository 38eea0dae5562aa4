// Each form of paper: what it says, what it lacks in words, and that its text fills it in again.
import { describe, expect, it } from "vitest";
import type { Ballot } from "../../shared/entities.ts";
import { Filling, placeWord } from "./filling.ts";

const OPTIONS = [
  { key: "1", label: "Leeds", effect: null },
  { key: "2", label: "Cardiff", effect: null },
  { key: "3", label: "Derry", effect: null },
  { key: "abstain", label: "Abstain", effect: null },
];
const ballot = (form: Ballot["form"]) => ({ form, points: 10, options: OPTIONS }) as unknown as Ballot;

function filled(form: Ballot["form"], marks: Record<string, string>): Filling {
  const filling = new Filling(ballot(form), null);
  filling.marks = marks;
  return filling;
}

describe("a paper that says more than one thing", () => {
  it.each([
    ["approve-any", { 3: "1", 1: "1", 2: "" }, "1+3", "You approve Leeds and Derry."],
    ["rank", { 1: "3", 3: "1" }, "3>1", "Your order: 1 Derry, 2 Leeds."],
    ["strength", { 2: "5", 1: "1" }, "1:1,2:5", "You rated 2 of 3."],
    ["points", { 1: "4", 2: "0", 3: " 3" }, "1:4,3:3", "3 of 10 left."],
  ] as const)("is written in one text: %s", (form, marks, text, says) => {
    const filling = filled(form, marks as unknown as Record<string, string>);
    expect(filling.read).toMatchObject({ text, says, lacking: "" });
    expect(new Filling(ballot(form), text).read.text).toBe(text);
  });

  it.each([
    ["approve-any", {}, "Tick what you approve"],
    ["rank", {}, "at least which is first"],
    ["rank", { 1: "2", 3: "2" }, "Leeds and Derry are both second. Give each place once."],
    ["rank", { 1: "1", 2: "1", 3: "1" }, "are all first"],
    ["strength", {}, "Rate at least one"],
    ["points", { 1: "0" }, "Give at least one point"],
    ["points", { 1: "8", 2: "4" }, "You spent 12 of 10 points. Take 2 back."],
    ["points", { 1: "1.5" }, "The points for Leeds are no whole number."],
    ["points", { 2: "-1" }, "The points for Cardiff are no whole number."],
  ] as const)("says what it lacks: %s %o", (form, marks, words) => {
    const { text, lacking } = filled(form, marks as unknown as Record<string, string>).read;
    expect(text).toBeNull();
    expect(lacking).toContain(words);
  });

  it("abstains and approves none without losing what was marked", () => {
    const filling = filled("approve-any", { 1: "1" });
    filling.instead = "none";
    expect(filling.read.text).toBe("none");
    filling.instead = "abstain";
    expect(filling.read).toMatchObject({ text: "abstain", says: "You abstain." });
    filling.instead = "";
    expect(filling.read.text).toBe("1");
    expect(new Filling(ballot("rank"), "abstain").read.text).toBe("abstain");
  });

  it("names places as people say them", () => {
    expect([1, 3, 10, 11].map(placeWord)).toEqual(["first", "third", "tenth", "11th"]);
  });
});
