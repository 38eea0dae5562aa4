// What a stamped paper is, byte by byte, and what its stamp, its signature and its receipt are made over.
import { verifyAsync } from "@noble/ed25519";
import { type Bytes, canonical, fromHex, joined, plain, sha256, toHex } from "./bytes.ts";
import { isStamped } from "./stamps.ts";

export const KEY_BYTES = 65;
export const PREFIX_BYTES = 32;
export const STAMP_BYTES = 256;
export const CHOICE_BYTES = 256;
export const SIGNATURE_BYTES = 64;
const ECDSA = { name: "ECDSA", hash: "SHA-256" };
const P256 = { name: "ECDSA", namedCurve: "P-256" };

/** Sections that are counted together, and the key that stamps their papers. */
export interface StampGroup {
  name: string;
  sections: string[];
  n: string;
  e: number;
}

export interface StampedPaper {
  bidHash: Bytes;
  group: number;
  publicKey: Bytes;
  prefix: Bytes;
  stamp: Bytes;
  choice: string;
  signature: Bytes;
}

export function bidHash(bid: string): Promise<Bytes> {
  return sha256(plain(bid));
}

/** What pins the keys of a ballot: in the journal, on the screens, on every device. */
export async function keysHash(groups: StampGroup[]): Promise<string> {
  const named = groups.map(({ name, sections, n, e }) => ({ name, sections, n, e }));
  return toHex(await sha256(plain(canonical(named))));
}

export function stampMessage(hashed: Bytes, publicKey: Bytes): Bytes {
  return joined(plain("facilitate-stamp/1\0"), hashed, publicKey);
}

/** A choice at the length that all of them have. */
export function choiceField(choice: string): Bytes {
  if (!/^[\x20-\x7e]+$/.test(choice) || choice.length > CHOICE_BYTES) throw new Error("paper-malformed");
  return joined(plain(choice), new Uint8Array(CHOICE_BYTES - choice.length));
}

export function choiceMessage(
  paper: Pick<StampedPaper, "bidHash" | "group" | "choice" | "publicKey">,
): Bytes {
  return joined(
    plain("facilitate-choice/1\0"),
    paper.bidHash,
    Uint8Array.of(paper.group),
    choiceField(paper.choice),
    paper.publicKey,
  );
}

export function paperBytes(paper: StampedPaper): Bytes {
  return joined(
    plain("facilitate-paper/1\0"),
    paper.bidHash,
    Uint8Array.of(paper.group),
    paper.publicKey,
    paper.prefix,
    paper.stamp,
    choiceField(paper.choice),
    paper.signature,
  );
}

/** What stands for a paper on the board and in its receipt. */
export function leafOf(paper: StampedPaper): Promise<Bytes> {
  return sha256(paperBytes(paper));
}

/** A one-time key, whose private half never leaves this device. */
export function newKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(P256, false, ["sign", "verify"]);
}

export async function publicBytes(key: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", key.publicKey));
}

export async function signChoice(key: CryptoKeyPair, message: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(ECDSA, key.privateKey, message));
}

async function choiceSigned(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const key = await crypto.subtle.importKey("raw", publicKey, P256, true, ["verify"]);
    return await crypto.subtle.verify(ECDSA, key, signature, message);
  } catch {
    return false; // no point of the curve signed nothing
  }
}

/** Why a paper is none for this ballot; null where it is one. */
export async function faultOf(
  paper: StampedPaper,
  hashed: Bytes,
  groups: StampGroup[],
): Promise<"stamp-wrong" | "signature-wrong" | null> {
  const group = groups[paper.group];
  const prepared = joined(paper.prefix, stampMessage(hashed, paper.publicKey));
  if (!group || !(await isStamped(group.n, prepared, paper.stamp))) return "stamp-wrong";
  return (await choiceSigned(paper.publicKey, choiceMessage(paper), paper.signature))
    ? null
    : "signature-wrong";
}

/** Whether the box signed that this paper is in it. */
export async function isReceipt(box: string, hashed: Bytes, leaf: Bytes, receipt: string): Promise<boolean> {
  try {
    const message = joined(plain("facilitate-receipt/1\0"), hashed, leaf);
    return await verifyAsync(fromHex(receipt), message, fromHex(box), { zip215: false });
  } catch {
    return false;
  }
}
