// Laptops for a proof: orders come in as lines of JSON, and what the laptops did goes out as lines of JSON.
import { createInterface } from "node:readline";
import type { Command } from "../shared/commands.ts";
import type { Torn } from "./disk.ts";
import { Laptop, Time, type Told } from "./laptop.ts";
import { MUTANTS } from "./mutants.ts";

interface Order {
  do: keyof typeof ORDERS;
  laptop: string;
  table: number;
  command: Command;
  offset: number;
  writes: number;
  torn: Torn;
  what: "store" | "journal";
  full: "store" | "journal" | null;
  request: number;
  answer: unknown;
  milliseconds: number;
}

let time = new Time();
let laptops = new Map<string, Laptop>();
let told: Told[] = [];

function laptop(order: Order): Laptop {
  const known = laptops.get(order.laptop) ?? new Laptop(order.laptop, time, (each) => told.push(each));
  laptops.set(order.laptop, known);
  return known;
}

/** Wait until nobody is at work any more; only time and answers can move them then. */
async function settle(): Promise<void> {
  for (let quiet = 0; quiet < 3; ) {
    await new Promise((turn) => setImmediate(turn));
    const busy = [...laptops.values()].some((each) => (each.page?.busy ?? 0) > 0);
    quiet = busy ? 0 : quiet + 1;
  }
}

async function pass(milliseconds: number): Promise<void> {
  const end = time.now + milliseconds;
  for (let run = time.next(end); run; run = time.next(end)) {
    run();
    await settle();
  }
  time.now = end;
}

function answered(order: Order): void {
  const { pending } = laptop(order);
  const waiting = pending.get(order.request);
  pending.delete(order.request);
  if (order.answer === null) waiting?.failed(new Error("no answer in time"));
  else waiting?.done(order.answer);
}

function counts(one: Laptop) {
  const { outbox } = one;
  if (!outbox) return null;
  const { typed, atCentre, keptHere } = outbox;
  const points = outbox.entries.map((each) => ({
    ...{ id: each.command.id, n: each.n, position: each.position, taken: each.ack?.ok ?? null },
    item: (each.command.data as { item?: string }).item,
  }));
  return { typed, atCentre, keptHere, points, waiting: one.pending.size };
}

const ORDERS = {
  reset: (order: Order) => {
    time = new Time();
    time.now = order.milliseconds;
    laptops = new Map();
  },
  boot: (order: Order) =>
    laptop(order).boot(order.offset, order.writes ? { writes: order.writes, torn: order.torn } : undefined),
  arm: (order: Order) => laptop(order).page?.arm(order.writes, order.torn),
  die: (order: Order) => laptop(order).page?.die(),
  lose: (order: Order) => laptop(order).disk.lose(order.what),
  full: (order: Order) => {
    laptop(order).disk.full = order.full;
  },
  type: (order: Order) => laptop(order).type(order.table, order.command),
  enclose: (order: Order) => laptop(order).enclose(order.table, order.command),
  connect: (order: Order) => {
    laptop(order).connected = true;
    void laptop(order).outbox?.resume();
  },
  disconnect: (order: Order) => {
    laptop(order).connected = false;
  },
  answer: answered,
  pass: (order: Order) => pass(order.milliseconds),
  counts: (order: Order) => counts(laptop(order)),
};

for (const name of process.argv.slice(2)) await MUTANTS[name]?.();
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order;
  const result = await ORDERS[order.do](order);
  await settle();
  process.stdout.write(`${JSON.stringify({ told, result: result ?? null })}\n`);
  told = [];
}
