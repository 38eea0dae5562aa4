// The public board: its root, where a phone finds its own paper on it, and the proof of all of it.
import { alike, type Bytes, canonical, fromHex, joined, plain, sha256, toHex } from "./bytes.ts";
import {
  bidHash,
  faultOf,
  KEY_BYTES,
  keysHash,
  leafOf,
  PREFIX_BYTES,
  SIGNATURE_BYTES,
  STAMP_BYTES,
  type StampedPaper,
  type StampGroup,
} from "./papers.ts";

const LEAF_BYTES = 32;

interface Listed {
  group: number;
  key: string;
  prefix: string;
  choice: string;
  stamp: string;
  signature: string;
}

export interface Board {
  format: string;
  ballot: string;
  number: number;
  question: string;
  form: string;
  options: { key: string; label: string }[];
  rules: Record<string, unknown>;
  groups: (StampGroup & { issued: number })[];
  issued: number;
  replaced: number;
  papers: Listed[];
}

/** The root over a header's hash and the leaves one after another, in hex. */
export async function rootOver(headerHash: Bytes, leaves: Bytes): Promise<string> {
  return toHex(await sha256(joined(plain("facilitate-board/1\0"), headerHash, leaves)));
}

export async function headerHash(board: Board): Promise<Bytes> {
  const { papers: _, ...header } = board;
  return sha256(plain(canonical(header)));
}

/** Whether a leaf is among them. */
export function isAmong(leaves: Bytes, leaf: Bytes): boolean {
  for (let place = 0; place + LEAF_BYTES <= leaves.length; place += LEAF_BYTES) {
    if (alike(leaves.subarray(place, place + LEAF_BYTES), leaf)) return true;
  }
  return false;
}

function sized(hex: string, size: number): Bytes {
  const bytes = fromHex(hex);
  if (bytes.length !== size) throw new Error("board-malformed");
  return bytes;
}

function paperOf(hashed: Bytes, listed: Listed): StampedPaper {
  if (Object.keys(listed).length !== 6 || !Number.isInteger(listed.group)) throw new Error("board-malformed");
  if (listed.group < 0 || listed.group > 255 || typeof listed.choice !== "string") {
    throw new Error("board-malformed");
  }
  return {
    bidHash: hashed,
    group: listed.group,
    publicKey: sized(listed.key, KEY_BYTES),
    prefix: sized(listed.prefix, PREFIX_BYTES),
    stamp: sized(listed.stamp, STAMP_BYTES),
    choice: listed.choice,
    signature: sized(listed.signature, SIGNATURE_BYTES),
  };
}

/** The papers of a board, in its order. */
export async function papersOf(board: Board): Promise<StampedPaper[]> {
  const hashed = await bidHash(board.ballot);
  return board.papers.map((listed) => paperOf(hashed, listed));
}

/** What everybody has seen of a ballot: on the big screen, on each phone. */
export interface Seen {
  root: string;
  keys: string;
  issued: number;
}

/** What is wrong with a board, each in one code; none where all of it holds. */
export async function faultsOf(
  board: Board,
  seen: Seen,
  offered: (choice: string) => boolean,
): Promise<string[]> {
  try {
    const papers = await papersOf(board);
    const leaves = joined(...(await Promise.all(papers.map(leafOf))));
    const faults = [
      (await keysHash(board.groups)) === seen.keys ? "" : "board-keys",
      (await rootOver(await headerHash(board), leaves)) === seen.root ? "" : "board-root",
      ...numberFaults(board, papers, seen.issued),
      ...(await paperFaults(board, papers, offered)),
    ];
    return [...new Set(faults.filter((fault) => fault !== ""))];
  } catch {
    return ["board-malformed"];
  }
}

function numberFaults(board: Board, papers: StampedPaper[], issued: number): string[] {
  const given = board.groups.map((group) => group.issued);
  const sum = given.reduce((all, one) => all + one, 0);
  const whole = [...given, board.issued, board.replaced].every(Number.isInteger);
  const keys = board.papers.map((listed) => listed.key);
  const cast = given.map((_, group) => papers.filter((paper) => paper.group === group).length);
  return [
    whole && board.issued === issued && sum === issued ? "" : "board-issued",
    keys.every((key, place) => place === 0 || (keys[place - 1] as string) < key) ? "" : "board-order",
    cast.every((number, group) => number <= (given[group] as number)) ? "" : "board-more-than-issued",
  ];
}

async function paperFaults(
  board: Board,
  papers: StampedPaper[],
  offered: (choice: string) => boolean,
): Promise<string[]> {
  const hashed = await bidHash(board.ballot);
  const faults: string[] = [];
  for (const paper of papers) {
    faults.push((await faultOf(paper, hashed, board.groups)) ?? "");
    if (!offered(paper.choice)) faults.push("unknown-option");
  }
  return faults;
}
