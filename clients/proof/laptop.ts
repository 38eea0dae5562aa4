// One laptop in a proof: the real outbox over a disk that stays, a network and a clock that obey.
import type { Ack, Command } from "../shared/commands.ts";
import { type Entry, Outbox } from "../shared/outbox.ts";
import { Disk, never, Page, type Torn } from "./disk.ts";

/** What a laptop did by itself: it asks the hub, says that a point is kept or is not, or dies. */
export type Told =
  | { laptop: string; request: number; way: "emit" | "post"; commands: Command[] }
  | { laptop: string; request: number; way: "lacks"; ids: string[] }
  | { laptop: string; kept: string; n: number | null }
  | { laptop: string; unkept: string }
  | { laptop: string; opened: true }
  | { laptop: string; died: true };

/** Everybody's time, which passes only when it is told to. */
export class Time {
  now = 0;
  private due: { at: number; run: () => void }[] = [];

  later(milliseconds: number, run: () => void): () => void {
    const task = { at: this.now + milliseconds, run };
    this.due.push(task);
    return () => {
      this.due = this.due.filter((other) => other !== task);
    };
  }

  /** The next thing that is due until then, if any; the time is its time afterwards. */
  next(end: number): (() => void) | undefined {
    const [task] = this.due.filter((each) => each.at <= end).sort((a, b) => a.at - b.at);
    if (!task) return undefined;
    this.due = this.due.filter((other) => other !== task);
    this.now = Math.max(this.now, task.at);
    return task.run;
  }
}

interface Pending {
  done(answer: unknown): void;
  failed(error: Error): void;
}

let requests = 0;

export class Laptop {
  readonly disk = new Disk();
  readonly pending = new Map<number, Pending>();
  connected = false;
  page: Page | null = null;
  outbox: Outbox | null = null;
  private offset = 0;

  constructor(
    private readonly name: string,
    private readonly time: Time,
    private readonly tell: (told: Told) => void,
  ) {}

  /** A new page over what the disk has; the device's clock may be wrong by so much. */
  async boot(offset: number, arm?: { writes: number; torn: Torn }): Promise<void> {
    const page = new Page(() => this.fell());
    this.offset = offset;
    if (arm) page.arm(arm.writes, arm.torn);
    this.page = page;
    const ports = {
      store: await this.disk.store(page),
      journal: this.disk.journal(page),
      network: this.network(page),
      clock: this.clock(page),
      device: this.name,
    };
    const outbox = new Outbox(ports);
    this.outbox = outbox;
    void outbox.open().then(() => {
      if (!page.dead) this.tell({ laptop: this.name, opened: true });
    });
  }

  /** Send what was typed; it is told when the point is kept, or that it could not be. */
  type(table: number, command: Command): void {
    const number = (n: number, typed: number) => ({
      ...command,
      data: { ...command.data, n, typed, at: new Date(this.time.now + this.offset).toISOString() },
    });
    this.say(command.id, (outbox) => outbox.capture(table, number));
  }

  enclose(table: number, command: Command): void {
    this.say(command.id, (outbox) => outbox.enclose(table, command));
  }

  private say(id: string, keep: (outbox: Outbox) => Promise<Entry>): void {
    const { outbox, page } = this;
    if (!outbox || !page) return;
    keep(outbox).then(
      (entry) => page.dead || this.tell({ laptop: this.name, kept: id, n: entry.n }),
      () => page.dead || this.tell({ laptop: this.name, unkept: id }),
    );
  }

  private fell(): void {
    this.pending.clear();
    this.connected = false;
    this.outbox = null;
    this.tell({ laptop: this.name, died: true });
  }

  private clock(page: Page) {
    return {
      now: () => this.time.now + this.offset,
      later: (milliseconds: number, run: () => void) =>
        this.time.later(milliseconds, () => {
          if (!page.dead) run();
        }),
      chance: () => 0.5,
    };
  }

  private network(page: Page) {
    const ask = <T>(made: (request: number) => Told, socket: boolean): Promise<T> => {
      if (page.dead) return never();
      if (socket && !this.connected) return Promise.reject(new Error("no connection"));
      return new Promise<T>((done, failed) => {
        requests += 1;
        this.pending.set(requests, { done: done as (answer: unknown) => void, failed });
        this.tell(made(requests));
      });
    };
    const laptop = this.name;
    return {
      emit: (command: Command) =>
        ask<Ack>((request) => ({ laptop, request, way: "emit", commands: [command] }), true),
      post: (commands: Command[]) =>
        ask<Ack[]>((request) => ({ laptop, request, way: "post", commands }), false),
      lacks: (ids: string[]) => ask<string[]>((request) => ({ laptop, request, way: "lacks", ids }), true),
    };
  }
}
