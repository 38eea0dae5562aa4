// Capture that cannot lose a word: what a device sends is kept first, then sent until it is acknowledged.
import type { Ack, Command } from "./commands.ts";
import type { Numbers, OutboxPorts } from "./ports.ts";
import { reunite } from "./twice.ts";

export type { CapturedItem } from "./captured.ts";
export type { Clock, Journal, Network, OutboxPorts, Store } from "./ports.ts";

/** A command on its way, with what became of it. `n` counts the points of this device, null for other commands. */
export interface Entry {
  position: number;
  n: number | null;
  table: number | null;
  device: string;
  command: Command;
  ack: Ack | null;
  arrived: number | null;
}

export interface Draft {
  at: number;
  value: unknown;
}

// The hub said these about the connection or about itself, not about the item: nothing is decided.
const UNDECIDED = new Set(["signed-out", "failed", "busy", "not-stored", "handed-over"]);
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const BY_SOCKET = 3;
const AT_ONCE = 50;
const ASKED_AT_ONCE = 200;

export class Outbox {
  entries: Entry[] = [];
  /** The ids of those commands that only one place on this device holds. */
  readonly once = new Set<string>();
  private failures = 0;
  private unanswered = 0;
  private asking = 0;
  private stopAsking = () => {};
  private sending = false;
  private cancel: (() => void) | null = null;
  private readonly refusedNow = new Set<string>();

  constructor(
    private readonly ports: OutboxPorts,
    private readonly changed: () => void = () => {},
  ) {}

  /** Take up what an earlier page left behind. */
  async open(): Promise<void> {
    const { store, journal } = this.ports;
    const stored = await store.load().catch(() => []);
    const journalled = (await journal?.load().catch(() => [])) ?? [];
    const { all, forStore, forJournal } = reunite(stored, journalled);
    const places = await this.takenIn(all, forStore, forJournal);
    const known = new Set(this.entries.map((entry) => entry.command.id));
    const moved = all.map((entry) => places.get(entry.command.id) ?? entry);
    this.entries = [...moved.filter((entry) => !known.has(entry.command.id)), ...this.entries];
    this.entries.sort((a, b) => a.position - b.position);
    this.changed();
    this.nudge();
  }

  /** Give each place what it lacks; what a place does not take is held once. */
  private async takenIn(all: Entry[], forStore: Entry[], forJournal: Entry[]): Promise<Map<string, Entry>> {
    const { store, journal } = this.ports;
    if (!journal) for (const entry of all) this.once.add(entry.command.id);
    const placed = forStore.length > 0 ? await store.restore(forStore).catch(() => null) : [];
    if (placed === null) for (const entry of forStore) this.once.add(entry.command.id);
    for (const entry of forJournal) {
      await journal?.append(entry).catch(() => this.once.add(entry.command.id));
    }
    return new Map((placed ?? []).map((entry) => [entry.command.id, entry]));
  }

  /** Keep a point on this device, then send it. Resolves when it is kept; rejects when it could not be. */
  async capture(table: number | null, command: (n: number, typed: number) => Command): Promise<Entry> {
    return this.keep((position, n) => {
      const typed = this.typed + 1;
      return this.entry(position, n, table, command(n, typed));
    });
  }

  /** Keep another command, such as a withdrawal, and send it after what was typed before it. */
  async enclose(table: number | null, command: Command): Promise<Entry> {
    return this.keep((position) => this.entry(position, null, table, command));
  }

  get typed(): number {
    return this.points.length;
  }

  get atCentre(): number {
    return this.points.filter((entry) => entry.ack?.ok).length;
  }

  get keptHere(): number {
    return this.typed - this.atCentre;
  }

  /** The points that this device captured, first to last. */
  get points(): Entry[] {
    return this.entries.filter((entry) => entry.n !== null);
  }

  /** The last time that the centre took something from this device, in milliseconds. */
  get lastArrived(): number | null {
    const times = this.entries.filter((entry) => entry.ack?.ok).map((entry) => entry.arrived ?? 0);
    return times.length > 0 ? Math.max(...times) : null;
  }

  /** Try at once, for instance because the connection is back. */
  nudge(): void {
    this.failures = 0;
    this.refusedNow.clear();
    this.wait(0);
  }

  /**
   * The connection is back: send what waits, and ask whether the centre still has what it acknowledged. A centre
   * that goes on from an older copy has holes, and what fell into them is sent again under the same id. True:
   it was asked about everything and answered; else it is asked again by itself.
   */
  async resume(): Promise<boolean> {
    this.nudge();
    this.unanswered = 0;
    return this.askWhatItLacks();
  }

