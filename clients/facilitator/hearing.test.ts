// What a table hears stands still while it is read, however many points arrive.
import { expect, test } from "vitest";
import type { newCommand } from "../shared/commands.ts";
import type { Comment, Heard, Response } from "../shared/entities.ts";
import { type Change, Streams } from "../shared/streams.ts";
import { Hearing } from "./hearing.ts";
import type { Laptop } from "./laptop.ts";

function heard(n: number, more: Partial<Comment> = {}): Comment {
  const at = `2027-03-27T10:00:${String(n).padStart(2, "0")}Z`;
  return {
    id: `c${n}`,
    table: 2,
    passage: "p",
    kind: "idea",
    state: "current",
    response: null,
    at,
    ...more,
  } as Comment;
}

const BOUNDS = { id: "heard", passages: { p: { since: null, earlier: 0 } } };

/** What the hub tells this table: the comments, and from which on they are heard. */
function tell(streams: Streams, comments: Comment[], since: Comment | null = null, earlier = 0) {
  const bounds = {
    id: "heard",
    passages: { p: { since: since && { at: since.at, id: since.id }, earlier } },
  };
  const told = comments.map((comment): Change => ["comment", comment.id, comment]);
  const changes: Change[] = [...told, ["heard", "heard", bounds]];
  streams.changed({ audience: "table:1+echo", after: 0, upto: 0, changes });
}

function laptopThatHears(comments: Comment[]) {
  const entries: { command: ReturnType<typeof newCommand>; ack: object | null }[] = [];
  const streams = new Streams();
  streams.joined({ ok: true, now: 0, epoch: "e", streams: { "table:1+echo": { upto: 0, snapshot: {} } } });
  tell(streams, comments);
  const laptop = {
    passage: { id: "p" },
    rows: [{ passage: "p", place: "centre" }],
    facts: { table: 1, comments, round: { id: "r" }, passages: [{ id: "p" }], heard: BOUNDS as Heard },
    draft: { addsTo: null, aside: null },
    live: { streams, view: streams },
    outbox: {
      entries,
      enclose: async (_table: number, command: ReturnType<typeof newCommand>) => {
        entries.push({ command, ack: null });
      },
    },
    redraw: () => {},
    say: () => {},
  };
  const hearing = new Hearing(laptop as unknown as Laptop);
  const hears = (...told: [comments: Comment[], since?: Comment, earlier?: number]) => {
    tell(streams, ...told);
    laptop.facts.comments = streams.all<Comment>("comment");
    laptop.facts.heard = streams.get<Heard>("heard", "heard") as Heard;
    hearing.refresh();
  };
  return { laptop, entries, hearing, hears };
}

const ids = (comments: Comment[]) => comments.map((comment) => comment.id).join(" ");

test("nothing is heard before the table's own first point is at the centre", () => {
  const { laptop, hearing } = laptopThatHears([heard(1)]);
  laptop.rows = [{ passage: "p", place: "kept" }];
  hearing.refresh();
  expect(hearing.all).toBeNull();
});

test("a burst waits above, and the list keeps its place until it is asked for", () => {
  const { hearing, hears } = laptopThatHears([heard(1), heard(2)]);
  hearing.refresh();
  expect(ids(hearing.shown)).toBe("c2 c1");
  for (let n = 3; n < 33; n++) {
    hears([heard(n)]);
    expect(ids(hearing.shown)).toBe("c2 c1");
  }
  expect(hearing.waiting).toBe(30);
  hearing.takeIn();
  expect(hearing.waiting).toBe(0);
  expect(hearing.shown).toHaveLength(32);
  hearing.filter({ show: "new" });
  expect(hearing.shown).toHaveLength(30);
});

test("what is on show stays while it is read, although it is too early to be heard again", () => {
  const first = [heard(1), heard(2), heard(3, { response: "ours-too" })];
  const { laptop, hearing, hears } = laptopThatHears(first);
  hearing.refresh();
  const later = Array.from({ length: 20 }, (_, n) => heard(10 + n));
  hears(later, heard(25), 17);
  expect(ids(hearing.shown)).toBe("c3 c2 c1");
  expect(laptop.facts.comments).toHaveLength(3 + 5);
  // Five of the twenty that came are here; the other fifteen are counted all the same.
  expect(hearing.waiting).toBe(20);
  expect(hearing.earlier).toBe(0);
  hearing.takeIn();
  expect(ids(hearing.shown)).toBe("c29 c28 c27 c26 c25 c3");
  expect([hearing.waiting, hearing.earlier]).toEqual([0, 17]);
});

test("how many came before is known with the points themselves, also before the page looked again", () => {
  const { laptop, hearing } = laptopThatHears([heard(1)]);
  laptop.facts.heard = { ...BOUNDS, passages: {} } as Heard;
  tell(laptop.live.streams, [heard(20)], heard(20), 17);
  hearing.refresh();
  expect([hearing.waiting, hearing.earlier]).toEqual([0, 17]);
});

test("a point that is being answered or added to stays until the centre knows", async () => {
  const { laptop, hearing, hears } = laptopThatHears([heard(1), heard(2), heard(3)]);
  hearing.refresh();
  await hearing.respond(heard(1), "we-differ");
  laptop.draft.addsTo = "c2" as never;
  hears([heard(30)], heard(30), 3);
  hearing.takeIn();
  expect(ids(hearing.shown)).toBe("c30 c2 c1");
});

test("when the round is over nothing of it is kept", () => {
  const { laptop, hearing, hears } = laptopThatHears([heard(1), heard(2, { response: "ours-too" })]);
  hearing.refresh();
  expect(hearing.isOver).toBe(false);
  laptop.facts.passages = [];
  const over: Change = ["heard", "heard", { id: "heard", passages: {} }];
  laptop.live.streams.changed({ audience: "table:1+echo", after: 0, upto: 0, changes: [over] });
  expect(laptop.live.streams.all("comment")).toEqual([]);
  hears([]);
  expect(hearing.isOver).toBe(true);
});

test("the filter knows kinds and what this table has answered", () => {
  const { hearing } = laptopThatHears([heard(1, { kind: "concern" }), heard(2, { response: "ours-too" })]);
  hearing.refresh();
  hearing.filter({ kind: "concern" });
  expect(ids(hearing.shown)).toBe("c1");
  hearing.filter({ kind: "", show: "answered" });
  expect(ids(hearing.shown)).toBe("c2");
  hearing.filter({ show: "unanswered" });
  expect(ids(hearing.shown)).toBe("c1");
});

test("an answer holds on the laptop at once, and the same answer again takes it back", async () => {
  const point = heard(1);
  const { entries, hearing } = laptopThatHears([point]);
  hearing.refresh();
  const said: (Response | null)[] = [];
  for (const response of ["ours-too", "we-differ", "we-differ"] as const) {
    await hearing.respond(point, response);
    said.push(hearing.responseTo(point));
  }
  expect(said).toEqual(["ours-too", "we-differ", null]);
  expect(entries.map((entry) => (entry.command.data as { response: string }).response)).toEqual([
    "ours-too",
    "we-differ",
    null,
  ]);
});
