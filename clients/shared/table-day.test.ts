// A table's day says of every point in which round it was made and what became of it.
import { expect, test } from "vitest";
import type { Item } from "./entities.ts";
import { byRound, dayInWords } from "./table-day.ts";

const items = [
  { id: "r1", title: "Round 1" },
  { id: "r2", title: "Round 2" },
] as Item[];

test("points stand under their rounds, the newest round first, none left out", () => {
  const points = [
    { id: "c", round: "r2" },
    { id: "b", round: "r1" },
    { id: "x", round: null },
    { id: "a", round: "r2" },
  ];
  const found = byRound(points, (point) => point.round, items);
  expect(found.map(({ title, points: own }) => [title, own.map((point) => point.id)])).toEqual([
    ["Round 2", ["c", "a"]],
    ["Round 1", ["b"]],
    ["Outside a round", ["x"]],
  ]);
});

test("what became of the points is one sentence, the most frequent first", () => {
  const point = (station: string, disposition: string | null = null, state = "current") => ({
    ...{ station, disposition, state },
  });
  expect(dayInWords([])).toBe("");
  expect(
    dayInWords([point("received"), point("in-theme"), point("in-theme"), point("read", "adopted")]),
  ).toBe("4 points: 2 in a theme; 1 at the centre, not read yet; 1 adopted");
  expect(dayInWords([point("read", "withdrawn", "withdrawn")])).toBe("1 point: 1 withdrawn");
});
