// A registrar and a ballot box for tests of a device, which fail when they are told to.
import { getPublicKeyAsync, signAsync, utils } from "@noble/ed25519";
import type { Ack } from "../shared/commands.ts";
import type { Ballot, Stamping } from "../shared/entities.ts";
import { rootOver } from "./board.ts";
import { type Bytes, fromHex, joined, plain, sha256, toHex } from "./bytes.ts";
import type { BoxAnswer } from "./errand.ts";
import { bidHash, keysHash } from "./papers.ts";

const HEADER = new Uint8Array(32);

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

const number = (bytes: Bytes) => BigInt(`0x${toHex(bytes)}`);
const unwritten = (text: string | undefined) =>
  Uint8Array.from(atob((text ?? "").replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

export class Centre {
  ballot = {} as Ballot;
  /** Papers in the box: public key to leaf. */
  papers = new Map<string, Bytes>();
  seen: string[] = [];
  reports: boolean[] = [];
  refusals: string[] = [];
  /** What becomes of the next papers: no answer, or a refusal. */
  trouble: (string | null)[] = [];
  /** Whether a paper without an answer lies in the box all the same. */
  lost = false;
  forged = 0;
  onCast: () => void = () => {};
  private stamps = new Map<string, string>();
  private version = 0;
  private leaves: Bytes = new Uint8Array(0);

  private constructor(
    private readonly n: Bytes,
    private readonly d: Bytes,
    private readonly secret: Uint8Array,
    private readonly box: string,
  ) {}

  static async open(): Promise<Centre> {
    const pair = await crypto.subtle.generateKey(
      { name: "RSA-PSS", hash: "SHA-384", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
      true,
      ["sign", "verify"],
    );
    const { n, d } = await crypto.subtle.exportKey("jwk", pair.privateKey);
    const secret = utils.randomSecretKey();
    const box = toHex((await getPublicKeyAsync(secret)) as Bytes);
    return new Centre(unwritten(n), unwritten(d), secret, box);
  }

  get stamped(): number {
    return this.stamps.size;
  }

  /** Announce the next wording; nothing of the one before is left. */
  async anew(): Promise<void> {
    this.version += 1;
    Object.assign(this, {
      papers: new Map(),
      stamps: new Map(),
      seen: [],
      reports: [],
      refusals: [],
      trouble: [],
    });
    Object.assign(this, { lost: false, forged: 0, onCast: () => {} });
    const groups = [{ name: "Everyone", sections: [], n: toHex(this.n), e: 65537 }];
    const stamping: Stamping = {
      bid: `b/${this.version}`,
      groups,
      keys_hash: await keysHash(groups),
      box: "https://box",
      box_key: this.box,
      jitter: 0,
      page: null,
    };
    this.ballot = { id: "b", version: this.version, state: "announced", stamping } as unknown as Ballot;
  }

  move(state: Ballot["state"]): void {
    this.ballot = { ...this.ballot, state };
  }

  async close(change: (leaves: Bytes) => Promise<Bytes> = async (leaves) => leaves): Promise<void> {
    this.leaves = await change(joined(...this.papers.values()));
    const root = await rootOver(HEADER, this.leaves);
    const board = { root, keys_hash: null, cast: 1, issued: 1, replaced: 0, url: "/boards/b.json" };
    this.ballot = { ...this.ballot, state: "provisional", stamping: null, board };
  }

  async list(): Promise<{ header: Bytes; leaves: Bytes }> {
    return { header: HEADER, leaves: this.leaves };
  }

  async answer(type: string, data: Record<string, unknown>): Promise<Ack> {
    if (type === "report-casting") {
      this.reports.push(data.failing === true);
      return { ok: true, id: "1" };
    }
    const code = this.refusals.shift();
    if (code) return { ok: false, id: "1", refusal: { code, sentence: `refused: ${code}` } };
    const blinded = String(data.blinded);
    const message = number(fromHex(blinded));
    const signed = power(message, number(this.d), number(this.n)).toString(16).padStart(512, "0");
    this.stamps.set(blinded, signed);
    return { ok: true, id: "1", result: { group: 0, signature: signed } };
  }

  async cast(body: string): Promise<BoxAnswer> {
    this.seen.push(body);
    const paper = unwritten(body);
    const key = toHex(paper.slice(52, 117));
    const leaf = await sha256(paper);
    this.onCast();
    const silent = this.trouble.length > 0;
    const trouble = this.trouble.shift();
    if (trouble) return { ok: false, refusal: { code: trouble, sentence: `refused: ${trouble}` } };
    if (!silent || this.lost) this.papers.set(key, leaf);
    if (silent) throw new Error("no answer");
    const hashed = await bidHash(String(this.ballot.stamping?.bid));
    const message = joined(plain("facilitate-receipt/1\0"), hashed, leaf);
    const signer = this.forged-- > 0 ? utils.randomSecretKey() : this.secret;
    return { ok: true, leaf: toHex(leaf), receipt: toHex((await signAsync(message, signer)) as Bytes) };
  }
}
