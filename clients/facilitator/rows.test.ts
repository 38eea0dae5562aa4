// The table's own list: hub and outbox become one, and nothing that was typed is missing from it.
import { expect, test } from "vitest";
import { newCommand } from "../shared/commands.ts";
import type { Comment } from "../shared/entities.ts";
import type { Entry } from "../shared/outbox.ts";
import { countInRound, rowsOf } from "./rows.ts";

function comment(id: string, more: Partial<Comment> = {}): Comment {
  return {
    ...{
      id,
      ref: `12/${id}`,
      table: 12,
      passage: "p",
      item: "round",
      kind: "idea",
      text: id,
      agree: 8,
      against: 2,
    },
    ...{ ops: null, english: null, parent: null, state: "current", marks: [], n: 1, device: "d" },
    ...{ station: "received", disposition: null, reason: null, themes: [], theme_names: [] },
    at: `2027-03-27T10:0${id.length}:00Z`,
    ...more,
  } as Comment;
}

function typed(n: number, item: string, more: object = {}, ok: boolean | null = null): Entry {
  const data = {
    item,
    n,
    passage: "p",
    round: "round",
    kind: "idea",
    agree: 0,
    against: 0,
    text: item,
    ...more,
  };
  const refusal = { code: "no", sentence: "The centre says no." };
  const ack = ok === null ? null : ok ? { ok, id: "x" } : { ok, id: "x", refusal };
  return {
    position: n,
    n,
    table: 12,
    device: "d",
    command: newCommand("record-comment", data),
    ack,
    arrived: null,
  };
}

function withdrawal(of: string): Entry {
  return { ...typed(9, "w"), n: null, command: newCommand("withdraw-comment", { comment: of }) };
}

test("what is only on the laptop stands above what is at the centre", () => {
  const rows = rowsOf([comment("a")], [typed(1, "new")], 12);
  expect(rows.map((row) => [row.id, row.place])).toEqual([
    ["new", "kept"],
    ["a", "centre"],
  ]);
});

test("a point that came back from the hub stands once", () => {
  const rows = rowsOf([comment("a")], [typed(1, "a", {}, true)], 12);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.ref).toBe("12/a");
});

test("an acknowledged point does not vanish while its comment is on the way", () => {
  expect(rowsOf([], [typed(1, "a", {}, true)], 12)[0]?.place).toBe("centre");
});

test("a refused point is shown with the centre's sentence", () => {
  const [row] = rowsOf([], [typed(1, "a", {}, false)], 12);
  expect([row?.place, row?.sentence]).toEqual(["refused", "The centre says no."]);
});

test("a correction takes the place of what it corrects, before and after it arrives", () => {
  expect(rowsOf([comment("a")], [typed(1, "b", { parent: "a" })], 12).map((row) => row.id)).toEqual(["b"]);
  const arrived = [comment("a", { state: "superseded" }), comment("b", { parent: "a" })];
  expect(rowsOf(arrived, [], 12).map((row) => row.id)).toEqual(["b"]);
});

test("two corrections of one point are both shown", () => {
  const both = [
    comment("b", { parent: "a", state: "conflict" }),
    comment("c", { parent: "a", state: "conflict" }),
  ];
  expect(rowsOf(both, [], 12)).toHaveLength(2);
});

test("a withdrawn point stays in the list and does not count towards the limit", () => {
  const said = [comment("a"), comment("bb", { state: "withdrawn" }), comment("c")];
  const rows = rowsOf(said, [withdrawal("a")], 12);
  expect(rows.map((row) => row.withdrawal).sort()).toEqual(["done", "none", "on its way"]);
  expect(countInRound(rows, "round")).toBe(1);
});

test("a corrected point counts once, in the round in which it was first said", () => {
  const said = [
    comment("a", { state: "superseded" }),
    comment("b", { parent: "a", state: "conflict" }),
    comment("c", { parent: "a", state: "conflict", item: "later" }),
  ];
  const rows = rowsOf(said, [typed(4, "d", { parent: "b", round: "later" })], 12);
  expect(rows.map((row) => row.id)).toEqual(["d", "c"]);
  expect([countInRound(rows, "round"), countInRound(rows, "later")]).toEqual([1, 0]);
  const gone = said.map((each) => (each.id === "a" ? each : { ...each, state: "withdrawn" as const }));
  expect(countInRound(rowsOf(gone, [], 12), "round")).toBe(0);
});

test("other tables' points are not this table's", () => {
  expect(rowsOf([comment("a", { table: 3 })], [{ ...typed(1, "b"), table: 3 }], 12)).toEqual([]);
});
