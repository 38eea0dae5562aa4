// One stamped ballot of one delegate, from the announcement to the list; it goes on where a restart left it.
import type { Ack } from "../shared/commands.ts";
import type { Ballot, Stamping } from "../shared/entities.ts";
import { isAmong, rootOver } from "./board.ts";
import { alike, type Bytes, fromHex, sha256, toBase64Url, toHex } from "./bytes.ts";
import type { Kept, Shelf } from "./kept.ts";
import {
  bidHash,
  choiceMessage,
  isReceipt,
  keysHash,
  newKey,
  PREFIX_BYTES,
  paperBytes,
  publicBytes,
  signChoice,
  stampMessage,
} from "./papers.ts";
import { cover, uncover } from "./stamps.ts";
import { ALARMS, WORDS_FOR } from "./words-for.ts";

export type BoxAnswer =
  | { ok: true; leaf: string; receipt: string }
  | { ok: false; refusal: { code: string; sentence: string } };

/** What an errand needs of the world; a test gives its own. */
export interface Ports {
  shelf: Shelf;
  /** At a kiosk nobody can wait with a stamp: it is fetched once a choice is confirmed. */
  late?: boolean;
  submit(type: string, data: object): Promise<Ack>;
  /** Bring a paper to the box; fails where it does not answer. */
  cast(box: string, paper: string): Promise<BoxAnswer>;
  /** Knock at the box: a page whose policy does not know its address must come anew, before anybody votes. */
  knock(box: string): void;
  /** The list as leaves, and the hash of what stands above them. */
  list(url: string): Promise<{ header: Bytes; leaves: Bytes }>;
  wait(milliseconds: number): Promise<void>;
  /** From 0 to 1, by chance. */
  chance(): number;
  /** One page of this device at a time. */
  alone<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/** asking: has no stamp yet; ready; casting: confirmed and on its way; in; late: it closed before; lost: cannot. */
export type Progress = "asking" | "ready" | "casting" | "in" | "late" | "lost";

const FINAL = ["stamp-taken", "not-on-the-roll", "not-stamped", "ballot-state", "unknown-ballot"];
const SPOILT = ["paper-malformed", "stamp-wrong", "signature-wrong", "unknown-option", "key-used"];
const LONGEST_WAIT = 10_000;
const CASTING_JITTER = 1_500;
// Of those who stand at a kiosk there are few: nobody has to wait there as a whole hall does. Units: seconds.
const LATE_JITTER = 2;

export class Errand {
  progress: Progress = "asking";
  /** What a delegate has to know beyond the progress; empty where all is well. */
  sentence = "";
  kept: Kept | undefined;
  private group: number | null = null;
  private running = false;
  private failing = false;
  private ballot: Ballot;
  private readonly id: string;
  private readonly bid: string;

  constructor(
    ballot: Ballot,
    person: string,
    private readonly ports: Ports,
    private readonly changed: () => void,
  ) {
    this.ballot = ballot;
    this.bid = `${ballot.id}/${ballot.version}`;
    this.id = `${person} ${this.bid}`;
  }

  /** Do what is next, as far as it goes; asked again whenever something has changed. */
  async goOn(ballot: Ballot, group: number | null): Promise<void> {
    this.ballot = ballot;
    this.group = group;
    if (this.running) return;
    this.running = true;
    try {
      this.kept ??= await this.ports.shelf.get(this.id);
      this.recall();
      const { stamping } = ballot;
      if (stamping?.box && this.isUp()) this.ports.knock(stamping.box);
      if (!this.ports.late && stamping) await this.haveStamped(stamping);
      if (this.progress === "casting" && stamping) await this.cast(stamping);
      if (this.ballot.board && this.kept?.leaf && !this.kept.found) await this.check(this.ballot.board);
    } finally {
      this.running = false;
      this.changed();
    }
  }

  /** Go on from where it is. */
  resume(): Promise<void> {
    return this.goOn(this.ballot, this.group);
  }

