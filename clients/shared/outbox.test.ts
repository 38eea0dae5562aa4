// Nothing typed is lost and nothing is sent under two names, whatever the network and the page do.
import { beforeEach, describe, expect, test } from "vitest";
import { type Ack, type Command, newCommand } from "./commands.ts";
import { type Entry, Outbox, type Store } from "./outbox.ts";

class Disk implements Store {
  entries: Entry[] = [];
  full = false;
  async load() {
    return structuredClone(this.entries);
  }
  async keep(make: (position: number, n: number) => Entry) {
    if (this.full) throw new Error("the disk is full");
    const n = Math.max(0, ...this.entries.map((entry) => entry.n ?? 0)) + 1;
    const entry = make(this.entries.length + 1, n);
    this.entries.push(structuredClone(entry));
    return entry;
  }
  async restore(entries: Entry[]) {
    this.entries.push(...structuredClone(entries));
    return entries;
  }
  async mark(position: number, ack: Ack, arrived: number) {
    const entry = this.entries.find((kept) => kept.position === position);
    if (entry) Object.assign(entry, { ack, arrived });
  }
}

class Hub {
  taken = new Map<string, Command>();
  order: string[] = [];
  socket = true;
  http = true;
  answers = true;
  refuses = "";
  asked = 0;
  async emit(command: Command): Promise<Ack> {
    if (!this.socket) throw new Error("no connection");
    return this.take(command);
  }
  async post(commands: Command[]): Promise<Ack[]> {
    if (!this.http) throw new Error("not reached");
    return commands.map((command) => this.take(command));
  }
  async lacks(commands: string[]): Promise<string[]> {
    if (!this.socket) throw new Error("no connection");
    this.asked += 1;
    if (!this.answers) throw new Error("the answer was lost");
    return commands.filter((id) => !this.taken.has(id));
  }
  private take(command: Command): Ack {
    if (this.refuses) return { ok: false, id: command.id, refusal: { code: this.refuses, sentence: "No." } };
    if (!this.taken.has(command.id)) this.order.push(command.id);
    this.taken.set(command.id, command);
    if (!this.answers) throw new Error("the answer was lost");
    return { ok: true, id: command.id, number: this.taken.size };
  }
}