  private async askWhatItLacks(): Promise<boolean> {
    this.asking += 1;
    const turn = this.asking;
    this.stopAsking();
    const answered = await this.askAboutAll();
    // Without an answer nothing is known, and a connection that stays brings no other occasion to ask.
    if (!answered && turn === this.asking && this.ports.network.lacks) {
      this.unanswered += 1;
      const again = () => void this.askWhatItLacks();
      this.stopAsking = this.ports.clock.later(this.backOff(this.unanswered), again);
    }
    return answered;
  }

  private async askAboutAll(): Promise<boolean> {
    let answered = true;
    const taken = this.entries.filter((entry) => entry.ack?.ok);
    for (let start = 0; start < taken.length; start += ASKED_AT_ONCE) {
      const ids = taken.slice(start, start + ASKED_AT_ONCE).map((entry) => entry.command.id);
      const answer = await this.ports.network.lacks?.(ids).catch(() => null);
      if (!answer) answered = false;
      const lacking = new Set(answer);
      for (const entry of taken.filter((each) => lacking.has(each.command.id))) {
        entry.ack = null;
        entry.arrived = null;
      }
      if (lacking.size > 0) this.nudge();
    }
    this.changed();
    return answered;
  }

  private entry(position: number, n: number | null, table: number | null, command: Command): Entry {
    return { position, n, table, device: this.ports.device, command, ack: null, arrived: null };
  }

  private async keep(make: (position: number, n: number) => Entry): Promise<Entry> {
    const entry = await this.keptTwice(make);
    this.entries.push(entry);
    this.changed();
    this.wait(0);
    return entry;
  }

  /** Both places take it; where one cannot, the other does, and it is known to be held once. */
  private async keptTwice(make: (position: number, n: number) => Entry): Promise<Entry> {
    const { store, journal } = this.ports;
    const least = { position: this.next("position"), n: this.next("n") };
    if (!journal) return this.heldOnce(await store.keep(make, least));
    const stored = await store.keep(make, least).catch((error: unknown) => ({ error }));
    const entry = "error" in stored ? make(this.next("position"), this.next("n")) : stored;
    try {
      await journal.append(entry);
    } catch {
      if ("error" in stored) throw stored.error;
      return this.heldOnce(entry);
    }
    return "error" in stored ? this.heldOnce(entry) : entry;
  }

  private heldOnce(entry: Entry): Entry {
    this.once.add(entry.command.id);
    return entry;
  }

  private next(what: keyof Numbers): number {
    return 1 + Math.max(0, ...this.entries.map((entry) => entry[what] ?? 0));
  }

  /** What the centre has not taken yet; what it refused is tried again only after a nudge. */
  private backlog(): Entry[] {
    return this.entries.filter((entry) => !entry.ack?.ok && !this.refusedNow.has(entry.command.id));
  }

  private wait(milliseconds: number): void {
    this.cancel?.();
    this.cancel = this.ports.clock.later(milliseconds, () => {
      this.cancel = null;
      void this.send();
    });
  }

  private async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let reached = true;
    try {
      for (let batch = this.backlog(); batch.length > 0; batch = this.backlog()) await this.sendSome(batch);
      this.failures = 0;
    } catch {
      reached = false;
      this.failures += 1;
    } finally {
      this.sending = false;
    }
    if (!reached) this.wait(this.backOff(this.failures));
    else if (this.backlog().length > 0) this.wait(0);
  }

  private async sendSome(batch: Entry[]): Promise<void> {
    if (batch.length <= BY_SOCKET) {
      try {
        for (const entry of batch) await this.mark(entry, await this.ports.network.emit(entry.command));
        return;
      } catch {
        // By HTTP, then, and with everything that is waiting.
      }
    }
    const rest = this.backlog().slice(0, AT_ONCE);
    const acks = await this.ports.network.post(rest.map((entry) => entry.command));
    const byId = new Map(acks.map((ack) => [ack.id, ack]));
    for (const entry of rest) {
      const ack = byId.get(entry.command.id);
      if (!ack) throw new Error("the centre left an item out of its answer");
      await this.mark(entry, ack);
    }
  }

  private async mark(entry: Entry, ack: Ack): Promise<void> {
    if (ack.refusal && UNDECIDED.has(ack.refusal.code)) throw new Error(ack.refusal.code);
    entry.ack = ack;
    entry.arrived = ack.ok ? this.ports.clock.now() : null;
    if (!ack.ok) this.refusedNow.add(entry.command.id);
    this.changed();
    const now = this.ports.clock.now();
    // An answer that is not written down is asked for again after a reload, under the same id.
    await this.ports.store.mark(entry.position, ack, now).catch(() => undefined);
    await this.ports.journal?.mark(entry.command.id, ack, now).catch(() => undefined);
  }

  private backOff(failures: number): number {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 10));
    return longest * (0.5 + this.ports.clock.chance() / 2);
  }
}