  /** Sign a choice, once and for all; from now on it only has to reach the box. */
  async confirm(choice: string): Promise<void> {
    if (this.ports.late && this.ballot.stamping) await this.haveStamped(this.ballot.stamping);
    await this.ports.alone(this.id, async () => {
      const kept = (await this.ports.shelf.get(this.id)) ?? this.kept;
      if (!kept?.key || !kept.stamp || !kept.covered) return;
      // Another page of this device may have confirmed already: what it signed is the vote.
      this.kept = kept.paper ? kept : await this.signed(kept, choice);
    });
    this.recall();
    this.changed();
  }

  private async signed(kept: Kept, choice: string): Promise<Kept> {
    const { key, stamp, covered, publicKey, group } = kept as Required<Kept>;
    const prefix = covered.prepared.slice(0, PREFIX_BYTES);
    const made = { bidHash: await bidHash(kept.bid), group, publicKey, prefix, stamp, choice };
    const paper = paperBytes({ ...made, signature: await signChoice(key, choiceMessage(made)) });
    const signed = { ...kept, paper, leaf: await sha256(paper) };
    await this.ports.shelf.put(signed);
    return signed;
  }

  private recall(): void {
    const { kept } = this;
    if (this.progress === "late" || this.progress === "lost") return;
    if (kept?.found) this.judge(kept.found);
    else if (kept?.receipt) this.progress = "in";
    else if (kept?.paper) this.progress = "casting";
    else if (kept?.stamp) this.progress = "ready";
  }

  private async haveStamped(stamping: Stamping): Promise<void> {
    if (this.progress !== "asking" || !this.isUp()) return;
    if ((await keysHash(stamping.groups)) !== stamping.keys_hash) return this.lose(WORDS_FOR.keys);
    this.kept = await this.ports.alone(
      this.id,
      async () => (await this.ports.shelf.get(this.id)) ?? (await this.covered(stamping)),
    );
    if (!this.kept) return;
    this.recall();
    if (this.progress !== "asking") return;
    // Fetched by everybody at once, stamps would come in an order; and the hub would have to give them at once.
    const jitter = this.ports.late ? Math.min(LATE_JITTER, stamping.jitter) : stamping.jitter;
    await this.ports.wait(this.ports.chance() * 1_000 * jitter);
    for (let turn = 0; this.progress === "asking" && this.isUp(); turn++) {
      if (turn > 0) await this.ports.wait(this.pause(turn));
      await this.ask(this.kept, stamping);
    }
  }

  private async covered(stamping: Stamping): Promise<Kept | undefined> {
    // Where all are counted together, everybody is in the one group.
    const group = stamping.groups.length === 1 ? 0 : this.group;
    const own = group === null ? undefined : stamping.groups[group];
    if (group === null || !own) return undefined;
    const key = await newKey();
    const publicKey = await publicBytes(key);
    const covered = await cover(own.n, stampMessage(await bidHash(this.bid), publicKey));
    const kept = { id: this.id, bid: this.bid, group, key, publicKey, covered };
    await this.ports.shelf.put(kept);
    return kept;
  }

  private async ask(kept: Kept, stamping: Stamping): Promise<void> {
    const { covered } = kept;
    if (!covered) return;
    const blinded = toHex(covered.blinded);
    const data = { ballot: this.ballot.id, version: this.ballot.version, blinded };
    const ack = await this.ports.submit("fetch-stamp", data);
    if (!ack.ok) {
      const { code, sentence } = ack.refusal ?? { code: "", sentence: "" };
      if (FINAL.includes(code)) return this.lose(sentence);
      this.sentence = WORDS_FOR.asking;
      return this.changed();
    }
    try {
      const n = stamping.groups[kept.group]?.n ?? "";
      const stamp = await uncover(n, covered, fromHex(String(ack.result?.signature)));
      this.kept = { ...kept, stamp };
    } catch {
      return this.lose(ALARMS.stamp);
    }
    await this.ports.shelf.put(this.kept);
    this.progress = "ready";
    this.sentence = "";
    this.changed();
  }

