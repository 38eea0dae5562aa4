// What a device does with numbered batches: holes are seen, old news is ignored, streams are merged in order.
import { describe, expect, test } from "vitest";
import { type Change, type JoinAnswer, Streams } from "./streams.ts";

const ANSWER: JoinAnswer = {
  ok: true,
  now: 0,
  epoch: "first",
  streams: {
    "table:4": { upto: 10, snapshot: { comment: { a: { text: "in full" } } } },
    delegates: { upto: 12, snapshot: { comment: { a: { text: "in short" }, b: { text: "other" } } } },
  },
};

function joined(): Streams {
  const streams = new Streams();
  streams.joined(structuredClone(ANSWER));
  return streams;
}

describe("joining", () => {
  test("the table's own view of a thing wins over the room's, whatever the order of arrival", () => {
    expect(joined().get("comment", "a")).toEqual({ id: "a", text: "in full" });
    expect(joined().all("comment")).toHaveLength(2);
  });

  test("what was remembered is shown until the hub answers, and asks for nothing", () => {
    const streams = new Streams();
    streams.remember({ comment: { z: { text: "from yesterday" } } });
    expect(streams.all("comment")).toEqual([{ id: "z", text: "from yesterday" }]);
    expect(streams.numbers()).toEqual({});
    streams.joined(structuredClone(ANSWER));
    expect(streams.get("comment", "z")).toBeUndefined();
    streams.remember({ comment: { z: { text: "too late" } } });
    expect(streams.get("comment", "z")).toBeUndefined();
  });

  test("a device says how far it got in each stream", () => {
    expect(joined().numbers()).toEqual({ "table:4": 10, delegates: 12 });
  });

  test("what changed since N is added to what was there", () => {
    const streams = joined();
    streams.joined({
      ...ANSWER,
      streams: {
        "table:4": { after: 10, upto: 15, changes: [["comment", "c", { text: "new" }]] },
        delegates: { after: 12, upto: 15, changes: [["comment", "b", null]] },
      },
    });
    expect(streams.all<{ id: string }>("comment").map((comment) => comment.id)).toEqual(["a", "c"]);
    expect(streams.numbers()).toEqual({ "table:4": 15, delegates: 15 });
  });

  test("a stream that the hub no longer gives is dropped with all that came through it", () => {
    const streams = joined();
    streams.joined({ ...ANSWER, streams: { delegates: { after: 12, upto: 13, changes: [] } } });
    expect(streams.audiences()).toEqual(["delegates"]);
    expect(streams.get("comment", "a")).toEqual({ id: "a", text: "in short" });
  });

  test("another epoch asks for snapshots, and what is known stands until they have come", () => {
    const streams = joined();
    expect(streams.joined({ ...ANSWER, epoch: "second" })).toBe(false);
    expect(streams.numbers()).toEqual({});
    expect(streams.all("comment")).toHaveLength(2);
    expect(streams.changed({ audience: "delegates", after: 12, upto: 13, now: 0, changes: [] })).toBe(
      "foreign",
    );
    const anew = { delegates: { upto: 1, snapshot: { comment: { c: { text: "anew" } } } } };
    expect(streams.joined({ ...ANSWER, epoch: "second", streams: anew })).toBe(true);
    expect(streams.all("comment")).toEqual([{ id: "c", text: "anew" }]);
    expect(streams.numbers()).toEqual({ delegates: 1 });
  });
});