class Watch {
  time = 0;
  private due: { at: number; run: () => void }[] = [];
  now() {
    return this.time;
  }
  chance() {
    return 0.5;
  }
  later(milliseconds: number, run: () => void) {
    const task = { at: this.time + milliseconds, run };
    this.due.push(task);
    return () => {
      this.due = this.due.filter((other) => other !== task);
    };
  }
  async pass(milliseconds: number) {
    const end = this.time + milliseconds;
    await settle();
    for (let next = this.next(end); next; next = this.next(end)) {
      this.due = this.due.filter((task) => task !== next);
      this.time = next.at;
      next.run();
      await settle();
    }
    this.time = end;
  }
  private next(end: number) {
    return this.due.filter((task) => task.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

async function settle() {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

let disk: Disk;
let hub: Hub;
let watch: Watch;
const open = () => new Outbox({ store: disk, network: hub, clock: watch, device: "laptop-1" });
const type = (outbox: Outbox, text: string) =>
  outbox.capture(12, (n, typed) => newCommand("record-comment", { item: `item-${text}`, n, typed, text }));

beforeEach(() => {
  disk = new Disk();
  hub = new Hub();
  watch = new Watch();
});

describe("sending", () => {
  test("what the centre could not store is sent again by itself", async () => {
    const outbox = open();
    hub.refuses = "not-stored";
    await type(outbox, "one");
    await watch.pass(2_000);
    expect(outbox.keptHere).toBe(1);
    hub.refuses = "";
    await watch.pass(60_000);
    expect(outbox.keptHere).toBe(0);
    expect(hub.order).toHaveLength(1);
  });

  test("a point is on the disk before anybody says so, and then at the centre", async () => {
    const outbox = open();
    await type(outbox, "one");
    expect(disk.entries).toHaveLength(1);
    await watch.pass(10);
    expect([outbox.typed, outbox.atCentre, outbox.keptHere]).toEqual([1, 1, 0]);
    expect(disk.entries[0]?.ack?.ok).toBe(true);
  });

  test("a point that the disk did not take is not said to be kept", async () => {
    disk.full = true;
    const outbox = open();
    await expect(type(outbox, "one")).rejects.toThrow("disk is full");
    expect(outbox.typed).toBe(0);
  });

  test("without a socket the whole backlog goes by HTTP, in the order of typing", async () => {
    hub.socket = false;
    hub.http = false;
    const outbox = open();
    for (const text of ["a", "b", "c", "d", "e"]) await type(outbox, text);
    await watch.pass(60_000);
    expect(outbox.keptHere).toBe(5);
    hub.http = true;
    await watch.pass(60_000);
    expect(outbox.keptHere).toBe(0);
    expect(hub.order).toEqual(outbox.entries.map((entry) => entry.command.id));
  });

  test("a lost answer is asked for again under the same id, so that nothing is doubled", async () => {
    hub.answers = false;
    const outbox = open();
    await type(outbox, "one");
    await watch.pass(5_000);
    expect(outbox.keptHere).toBe(1);
    hub.answers = true;
    await watch.pass(60_000);
    expect(outbox.keptHere).toBe(0);
    expect(hub.taken.size).toBe(1);
  });

  test("a refused point stays here, does not hold up the others, and is tried again after a nudge", async () => {
    hub.refuses = "bad-message";
    const outbox = open();
    await type(outbox, "one");
    await watch.pass(60_000);
    expect(outbox.entries[0]?.ack?.refusal?.sentence).toBe("No.");
    hub.refuses = "";
    await type(outbox, "two");
    await watch.pass(60_000);
    expect([outbox.atCentre, outbox.keptHere]).toEqual([1, 1]);
    outbox.nudge();
    await watch.pass(10);
    expect(outbox.keptHere).toBe(0);
  });

  test("an answer about the sign-in is no answer about the point: it is sent again by itself", async () => {
    hub.refuses = "signed-out";
    const outbox = open();
    await type(outbox, "one");
    await watch.pass(5_000);
    expect(outbox.entries[0]?.ack).toBeNull();
    hub.refuses = "";
    await watch.pass(60_000);
    expect(outbox.keptHere).toBe(0);
  });

  test("the waits grow and stay under half a minute", async () => {
    hub.socket = false;
    hub.http = false;
    let knocks = 0;
    const post = hub.post.bind(hub);
    hub.post = (commands) => {
      knocks += 1;
      return post(commands);
    };
    await type(open(), "one");
    await watch.pass(10 * 60_000);
    expect(knocks).toBeGreaterThan(20);
    expect(knocks).toBeLessThan(40);
  });
});

describe("a centre that goes on from an older copy", () => {
  test("what it acknowledged and lost is sent again under the same id, and nothing else is", async () => {
    const outbox = open();
    for (const text of ["one", "two", "three"]) await type(outbox, text);
    await watch.pass(10);
    const [, second, third] = [...hub.taken.keys()];
    hub.taken.delete(second ?? "");
    hub.taken.delete(third ?? "");
    hub.order = [];
    await outbox.resume();
    expect([outbox.atCentre, outbox.keptHere]).toEqual([1, 2]);
    await watch.pass(10);
    expect(hub.order).toEqual([second, third]);
    expect(outbox.keptHere).toBe(0);
  });

  test("a question that is not answered decides nothing", async () => {
    const outbox = open();
    await type(outbox, "one");
    await watch.pass(10);
    hub.taken.clear();
    hub.socket = false;
    expect(await outbox.resume()).toBe(false);
    expect(outbox.atCentre).toBe(1);
    hub.socket = true;
    expect(await outbox.resume()).toBe(true);
    await watch.pass(10);
    expect(hub.taken.size).toBe(1);
  });
});

describe("a centre that does not say what it lacks", () => {
  test("is asked again over the same connection, and sent what it lost", async () => {
    const outbox = open();
    await type(outbox, "one");
    await watch.pass(10);
    hub.taken.clear();
    hub.answers = false;
    expect(await outbox.resume()).toBe(false);
    await watch.pass(60_000);
    expect(outbox.atCentre).toBe(1);
    hub.answers = true;
    await watch.pass(60_000);
    expect([hub.taken.size, outbox.atCentre]).toEqual([1, 1]);
  });

  test("is asked once at a time, however often the connection comes back", async () => {
    const outbox = open();
    await type(outbox, "one");
    await watch.pass(10);
    hub.answers = false;
    for (let times = 0; times < 5; times += 1) await outbox.resume();
    hub.asked = 0;
    await watch.pass(2_000);
    expect(hub.asked).toBe(1);
  });
});

describe("another page", () => {
  test("what an earlier page kept is sent after a reload, and numbers go on", async () => {
    hub.socket = false;
    hub.http = false;
    await type(open(), "one");
    hub.socket = true;
    const later = open();
    await later.open();
    const entry = await type(later, "two");
    await watch.pass(10);
    expect(entry.n).toBe(2);
    expect(later.atCentre).toBe(2);
  });

  test("a withdrawal travels behind the point it withdraws and is not counted as typed", async () => {
    hub.socket = false;
    hub.http = false;
    const outbox = open();
    await type(outbox, "one");
    await outbox.enclose(12, newCommand("withdraw-comment", { comment: "item-one" }));
    hub.http = true;
    await watch.pass(60_000);
    expect([...hub.taken.values()].map((command) => command.type)).toEqual([
      "record-comment",
      "withdraw-comment",
    ]);
    expect(outbox.typed).toBe(1);
  });
});
