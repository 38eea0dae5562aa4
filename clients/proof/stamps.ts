// A device and a registrar of the browser's code for round trips with the hub's: orders are lines of JSON.
import { constants, createPrivateKey, privateEncrypt } from "node:crypto";
import { createInterface } from "node:readline";
import { type Board, faultsOf, type Seen } from "../ballot/board.ts";
import { type Bytes, fromHex, toHex } from "../ballot/bytes.ts";
import {
  bidHash,
  choiceMessage,
  faultOf,
  newKey,
  paperBytes,
  publicBytes,
  type StampGroup,
  signChoice,
  stampMessage,
} from "../ballot/papers.ts";
import { type Covered, cover, isStamped, uncover } from "../ballot/stamps.ts";

interface Order {
  do: keyof typeof ORDERS;
  bid: string;
  groups: StampGroup[];
  group: number;
  signed: string;
  choice: string;
  prepared: string;
  stamp: string;
  secret: Record<string, string>;
  blinded: string;
  board: Board;
  seen: Seen;
}

let key: CryptoKeyPair;
let publicKey: Bytes;
let covered: Covered;

const keyOf = (order: Order) => (order.groups[order.group] as StampGroup).n;

const ORDERS = {
  async cover(order: Order): Promise<object> {
    key = await newKey();
    publicKey = await publicBytes(key);
    covered = await cover(keyOf(order), stampMessage(await bidHash(order.bid), publicKey));
    return { blinded: toHex(covered.blinded) };
  },
  async paper(order: Order): Promise<object> {
    const stamp = await uncover(keyOf(order), covered, fromHex(order.signed));
    const prefix = covered.prepared.slice(0, 32);
    const { group, choice } = order;
    const paper = { bidHash: await bidHash(order.bid), group, publicKey, prefix, stamp, choice };
    const signed = { ...paper, signature: await signChoice(key, choiceMessage(paper)) };
    return { paper: toHex(paperBytes(signed)), fault: await faultOf(signed, signed.bidHash, order.groups) };
  },
  async sign(order: Order): Promise<object> {
    const secret = createPrivateKey({ key: order.secret, format: "jwk" });
    const raw = { key: secret, padding: constants.RSA_NO_PADDING };
    return { signed: toHex(new Uint8Array(privateEncrypt(raw, fromHex(order.blinded)))) };
  },
  async check(order: Order): Promise<object> {
    return { stamped: await isStamped(keyOf(order), fromHex(order.prepared), fromHex(order.stamp)) };
  },
  async verify(order: Order): Promise<object> {
    const keys = order.board.options?.map((option) => option.key) ?? [];
    return { faults: await faultsOf(order.board, order.seen, (choice) => keys.includes(choice)) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order;
  process.stdout.write(`${JSON.stringify(await ORDERS[order.do](order))}\n`);
}
