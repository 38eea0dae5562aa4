// What a device does with numbered batches: holes are seen, old news is ignored, streams are merged in order.
import { describe, expect, test } from "vitest";
import { type JoinAnswer, Streams } from "./streams.ts";

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

  test("another epoch drops everything and asks for snapshots", () => {
    const streams = joined();
    expect(streams.joined({ ...ANSWER, epoch: "second" })).toBe(false);
    expect(streams.numbers()).toEqual({});
    expect(streams.joined({ ...ANSWER, epoch: "second" })).toBe(true);
    expect(streams.all("comment")).toHaveLength(2);
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
