// A laptop's disk in a proof: what is written stays when the page dies, and the page dies in the middle of it.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import type { Ack } from "../shared/commands.ts";
import { KeptOnDevice } from "../shared/kept.ts";
import { read, written } from "../shared/lines.ts";
import type { Entry, Journal, Store } from "../shared/outbox.ts";

/** What a page that died still waits for. */
export const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** How far the write that a page died in got: not begun, torn in the middle, or done without an answer. */
export type Torn = "before" | "torn" | "after";

/** One page's hold on its disk: counts what is under way, and dies at the write that it was told to die at. */
export class Page {
  dead = false;
  busy = 0;
  private left = 0;
  private torn: Torn = "before";

  constructor(private readonly died: () => void) {}

  /** Die in the so-manieth write from now. */
  arm(writes: number, torn: Torn): void {
    this.left = writes;
    this.torn = torn;
  }

  die(): void {
    this.dead = true;
    this.died();
  }

  /** Let one write through, unless the page is dead or dies of it. */
  async write<T>(work: () => Promise<T>, half: () => void = () => {}): Promise<T> {
    if (this.dead) return never();
    this.left -= 1;
    if (this.left === 0) return this.lastWrite(work, half);
    return this.busily(work);
  }

  /** Wait for the disk; whoever waits for everybody to be quiet waits for this as well. */
  async busily<T>(work: () => Promise<T>): Promise<T> {
    this.busy += 1;
    try {
      const done = await work();
      return this.dead ? never() : done;
    } finally {
      this.busy -= 1;
    }
  }

  private async lastWrite<T>(work: () => Promise<T>, half: () => void): Promise<T> {
    this.die();
    if (this.torn === "torn") half();
    if (this.torn === "after") {
      this.busy += 1;
      await work().finally(() => {
        this.busy -= 1;
      });
    }
    return never();
  }
}

/** The two places of one laptop; either may be lost, and either may be full for a while. */
export class Disk {
  text = "";
  full: "store" | "journal" | null = null;
  private factory = new IDBFactory();

  lose(what: "store" | "journal"): void {
    if (what === "store") this.factory = new IDBFactory();
    else this.text = "";
  }

  /** The laptop's own store, as the page of one life sees it. */
  async store(page: Page): Promise<Store> {
    globalThis.indexedDB = this.factory;
    const kept = await KeptOnDevice.open("laptop");
    const gated = <T>(work: () => Promise<T>) =>
      page.write(() => (this.full === "store" ? Promise.reject(new Error("the disk is full")) : work()));
    return {
      load: () => page.busily(() => kept.load()),
      keep: (make, least) => gated(() => kept.keep(make, least)),
      restore: (entries) => gated(() => kept.restore(entries)),
      mark: (position, ack, arrived) => gated(() => kept.mark(position, ack, arrived)),
    };
  }

  /** Its journal, line by line as the file is written. */
  journal(page: Page): Journal {
    const before = this.text;
    // As the real one begins: whatever was torn ends here.
    this.text += "\n";
    const add = (line: string) =>
      page.write(
        async () => {
          if (this.full === "journal") throw new Error("the disk is full");
          this.text += line;
        },
        () => {
          this.text += line.slice(0, line.length / 2);
        },
      );
    return {
      load: async (): Promise<Entry[]> => read(before),
      append: (entry: Entry) => add(written({ entry })),
      mark: (of: string, ack: Ack, arrived: number) => add(written({ of, ack, arrived })),
    };
  }
}
