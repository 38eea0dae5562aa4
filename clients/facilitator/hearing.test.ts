// What a table hears stands still while it is read, however many points arrive.
import { expect, test } from "vitest";
import type { newCommand } from "../shared/commands.ts";
import type { Comment, Response } from "../shared/entities.ts";
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

function laptopThatHears(comments: Comment[]) {
  const entries: { command: ReturnType<typeof newCommand>; ack: object | null }[] = [];
  const laptop = {
    passage: { id: "p" },
    rows: [{ passage: "p", place: "centre" }],
    facts: { table: 1, comments, round: { id: "r" } },
    outbox: {
      entries,
      enclose: async (_table: number, command: ReturnType<typeof newCommand>) => {
        entries.push({ command, ack: null });
      },
    },
    redraw: () => {},
    say: () => {},
  };
  return { laptop, entries, hearing: new Hearing(laptop as unknown as Laptop) };
}

const ids = (comments: Comment[]) => comments.map((comment) => comment.id).join(" ");

test("nothing is heard before the table's own first point is at the centre", () => {
  const { laptop, hearing } = laptopThatHears([heard(1)]);
  laptop.rows = [{ passage: "p", place: "kept" }];
  hearing.refresh();
  expect(hearing.all).toBeNull();
});

test("a burst waits above, and the list keeps its place until it is asked for", () => {
  const { laptop, hearing } = laptopThatHears([heard(1), heard(2)]);
  hearing.refresh();
  expect(ids(hearing.shown)).toBe("c2 c1");
  for (let n = 3; n < 33; n++) {
    laptop.facts.comments = [...laptop.facts.comments, heard(n)];
    hearing.refresh();
    expect(ids(hearing.shown)).toBe("c2 c1");
  }
  expect(hearing.waiting).toBe(30);
  hearing.takeIn();
  expect(hearing.waiting).toBe(0);
  expect(hearing.shown).toHaveLength(32);
  hearing.filter({ show: "new" });
  expect(hearing.shown).toHaveLength(30);
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
