// The browser's code and the hub's agree byte by byte (tests/vectors, read by tests/domain too).
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { expect, test, vi } from "vitest";
import rfcText from "../../tests/vectors/rfc9474.json?raw";
import givenText from "../../tests/vectors/stamped.json?raw";
import { type Board, faultsOf, headerHash, isAmong, papersOf, rootOver } from "./board.ts";
import { type Bytes, canonical, fromHex, joined, plain, sha256, toBase64Url, toHex } from "./bytes.ts";
import { checkWords, WORDS } from "./check-words.ts";
import {
  bidHash,
  choiceField,
  choiceMessage,
  faultOf,
  isReceipt,
  keysHash,
  leafOf,
  newKey,
  paperBytes,
  publicBytes,
  signChoice,
  stampMessage,
} from "./papers.ts";
import { cover, isStamped, uncover } from "./stamps.ts";

const rfc = JSON.parse(rfcText);
const given = JSON.parse(givenText);
const board: Board = given.board;
const SUITES = {
  "RSABSSA-SHA384-PSS-Randomized": RSABSSA.SHA384.PSS.Randomized(),
  "RSABSSA-SHA384-PSSZERO-Randomized": RSABSSA.SHA384.PSSZero.Randomized(),
  "RSABSSA-SHA384-PSS-Deterministic": RSABSSA.SHA384.PSS.Deterministic(),
  "RSABSSA-SHA384-PSSZERO-Deterministic": RSABSSA.SHA384.PSSZero.Deterministic(),
};
const seen = { root: given.root as string, keys: given.keys_hash as string, issued: 7 };
// Numbers of 4,096 bits, on a machine that may have much else to do.
const PATIENCE = 60_000;
const offered = (choice: string) => ["for", "against", "abstain", "3>1>2"].includes(choice);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function inverseOf(value: bigint, modulus: bigint): bigint {
  let [old, rest, oldFactor, factor] = [value, modulus, 1n, 0n];
  while (rest > 0n) {
    const times = old / rest;
    [old, rest] = [rest, old - times * rest];
    [oldFactor, factor] = [factor, oldFactor - times * factor];
  }
  return ((oldFactor % modulus) + modulus) % modulus;
}

const number = (hex: string) => BigInt(`0x${hex}`);
const bytesOf = (value: bigint, size: number) => fromHex(value.toString(16).padStart(2 * size, "0"));

test.each(rfc.vectors as Record<string, string>[])(
  "$name of RFC 9474",
  async (vector) => {
    const suite = SUITES[vector.name as keyof typeof SUITES];
    const n = number(rfc.keys.n);
    const jwk = { kty: "RSA", alg: "PS384", n: toBase64Url(fromHex(rfc.keys.n)), e: "AQAB", ext: true };
    const key = await crypto.subtle.importKey("jwk", jwk, { name: "RSA-PSS", hash: "SHA-384" }, true, [
      "verify",
    ]);
    const chance = [vector.salt, bytesOf(inverseOf(number(vector.inverse as string), n), 512)].map((each) =>
      typeof each === "string" ? fromHex(each) : (each as Bytes),
    );
    const dice = vi.spyOn(crypto, "getRandomValues").mockImplementation((into) => {
      (into as unknown as Bytes).set(chance.shift() as Bytes);
      return into;
    });
    const prepared = fromHex(vector.prepared as string);
    const { blindedMsg, inv } = await suite.blind(key, prepared);
    dice.mockRestore();
    expect(toHex(blindedMsg as Bytes)).toBe(vector.blinded);
    expect(number(toHex(inv as Bytes))).toBe(number(vector.inverse as string));
    const stamp = await suite.finalize(key, prepared, fromHex(vector.signed as string), inv);
    expect(toHex(stamp as Bytes)).toBe(vector.stamp);
  },
  PATIENCE,
);

test("papers on record are what the hub wrote", async () => {
  const hashed = await bidHash(given.bid);
  expect(toHex(hashed)).toBe(given.bid_hash);
  expect(await keysHash(board.groups)).toBe(given.keys_hash);
  const papers = await papersOf(board);
  for (const [place, paper] of papers.entries()) {
    const plainly = given.papers[place];
    expect(toHex(paperBytes(paper))).toBe(plainly.bytes);
    expect(toHex(await leafOf(paper))).toBe(plainly.leaf);
    expect(toHex(stampMessage(hashed, paper.publicKey))).toBe(plainly.stamp_message);
    expect(toHex(choiceMessage(paper))).toBe(plainly.choice_message);
    expect(await checkWords(paper.publicKey)).toEqual(plainly.words);
    expect(await faultOf(paper, hashed, board.groups)).toBeNull();
  }
});

