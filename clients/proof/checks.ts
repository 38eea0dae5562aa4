// Devices that look for their papers on a list, for a proof: orders are lines of JSON, and so is what they say.
import { createInterface } from "node:readline";
import { type Bytes, fromHex } from "../ballot/bytes.ts";
import { Errand, type Ports } from "../ballot/errand.ts";
import type { Kept } from "../ballot/kept.ts";
import type { Ballot } from "../shared/entities.ts";

interface Order {
  /** The leaves that devices have a receipt for, and the list that all of them are given. */
  own: string[];
  header: string;
  leaves: string;
  root: string;
}

interface Inside {
  judge(found: "listed" | "missing" | "other-list"): void;
}

const [, , mutant = ""] = process.argv;
const inside = Errand.prototype as unknown as Inside;
const { judge } = inside;
if (mutant === "believes") {
  inside.judge = function (this: Inside) {
    judge.call(this, "listed");
  };
}
if (mutant === "cries") {
  inside.judge = function (this: Inside) {
    judge.call(this, "missing");
  };
}

function ports(kept: Kept, list: { header: Bytes; leaves: Bytes }): Ports {
  const none = () => Promise.reject(new Error("not after the close"));
  return {
    shelf: { get: async () => kept, put: async () => {} },
    submit: none,
    cast: none,
    knock: () => {},
    list: async () => list,
    wait: async () => {},
    chance: () => 0.5,
    alone: (_name, work) => work(),
  };
}

async function said(order: Order, own: string): Promise<string> {
  const { root } = order;
  const board = { root, keys_hash: null, cast: 1, issued: 1, replaced: 0, url: "/boards/b.json" };
  const ballot = { id: "b", version: 1, state: "published", stamping: null, board } as unknown as Ballot;
  const leaf = fromHex(own);
  const kept: Kept = {
    id: "dara b/1",
    bid: "b/1",
    group: 0,
    publicKey: leaf,
    leaf,
    receipt: "00".repeat(64),
  };
  const list = { header: fromHex(order.header), leaves: fromHex(order.leaves) };
  const errand = new Errand(ballot, "dara", ports(kept, list), () => {});
  await errand.goOn(ballot, 0);
  return errand.kept?.found ? errand.sentence : "did not look";
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order;
  const sentences = await Promise.all(order.own.map((own) => said(order, own)));
  process.stdout.write(`${JSON.stringify({ sentences })}\n`);
}