describe("what is heard", () => {
  const comment = (id: string, at: string, response: string | null = null): Change => [
    "comment",
    id,
    { passage: "p", at: `2027-03-27T10:00:${at}Z`, response },
  ];
  const heard = (since: string | null): Change => {
    const from = since === null ? null : { at: `2027-03-27T10:00:${since}Z`, id: "c" };
    return ["heard", "heard", { passages: { p: { since: from, earlier: 0 } } }];
  };
  const ids = (streams: Streams) => streams.all<{ id: string }>("comment").map((each) => each.id);

  function hearing(...changes: Change[]): Streams {
    const streams = new Streams();
    const snapshot = { upto: 1, snapshot: {}, changes };
    streams.joined({ ok: true, now: 0, epoch: "e", streams: { "table:4+echo": snapshot } });
    return streams;
  }

  function told(streams: Streams, ...changes: Change[]): void {
    streams.changed({ audience: "table:4+echo", after: 1, upto: 1, changes });
  }

  test("a device drops what came before, by the moment and then by the id, and keeps what was answered", () => {
    const streams = hearing(comment("z", "01"), comment("b", "02"), comment("c", "02"), comment("a", "02.5"));
    expect(ids(streams)).toEqual(["z", "b", "c", "a"]);
    told(streams, heard("02"), comment("old", "00", "ours-too"));
    expect(ids(streams)).toEqual(["c", "a", "old"]);
    told(streams, comment("old", "00", null));
    expect(ids(streams)).toEqual(["c", "a"]);
  });

  test("what is on show is held until it is let go, but a withdrawn point goes, and all with the round", () => {
    const streams = hearing(comment("a", "01"), comment("b", "01"), comment("c", "02"), heard(null));
    streams.hold(new Set(["a", "b", "c"]));
    told(streams, heard("03"));
    expect(ids(streams)).toEqual(["a", "b", "c"]);
    told(streams, ["comment", "b", null]);
    expect(ids(streams)).toEqual(["a", "c"]);
    streams.hold(new Set(["c"]));
    expect(ids(streams)).toEqual(["c"]);
    told(streams, ["heard", "heard", { passages: {} }]);
    expect(ids(streams)).toEqual([]);
  });

  test("a table's own points are never dropped", () => {
    const streams = new Streams();
    const own = { comment: { mine: { passage: "p", at: "2027-03-27T09:00:00Z", response: null } } };
    const answer = { ok: true, now: 0, epoch: "e" };
    const bound = { upto: 1, snapshot: {}, changes: [heard("30")] };
    streams.joined({ ...answer, streams: { "table:4": { upto: 1, snapshot: own }, "table:4+echo": bound } });
    expect(ids(streams)).toEqual(["mine"]);
  });
});

describe("batches", () => {
  const batch = { audience: "delegates", after: 12, upto: 13, changes: [] };

  test("the next batch is taken and the number goes up even when it holds nothing for us", () => {
    const streams = joined();
    expect(streams.changed(batch)).toBe("taken");
    expect(streams.numbers().delegates).toBe(13);
  });

  test("a batch that starts after our number is a hole and changes nothing", () => {
    const streams = joined();
    expect(streams.changed({ ...batch, after: 14, upto: 15, changes: [["comment", "b", null]] })).toBe(
      "hole",
    );
    expect(streams.get("comment", "b")).toBeDefined();
    expect(streams.numbers().delegates).toBe(12);
  });

  test("passing news without a number of its own is taken at the present number", () => {
    const streams = joined();
    const passing = { ...batch, after: 12, upto: 12 };
    expect(streams.changed({ ...passing, changes: [["table", "4", { state: "talking" }]] })).toBe("taken");
    expect(streams.get("table", "4")).toEqual({ id: "4", state: "talking" });
    expect(streams.changed(passing)).toBe("old");
  });

  test("a batch that we already have is ignored", () => {
    expect(joined().changed({ ...batch, after: 10, upto: 12 })).toBe("old");
  });

  test("a batch for a stream that is not ours is left alone", () => {
    expect(joined().changed({ ...batch, audience: "desk" })).toBe("foreign");
  });

  test("null takes a thing away only from the stream it came through", () => {
    const streams = joined();
    streams.changed({ audience: "table:4", after: 10, upto: 13, changes: [["comment", "a", null]] });
    expect(streams.get("comment", "a")).toEqual({ id: "a", text: "in short" });
  });
});