test("the board on record has its root, and every fault on one has a name", async () => {
  const { papers: _, ...header } = board;
  expect(canonical(header)).toBe(given.header);
  expect(toHex(await headerHash(board))).toBe(given.header_hash);
  const leaves = fromHex(given.papers.map((each: { leaf: string }) => each.leaf).join(""));
  expect(await rootOver(await headerHash(board), leaves)).toBe(given.root);
  expect(isAmong(leaves, fromHex(given.papers[2].leaf))).toBe(true);
  expect(isAmong(leaves, await sha256(plain("another")))).toBe(false);
  expect(await faultsOf(board, seen, offered)).toEqual([]);
  const [first, ...others] = board.papers;
  expect(await faultsOf({ ...board, papers: others }, seen, offered)).toEqual(["board-root"]);
  expect(await faultsOf({ ...board, papers: [...others, first as never] }, seen, offered)).toContain(
    "board-order",
  );
  expect(await faultsOf({ ...board, issued: 8 }, seen, offered)).toContain("board-issued");
  expect(await faultsOf(board, { ...seen, keys: seen.root }, offered)).toEqual(["board-keys"]);
  expect(await faultsOf(board, seen, (choice) => choice !== "for")).toEqual(["unknown-option"]);
  expect(await faultsOf({ ...board, papers: [{} as never] }, seen, offered)).toEqual(["board-malformed"]);
});

test("a receipt is the box's, for this ballot and this paper", async () => {
  const hashed = await bidHash(given.bid);
  const [one, other] = given.papers;
  expect(await isReceipt(given.box, hashed, fromHex(one.leaf), one.receipt)).toBe(true);
  expect(await isReceipt(given.box, hashed, fromHex(other.leaf), one.receipt)).toBe(false);
  expect(await isReceipt(given.box, await bidHash("other/1"), fromHex(one.leaf), one.receipt)).toBe(false);
  expect(await isReceipt(given.box.replace(/^../, "00"), hashed, fromHex(one.leaf), one.receipt)).toBe(false);
  expect(await isReceipt(given.box, hashed, fromHex(one.leaf), "")).toBe(false);
});

test("the words are the hub's", async () => {
  expect(toHex(await sha256(plain(WORDS.join(" "))))).toBe(given.words.all);
});

test.each(["", "a\0b", "für", "x".repeat(257), "for\n"])("%j is no choice", (choice) => {
  expect(() => choiceField(choice)).toThrow("paper-malformed");
});

test(
  "a paper goes from a new key through a stamp to the box",
  async () => {
    const pair = await crypto.subtle.generateKey(
      { name: "RSA-PSS", hash: "SHA-384", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
      true,
      ["sign", "verify"],
    );
    const { n, d } = await crypto.subtle.exportKey("jwk", pair.privateKey);
    const bare = (text: string | undefined) =>
      toHex(
        Uint8Array.from(atob((text ?? "").replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)),
      );
    const [modulus, secret] = [bare(n), bare(d)];
    const key = await newKey();
    const [publicKey, hashed] = [await publicBytes(key), await bidHash("ballot/1")];
    expect(key.privateKey.extractable).toBe(false);
    const covered = await cover(modulus, stampMessage(hashed, publicKey));
    const signed = bytesOf(power(number(toHex(covered.blinded)), number(secret), number(modulus)), 256);
    const stamp = await uncover(modulus, covered, signed);
    expect(await isStamped(modulus, covered.prepared, stamp)).toBe(true);
    await expect(uncover(modulus, covered, joined(signed.slice(1), Uint8Array.of(7)))).rejects.toThrow();
    const paper = {
      bidHash: hashed,
      group: 0,
      publicKey,
      prefix: covered.prepared.slice(0, 32),
      stamp,
      choice: "for",
    };
    const signature = await signChoice(key, choiceMessage(paper));
    const groups = [{ name: "all", sections: [], n: modulus, e: 65537 }];
    expect(await faultOf({ ...paper, signature }, hashed, groups)).toBeNull();
    expect(await faultOf({ ...paper, signature, choice: "against" }, hashed, groups)).toBe("signature-wrong");
    expect(paperBytes({ ...paper, signature })).toHaveLength(725);
  },
  PATIENCE,
);
