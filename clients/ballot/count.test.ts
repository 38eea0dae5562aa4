// The count of a board in the browser: heads, groups, and shares of sections in exact fractions.
import { expect, test } from "vitest";
import type { Board } from "./board.ts";
import { sharesOf, tally } from "./count.ts";

const paper = (group: number, choice: string) => ({
  group,
  choice,
  key: "",
  prefix: "",
  stamp: "",
  signature: "",
});

function board(shares: Record<string, string>, base = "votes-cast"): Board {
  const group = (name: string) => ({ name, sections: [name], n: "", e: 65537, issued: 9 });
  return {
    format: "facilitate-board/1",
    ballot: "b/1",
    number: 1,
    question: "?",
    form: "for-against",
    options: [
      { key: "for", label: "For" },
      { key: "against", label: "Against" },
      { key: "abstain", label: "Abstain" },
    ],
    rules: { shares, base, deciding: "sections" },
    groups: [group("CLPs"), group("Unions")],
    issued: 18,
    replaced: 0,
    papers: [
      ...[paper(0, "for"), paper(0, "for"), paper(0, "against"), paper(0, "abstain")],
      ...[paper(1, "against"), paper(1, "against"), paper(1, "for")],
    ],
  };
}

test("papers are counted for everybody and for each group", () => {
  const all = board({ CLPs: "50", Unions: "50" });
  expect(tally(all)).toEqual([
    ["Against", 3],
    ["For", 3],
    ["Abstain", 1],
  ]);
  expect(tally(all, 1)[0]).toEqual(["Against", 2]);
});

test("in every section the papers cast share its share, exactly", () => {
  const exact = (given: Board) => sharesOf(given).map(({ key, exact: share }) => [key, share]);
  expect(exact(board({ CLPs: "50", Unions: "50" }))).toEqual([
    ["for", "1/2"],
    ["against", "1/2"],
  ]);
  expect(exact(board({ CLPs: "2/3", Unions: "1/3" }))).toEqual([
    ["for", "5/9"],
    ["against", "4/9"],
  ]);
  expect(exact(board({ CLPs: "0.5", Unions: "0.5" }, "papers"))).toEqual([
    ["for", "5/12"],
    ["against", "11/24"],
    ["abstain", "1/8"],
  ]);
  expect(sharesOf(board({}))).toEqual([]);
  expect(() => sharesOf(board({ CLPs: "1/2", MPs: "1/2" }))).toThrow("MPs has a share");
});
