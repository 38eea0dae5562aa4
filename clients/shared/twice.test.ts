// Two places on one laptop: either may be lost, torn or refuse to write, and nothing typed goes with it.
import "fake-indexeddb/auto";
import { beforeEach, expect, test, vi } from "vitest";
import { type Ack, type Command, newCommand } from "./commands.ts";
import { KeptOnDevice } from "./kept.ts";
import { read, written } from "./lines.ts";
import { type Entry, type Journal, Outbox, type Store } from "./outbox.ts";

class Place implements Store {
  entries: Entry[] = [];
  full = false;
  async load() {
    return structuredClone(this.entries);
  }
  async keep(make: (position: number, n: number) => Entry) {
    if (this.full) throw new Error("the disk is full");
    const entry = make(this.entries.length + 1, this.entries.length + 1);
    this.entries.push(structuredClone(entry));
    return entry;
  }
  async restore(entries: Entry[]) {
    const ids = new Set(entries.map((entry) => entry.command.id));
    this.entries = [
      ...this.entries.filter((entry) => !ids.has(entry.command.id)),
      ...structuredClone(entries),
    ];
    return entries;
  }
  async mark(position: number, ack: Ack, arrived: number) {
    const entry = this.entries.find((kept) => kept.position === position);
    if (entry) Object.assign(entry, { ack, arrived });
  }
}

class Paper implements Journal {
  text = "";
  full = false;
  async load() {
    return read(this.text);
  }
  async append(entry: Entry) {
    if (this.full) throw new Error("the disk is full");
    this.text += written({ entry });
  }
  async mark(of: string, ack: Ack, arrived: number) {
    this.text += written({ of, ack, arrived });
  }
}

let store: Place;
let journal: Paper;
let sent: string[];
let reached: boolean;
const network = {
  emit: async (command: Command): Promise<Ack> => {
    if (!reached) throw new Error("no connection");
    sent.push(command.id);
    return { ok: true, id: command.id };
  },
  post: async (): Promise<Ack[]> => {
    throw new Error("not reached");
  },
};
const clock = {
  now: () => 7,
  later: (_: number, run: () => void) => {
    queueMicrotask(run);
    return () => {};
  },
  chance: () => 0,
};
const waiting = { ...clock, later: () => () => {} };
const open = (watch: typeof clock | typeof waiting = waiting) =>
  new Outbox({ store, journal, network, clock: watch, device: "laptop-1" });
const type = (outbox: Outbox, text: string) =>
  outbox.capture(1, (n, typed) => newCommand("record-comment", { item: text, n, typed, text }));
const settle = async () => {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};
const items = (entries: Entry[]) => entries.map((entry) => (entry.command.data as { item: string }).item);

beforeEach(() => {
  store = new Place();
  journal = new Paper();
  sent = [];
  reached = false;
});

test("both places hold a point before anybody says so", async () => {
  const outbox = open();
  await type(outbox, "one");
  expect([items(store.entries), items(read(journal.text))]).toEqual([["one"], ["one"]]);
  expect(outbox.once.size).toBe(0);
});

test("a store that a power cut emptied is filled again from the journal, acknowledgements and all", async () => {
  reached = true;
  const before = open(clock);
  await type(before, "arrived");
  await settle();
  reached = false;
  await type(before, "kept");
  store.entries = [];
  const later = open();
  await later.open();
  expect([later.typed, later.atCentre, later.keptHere]).toEqual([2, 1, 1]);
  expect(items(store.entries).sort()).toEqual(["arrived", "kept"]);
  expect((await type(later, "next")).n).toBe(3);
});

test("a journal that is lost is written anew from the store, and knows what arrived", async () => {
  reached = true;
  const before = open(clock);
  await type(before, "one");
  await settle();
  journal.text = "";
  await open().open();
  expect(read(journal.text).map((entry) => entry.ack?.ok)).toEqual([true]);
});

test("a torn last line costs nothing that both places held, and a spoiled one only itself", async () => {
  const outbox = open();
  for (const text of ["a", "b", "c"]) await type(outbox, text);
  const lines = journal.text.split("\n");
  journal.text = [lines[0], lines[1]?.replace("item", "itme"), lines[2]?.slice(0, -9)].join("\n");
  expect(items(read(journal.text))).toEqual(["a"]);
  const later = open();
  await later.open();
  expect(items(later.entries)).toEqual(["a", "b", "c"]);
  journal.text += `\n${written({ of: later.entries[0]?.command.id ?? "", ack: { ok: true, id: "" }, arrived: 1 })}`;
  expect(read(journal.text).filter((entry) => entry.ack?.ok)).toHaveLength(1);
});

test("each half of what two places know is put together", async () => {
  const outbox = open();
  for (const text of ["a", "b"]) await type(outbox, text);
  store.entries.pop();
  journal.text = journal.text.split("\n").slice(1).join("\n");
  const later = open();
  await later.open();
  expect(items(later.entries).sort()).toEqual(["a", "b"]);
  expect([store.entries, read(journal.text)].map((kept) => items(kept).sort())).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
});

test("one full place: the point is kept in the other, and known to be held once", async () => {
  journal.full = true;
  const outbox = open();
  const one = await type(outbox, "one");
  journal.full = false;
  store.full = true;
  const two = await type(outbox, "two");
  expect([...outbox.once]).toEqual([one.command.id, two.command.id]);
  expect([one.n, two.n]).toEqual([1, 2]);
  store.full = false;
  const later = open();
  await later.open();
  expect(later.once.size).toBe(0);
  expect(items(later.entries)).toEqual(["one", "two"]);
  journal.full = store.full = true;
  await expect(type(later, "three")).rejects.toThrow("disk is full");
  expect(later.typed).toBe(2);
});

test("a number that only the journal took is not given again once the store takes points again", async () => {
  const device = await KeptOnDevice.open("full for a while");
  const outbox = new Outbox({ store: device, journal, network, clock: waiting, device: "laptop-1" });
  vi.spyOn(device, "keep").mockRejectedValueOnce(new Error("the disk is full"));
  const kept = [await type(outbox, "one"), await type(outbox, "two"), await type(outbox, "three")];
  expect(kept.map((entry) => [entry.position, entry.n])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
});

test("without a journal everything is held once", async () => {
  const outbox = new Outbox({ store, network, clock: waiting, device: "laptop-1" });
  const entry = await type(outbox, "one");
  expect(outbox.once.has(entry.command.id)).toBe(true);
});
