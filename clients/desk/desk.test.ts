import { describe, expect, it } from "vitest";
import type { BalanceSheet, Table } from "../shared/entities.ts";
import { expectedEnd, expectedTime } from "../shared/timetable.ts";
import { whatIsOff } from "./balance.ts";
import { commandOf } from "./ballot-draft.ts";
import { type DeskBallot, forward } from "./ballots.ts";
import { keptAt } from "./table-list.ts";

const draft = {
  question: "Which first?",
  motion: "",
  form: "one-of-several" as const,
  options: ["Homes ", "", "Skills"],
  trust: "anonymised",
  purpose: "binding",
  majority: "simple",
  base: "votes-cast",
  quorum: "abc",
  tie: "status-quo",
  method: "stv",
  seats: "2",
  points: "x",
  lot: " Selby ",
};

describe("a ballot in the making", () => {
  it("sends the options that are filled in, and none for a plain vote", () => {
    expect(commandOf(draft, "i", null)).toMatchObject({ options: ["Homes", "Skills"], motion: null });
    expect(commandOf({ ...draft, form: "for-against" }, "i", "t")).toMatchObject({ options: [], track: "t" });
  });

  it("sends of a further form what its rules need, and nothing that another form would", () => {
    const rules = (form: "rank" | "points" | "approve-any" | "one-of-several", other = {}) =>
      (commandOf({ ...draft, form, ...other }, "i", null) as { rules: object }).rules;
    expect(rules("rank")).toMatchObject({ method: "stv", seats: 2 });
    expect(rules("rank", { method: "irv" })).toMatchObject({ method: "irv", seats: 1 });
    expect(rules("points")).toMatchObject({ points: 10, seats: 2 });
    expect(rules("points")).not.toHaveProperty("method");
    expect(rules("rank", { tie: "lot" })).toMatchObject({ lot: "Selby" });
    expect(rules("rank")).not.toHaveProperty("lot");
    expect(rules("one-of-several")).not.toHaveProperty("seats");
  });

  it("takes a quorum that is no number as none", () => {
    expect(commandOf(draft, "i", null)).toMatchObject({ rules: { quorum: 0 } });
    expect(commandOf({ ...draft, quorum: "700" }, "i", null)).toMatchObject({ rules: { quorum: 700 } });
  });

  it("has one next act in each state, and none when it is over", () => {
    const next = (state: string) => forward({ id: "b", state } as DeskBallot)?.type ?? null;
    expect(
      ["draft", "announced", "recalled", "open", "closed", "provisional", "published", "void"].map(next),
    ).toEqual([
      "announce-ballot",
      "open-ballot",
      "announce-ballot",
      "close-ballot",
      null,
      "publish-result",
      null,
      null,
    ]);
  });
});

describe("what the chair is told", () => {
  const kind = (name: string, difference: number) => ({
    kind: name,
    received: 5,
    open: 5,
    ended: 0,
    difference,
    wrong: difference !== 0,
    named: [],
  });
  const sheet = (...kinds: object[]) =>
    ({ id: "b", kinds, received: 5, open: 5, ended: 0 }) as unknown as BalanceSheet;

  it("names what is not accounted for", () => {
    expect(whatIsOff(sheet(kind("comments", 0)))).toBe("");
    expect(whatIsOff(sheet(kind("comments", 3), kind("submissions", -1)))).toBe(
      "3 comments and 1 submission are not accounted for",
    );
    expect(whatIsOff(sheet(kind("missing", 1)))).toBe("1 missing point is not accounted for");
    const hidden = { ...kind("comments", 0), wrong: true, named: ["1/2", "3/4"] };
    expect(whatIsOff(sheet(hidden))).toBe("2 comments are not accounted for");
  });

  it("counts what a table typed and the centre has not", () => {
    expect(keptAt({ typed: 5, centre: 3 } as Table)).toBe(2);
    expect(keptAt({ typed: null, centre: 3 } as Table)).toBe(0);
    expect(keptAt({ typed: 5, centre: 5, kept: 1 } as Table & { kept: number })).toBe(1);
  });

  it("forecasts the end from what is late", () => {
    const items = [{ planned: "2027-03-27T17:00", minutes: 45 }] as never;
    expect(expectedEnd(items, 7)).toBe("17:52");
    expect(expectedEnd(items, -5)).toBe("17:45");
    expect(expectedTime("2027-03-27T23:58", 5)).toBe("00:03");
  });
});
