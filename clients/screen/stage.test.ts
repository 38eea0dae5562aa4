import { describe, expect, it } from "vitest";
import type { Ballot } from "../shared/entities.ts";
import { Streams } from "../shared/streams.ts";
import { expectedTime } from "../shared/timetable.ts";
import { percent } from "./bars.ts";
import { because, rowsOf, verdict } from "./scenes/result.ts";
import { allTracks, columnsFor } from "./scenes/room.ts";
import { saidOn, stageOf, tablesInWords } from "./stage.ts";

const moment = { now: 0, connection: "here" as const, awaySince: null };

function viewOf(snapshot: Record<string, Record<string, object>>): Streams {
  const streams = new Streams();
  streams.joined({ ok: true, now: 0, epoch: "e", streams: { "screen:1": { upto: 1, snapshot } } });
  return streams;
}

const ballot = (over: object) => ({ number: 1, state: "open", result: null, ...over });

describe("what a screen shows", () => {
  it("holds while it knows nothing", () => {
    expect(stageOf(viewOf({}), moment).scene).toBe("holding");
  });

  it("follows what the hub resolved", () => {
    const screen = { me: { label: "Main", scene: { name: "follow" }, shows: "wall" } };
    expect(stageOf(viewOf({ screen }), moment).scene).toBe("wall");
  });

  it("speaks of the open ballot before an older result", () => {
    const screen = { me: { scene: { name: "ballot" }, shows: "ballot" } };
    const ballots = { a: ballot({ number: 3, state: "published", result: {} }), b: ballot({ number: 2 }) };
    expect(stageOf(viewOf({ screen, ballot: ballots }), moment).ballot?.id).toBe("b");
  });

  it("speaks of a ballot that was taken back or does not count before an older result", () => {
    const screen = { me: { scene: { name: "ballot" }, shows: "ballot" } };
    for (const state of ["recalled", "void"]) {
      const ballots = {
        a: ballot({ number: 1, state: "published", closed: "2027", result: {} }),
        b: ballot({ number: 2, state }),
      };
      expect(stageOf(viewOf({ screen, ballot: ballots }), moment).ballot?.id).toBe("b");
    }
  });

  it("does not speak of another track's ballot", () => {
    const screen = { me: { scene: { name: "ballot", track: "t" }, shows: "ballot" } };
    const track = { t: { name: "Hall", position: 1 }, u: { name: "Gallery", position: 2 } };
    const ballots = {
      a: ballot({ number: 3, track: "u" }),
      b: ballot({ number: 2, track: "t", state: "announced" }),
    };
    expect(stageOf(viewOf({ screen, track, ballot: ballots }), moment).ballot?.id).toBe("b");
  });

  it("speaks of the newest result in the result scene", () => {
    const screen = { me: { scene: { name: "result" }, shows: "result" } };
    const ballots = { a: ballot({ number: 3, state: "published", result: {} }), b: ballot({ number: 4 }) };
    expect(stageOf(viewOf({ screen, ballot: ballots }), moment).ballot?.id).toBe("a");
  });
});

describe("how much was said", () => {
  const passage = { p: { ref: "HOU-1.1", position: 1 } };
  const item = {
    i: {
      track: "t",
      state: "current",
      position: 1,
      day: "d",
      assignments: [{ passage: "p", tables: "all" }],
    },
  };
  const track = { t: { name: "Hall", position: 1, current: "i" } };
  const comment = { c: { passage: "p", kind: "idea", state: "current", at: "a" } };

  it("is what the hub counted, not the few comments that a screen holds", () => {
    const room = {
      room: {
        comments: 500,
        by_kind: {},
        by_passage: [{ ref: "HOU-1.1", n: 400, kinds: { idea: 300, support: 100 } }],
      },
    };
    expect(saidOn(stageOf(viewOf({ passage, item, track, comment, room }), moment))).toEqual({
      n: 400,
      kinds: { idea: 300, support: 100 },
    });
  });

  it("is of the whole room in its own scene, which says so where there are several tracks", () => {
    const gallery = { g: { name: "Gallery", position: 2, current: null } };
    expect(allTracks(stageOf(viewOf({ track }), moment))).toBeNull();
    const both = stageOf(viewOf({ track: { ...track, ...gallery } }), moment);
    expect(allTracks(both)).toBe("The whole room: Hall and Gallery");
  });

  it("is counted here while the hub says nothing", () => {
    expect(saidOn(stageOf(viewOf({ passage, item, track, comment }), moment)).n).toBe(1);
  });
});

describe("words and measures of a screen", () => {
  it("expects an item as late as the hall is", () => {
    expect(expectedTime("2027-03-27T11:55", 7)).toBe("12:02");
    expect(expectedTime("2027-03-27T11:55", -3)).toBe("11:55");
    expect(expectedTime(null, 7)).toBe("");
  });

  it("says a block of tables from its first to its last", () => {
    expect(tablesInWords([1, 4])).toBe("tables 1 to 4");
    expect(tablesInWords([4, 4])).toBe("table 4");
    expect(tablesInWords("all")).toBe("all tables");
  });

  it("draws no bar beyond its ground", () => {
    expect(percent(812, 1173)).toBe("69.22%");
    expect(percent(5, 0)).toBe("0%");
    expect(percent(9, 3)).toBe("100%");
  });

  it("gives a map enough columns for every table", () => {
    expect(columnsFor(140, 1.25)).toBe(14);
    expect(columnsFor(0, 1.25)).toBe(1);
  });
});

describe("a result", () => {
  const result = {
    counts: { a: 5, b: 9 },
    abstained: 2,
    not_voted: 3,
    base: 14,
    needed: 8,
    verdict: "chosen" as const,
    winner: "b",
    sentence:
      "Carried, “B”: 5 for “A”, 9 for “B”. More than half of the 14 votes cast were needed, 8. 3 did not vote.",
    quorum_reached: true,
  };
  const options = ["a", "b", "abstain"].map((key) => ({ key, label: key.toUpperCase(), effect: null }));
  const several = ballot({ form: "one-of-several", options, result }) as unknown as Ballot;

  it("names what was chosen", () => {
    expect(verdict(several, result)).toBe("B");
    expect(verdict(several, { ...result, verdict: "lost", winner: null })).toBe("None was carried");
    expect(verdict({ ...several, form: "for-against" }, { ...result, verdict: "no-quorum" })).toBe(
      "No quorum",
    );
  });

  it("names all that a method chose, and why", () => {
    const chart = { counted: "Approvals", bars: [] };
    const ranked = { ...several, form: "rank" } as unknown as Ballot;
    const chosen = { ...result, chart, winners: ["b", "a"], why: "The quota was 5." };
    expect(verdict(ranked, { ...chosen, verdict: "carried" })).toBe("B and A");
    expect(verdict(ranked, { ...chosen, verdict: "tied" })).toBe(
      "Chosen, and another place is level: B and A",
    );
    expect(verdict(ranked, { ...chosen, verdict: "lost", winners: [] }).trim()).toBe("None is chosen");
    expect(because(chosen)).toBe("The quota was 5.");
  });

  it("puts abstentions last, thin and never among what decides", () => {
    expect(rowsOf(several, result).map((row) => [row.key, row.n, row.thin])).toEqual([
      ["a", 5, false],
      ["b", 9, false],
      ["abstain", 2, true],
    ]);
  });

  it("says only the reason beside its bars", () => {
    expect(because(result)).toBe("More than half of the 14 votes cast were needed, 8.");
    expect(because({ ...result, sentence: "Carried on a show of hands, as the chair declared." })).toContain(
      "hands",
    );
  });
});