  private async cast(first: Stamping): Promise<void> {
    const { paper, leaf } = this.kept ?? {};
    if (!paper || !leaf) return;
    await this.ports.wait(this.ports.chance() * Math.min(CASTING_JITTER, 1_000 * first.jitter));
    for (let turn = 0; this.progress === "casting"; turn++) {
      if (turn > 0) await this.ports.wait(this.pause(turn));
      // Read anew each time: the box may have come back at another address.
      const stamping = this.ballot.stamping ?? first;
      const answer = await this.ports.cast(stamping.box ?? "", toBase64Url(paper)).catch(() => null);
      await this.taken(answer, leaf, stamping.box_key ?? "");
      if (this.progress === "casting" && !this.isUp()) {
        this.progress = "late";
        this.sentence = WORDS_FOR.closing;
      }
      await this.report(turn > 0 && this.progress === "casting");
    }
  }

  private async taken(answer: BoxAnswer | null, leaf: Bytes, box: string): Promise<void> {
    if (!answer) {
      this.sentence = WORDS_FOR.silent;
    } else if (answer.ok) {
      const hashed = await bidHash(this.bid);
      if (alike(fromHex(answer.leaf), leaf) && (await isReceipt(box, hashed, leaf, answer.receipt))) {
        return this.keepReceipt(answer.receipt);
      }
      this.sentence = ALARMS.receipt;
    } else if (SPOILT.includes(answer.refusal.code)) {
      return this.lose(`${answer.refusal.sentence} ${WORDS_FOR.teller}`);
    } else {
      this.sentence = answer.refusal.sentence;
    }
    this.changed();
  }

  private async keepReceipt(receipt: string): Promise<void> {
    this.kept = { ...(this.kept as Kept), receipt };
    await this.ports.shelf.put(this.kept);
    this.progress = "in";
    this.sentence = "";
    this.changed();
  }

  /** Look for the own paper on the public list, once it has its root. */
  private async check(board: NonNullable<Ballot["board"]>): Promise<void> {
    const { leaf } = this.kept as Kept;
    for (let turn = 0; leaf && !this.kept?.found; turn++) {
      if (turn > 0) await this.ports.wait(this.pause(turn));
      const list = await this.ports.list(board.url).catch(() => null);
      if (!list) {
        this.sentence = WORDS_FOR.list;
        this.changed();
        continue;
      }
      const right = (await rootOver(list.header, list.leaves)) === board.root;
      const there = right && isAmong(list.leaves, leaf);
      const found = right ? (there ? "listed" : "missing") : "other-list";
      await this.keepFound(found);
      this.judge(found);
    }
  }

  private judge(found: NonNullable<Kept["found"]>): void {
    const receipt = this.kept?.receipt;
    this.progress = found === "listed" || receipt ? "in" : "late";
    this.sentence = "";
    if (found === "missing") this.sentence = receipt ? ALARMS.missing : WORDS_FOR.late;
    if (found === "other-list") this.sentence = ALARMS.list;
  }

  /** What proves a choice goes once it is not needed; the receipt stays where something is wrong. */
  private async keepFound(found: NonNullable<Kept["found"]>): Promise<void> {
    const { id, bid, group, publicKey, leaf, receipt } = this.kept as Kept;
    this.kept = { id, bid, group, publicKey, found, ...(leaf && { leaf }), ...(receipt && { receipt }) };
    await this.ports.shelf.put(this.kept);
  }

  private async report(failing: boolean): Promise<void> {
    if (failing === this.failing) return;
    this.failing = failing;
    await this.ports.submit("report-casting", { ballot: this.ballot.id, failing }).catch(() => null);
  }

  private pause(turn: number): number {
    return Math.min(LONGEST_WAIT, 500 * 2 ** turn) * (0.5 + this.ports.chance());
  }

  private isUp(): boolean {
    const { id, state, version } = this.ballot;
    return `${id}/${version}` === this.bid && (state === "announced" || state === "open");
  }

  private lose(sentence: string): void {
    this.progress = "lost";
    this.sentence = sentence;
    this.changed();
  }
}
