// The laptop's arithmetic of wording gives what the hub's gives: the same vectors run in Python.
import { describe, expect, test } from "vitest";
import shared from "../../tests/vectors/ops.json?raw";
import type { Op, Segment } from "./entities.ts";
import { applyOps, diffOps, edits, opsOf, segments } from "./ops.ts";

interface Vectors {
  applied: { name: string; base: string; ops: Op[]; result: string; normal: Op[]; segments: Segment[] }[];
  refused: { name: string; base: string; ops: Op[] }[];
}

const vectors: Vectors = JSON.parse(shared);

describe("the hub's vectors", () => {
  test.each(vectors.applied)("$name", ({ base, ops, result, normal, segments: marked }) => {
    expect(applyOps(base, ops)).toBe(result);
    expect(opsOf(edits(ops))).toEqual(normal);
    expect(segments(base, ops)).toEqual(marked);
  });
});

describe("what the hub refuses as ill made", () => {
  test.each(vectors.refused)("$name", ({ base, ops }) => {
    expect(segments(base, ops)).toBeNull();
  });
});

describe("making a change", () => {
  const pairs: [string, string, Op[]][] = [
    [
      "We will act.",
      "We will build.",
      [
        ["keep", 8],
        ["delete", "act"],
        ["insert", "build"],
        ["keep", 1],
      ],
    ],
    [
      "One. Two.",
      "One. Half. Two.",
      [
        ["keep", 5],
        ["insert", "Half. "],
        ["keep", 4],
      ],
    ],
    ["", "All of it", [["insert", "All of it"]]],
    ["All of it", "", [["delete", "All of it"]]],
    [
      "👩🏽‍🚀 flies",
      "👩🏽‍🚀 sails",
      [
        ["keep", 5],
        ["delete", "flies"],
        ["insert", "sails"],
      ],
    ],
    [
      "cafe\u0301 now",
      "caf\u00e9 then",
      [
        ["keep", 5],
        ["delete", "now"],
        ["insert", "then"],
      ],
    ],
    [
      "at 2.5 per cent",
      "at 3 per cent",
      [
        ["keep", 3],
        ["delete", "2.5"],
        ["insert", "3"],
        ["keep", 9],
      ],
    ],
  ];
  test.each(pairs)("%j to %j", (old, now, ops) => {
    expect(diffOps(old, now)).toEqual(ops);
  });

  test("whatever is typed, the change made from it gives it back", () => {
    const words = ["homes", "for", "rent", ",", " ", " ", "2.5", "“", "👍", "é", "\n", "the"];
    let seed = 7;
    const chance = () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed / 2147483648;
    };
    const text = () =>
      Array.from(
        { length: Math.floor(chance() * 30) },
        () => words[Math.floor(chance() * words.length)],
      ).join("");
    for (let round = 0; round < 500; round++) {
      const [old, now] = [text(), text()];
      expect(applyOps(old, diffOps(old, now))).toBe(now.normalize("NFC"));
    }
  });
});
