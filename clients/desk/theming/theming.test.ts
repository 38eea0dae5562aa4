import { describe, expect, it } from "vitest";
import type { Theme } from "../../shared/entities.ts";
import { Place } from "./listbox.ts";
import { matching } from "./picker.ts";
import { type Arrival, Stream } from "./stream.ts";
import { ANSWERED, isAnswered } from "./work.ts";

const said = (n: number, over: Partial<Arrival> = {}): Arrival => ({
  id: `c${n}`,
  at: `2027-03-27T10:${String(n).padStart(2, "0")}:00Z`,
  station: "received",
  parent: null,
  state: "current",
  disposition: null,
  ...over,
});
const ids = (rows: Arrival[]) => rows.map((one) => one.id);

describe("the stream of comments", () => {
  it("begins with the unread, the newest first", () => {
    const all = [said(1), said(2, { station: "read" }), said(3), said(4, { disposition: "noted" })];
    const stream = new Stream();
    stream.follow(all);
    expect(ids(stream.rows(all))).toEqual(["c3", "c1", "c4", "c2"]);
  });

  it("moves nothing when comments arrive or are read", () => {
    const stream = new Stream();
    stream.follow([said(1), said(2)]);
    const later = [said(1), said(2, { station: "read" }), said(3)];
    stream.follow(later);
    expect(ids(stream.rows(later))).toEqual(["c2", "c1"]);
    expect(ids(stream.above(later))).toEqual(["c3"]);
  });

  it("takes new ones in above when asked", () => {
    const stream = new Stream();
    stream.follow([said(1), said(2)]);
    const later = [said(1), said(2), said(3), said(4)];
    expect(stream.takeIn(later)).toBe(2);
    expect(ids(stream.rows(later))).toEqual(["c4", "c3", "c2", "c1"]);
    expect(stream.above(later)).toEqual([]);
  });

  it("puts a correction where the corrected comment stood", () => {
    const stream = new Stream();
    stream.follow([said(1), said(2)]);
    const later = [said(1), said(3, { parent: "c2" })];
    stream.follow(later);
    expect(ids(stream.rows(later))).toEqual(["c3", "c1"]);
  });
});

describe("a place in a list", () => {
  const rows = ["a", "b", "c", "d"];

  it("acts on what is chosen, else on the row it is on", () => {
    const place = new Place();
    place.move(rows, 1, false);
    expect(place.about(rows)).toEqual(["b"]);
    place.toggle("d");
    expect(place.about(rows)).toEqual(["d"]);
  });

  it("chooses on the way with Shift", () => {
    const place = new Place();
    place.move(rows, 1, false);
    place.move(rows, 3, true);
    expect(place.about(rows)).toEqual(["b", "c", "d"]);
  });

  it("goes on to the next row after an act", () => {
    const place = new Place();
    place.toggle("b");
    place.toggle("c");
    place.goOn(rows, ["b", "c"]);
    expect(place.about(rows)).toEqual(["d"]);
    place.goOn(rows, ["d"]);
    expect(place.about(rows)).toEqual(["a"]);
  });

  it("survives a list that has become empty", () => {
    const place = new Place();
    place.active = "gone";
    expect(place.about([])).toEqual([]);
    place.move([], 3, true);
    expect(place.about(rows)).toEqual(["a"]);
  });
});

describe("the filter by what other tables answered", () => {
  const said = (...given: ("ours-too" | "we-differ" | "adds")[]) => ({
    responses: given.map((response, table) => ({ table, response, earlier: false })),
  });

  it("keeps what so many tables answered in this way, and everything where nothing is asked", () => {
    expect(isAnswered(said(), "")).toBe(true);
    expect(isAnswered(said("ours-too", "ours-too", "we-differ"), "ours-too/2")).toBe(true);
    expect(isAnswered(said("ours-too", "we-differ", "adds"), "ours-too/2")).toBe(false);
    expect(isAnswered(said("ours-too"), "we-differ/1")).toBe(false);
    expect(isAnswered(said("adds"), "adds/1")).toBe(true);
  });

  it("says in words how many tables it takes", () => {
    expect(ANSWERED.map((one) => one.label)).toContain("“Ours too” by 3 or more");
  });
});

describe("the picker", () => {
  it("finds themes by every word, in any order and case", () => {
    const themes = [{ name: "Drop the regional limits" }, { name: "Say how many" }] as Theme[];
    expect(matching(themes, "LIMITS drop")).toHaveLength(1);
    expect(matching(themes, "")).toHaveLength(2);
    expect(matching(themes, "limits many")).toHaveLength(0);
  });
});
