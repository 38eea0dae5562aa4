// What a laptop keeps on its own disk: the outbox, its numbers and the draft, in IndexedDB.
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { Ack } from "./commands.ts";
import { newId } from "./ids.ts";
import type { Draft, Entry, Store } from "./outbox.ts";
import type { Numbers } from "./ports.ts";

interface Shape extends DBSchema {
  entries: { key: number; value: Entry };
  drafts: { key: string; value: Draft };
  facts: { key: string; value: string | number };
}

// The default durability may lose the last seconds when the power fails; strict waits for the disk.
const ON_DISK = { durability: "strict" } as const;
const FIRST: Numbers = { position: 1, n: 1 };

export class KeptOnDevice implements Store {
  readonly safe = true;
  private constructor(
    private readonly database: IDBPDatabase<Shape>,
    readonly device: string,
  ) {}

  /** Open what this device keeps for one event; the device gets its name the first time. */
  static async open(name: string): Promise<KeptOnDevice> {
    const database = await openDB<Shape>(name, 1, {
      // Another page of this laptop erases everything: it must not wait for this one.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase).close();
      },
      upgrade(made) {
        made.createObjectStore("entries", { keyPath: "position" });
        made.createObjectStore("drafts");
        made.createObjectStore("facts");
      },
    });
    const work = database.transaction("facts", "readwrite", ON_DISK);
    let device = await work.store.get("device");
    if (device === undefined) {
      device = newId();
      await work.store.put(device, "device");
    }
    await work.done;
    return new KeptOnDevice(database, String(device));
  }

  async load(): Promise<Entry[]> {
    return this.database.getAll("entries");
  }

  /** Forget everything that was kept for this event. */
  async erase(): Promise<void> {
    this.database.close();
    await deleteDB(this.database.name);
  }

  /** Two pages of one laptop never give the same number: it is given inside the transaction. */
  async keep(make: (position: number, n: number) => Entry, least: Numbers = FIRST): Promise<Entry> {
    const work = this.database.transaction(["entries", "facts"], "readwrite", ON_DISK);
    const facts = work.objectStore("facts");
    const position = Math.max(least.position, Number((await facts.get("position")) ?? 0) + 1);
    const n = Math.max(least.n, Number((await facts.get("n")) ?? 0) + 1);
    const entry = make(position, n);
    await facts.put(position, "position");
    if (entry.n !== null) await facts.put(n, "n");
    await work.objectStore("entries").add(entry);
    await work.done;
    return entry;
  }

  async mark(position: number, ack: Ack, arrived: number): Promise<void> {
    const work = this.database.transaction("entries", "readwrite", ON_DISK);
    const entry = await work.store.get(position);
    // A position that another page has taken since is not this command's.
    if (entry?.command.id === ack.id) await work.store.put({ ...entry, ack, arrived });
    await work.done;
  }

  /** Take back what the journal still has; a position that is taken by now is not taken again. */
  async restore(entries: Entry[]): Promise<Entry[]> {
    const work = this.database.transaction(["entries", "facts"], "readwrite", ON_DISK);
    const [kept, facts] = [work.objectStore("entries"), work.objectStore("facts")];
    let last = Number((await facts.get("position")) ?? 0);
    let n = Number((await facts.get("n")) ?? 0);
    const placed: Entry[] = [];
    for (const entry of entries) {
      const there = await kept.get(entry.position);
      const free = !there || there.command.id === entry.command.id;
      const position = free ? entry.position : Math.max(last, ...entries.map((each) => each.position)) + 1;
      last = Math.max(last, position);
      n = Math.max(n, entry.n ?? 0);
      placed.push({ ...entry, position });
      await kept.put({ ...entry, position });
    }
    await facts.put(last, "position");
    await facts.put(n, "n");
    await work.done;
    return placed;
  }

  async draft(key: string): Promise<Draft | undefined> {
    return this.database.get("drafts", key);
  }

  async saveDraft(key: string, draft: Draft): Promise<void> {
    const work = this.database.transaction("drafts", "readwrite", ON_DISK);
    await work.store.put(draft, key);
    await work.done;
  }
}

/** Where the browser keeps nothing (a private window): the page lives on and says so. */
export class KeptInMemory implements Store {
  readonly safe = false;
  readonly device = newId();
  private entries: Entry[] = [];

  async load(): Promise<Entry[]> {
    return [];
  }

  async keep(make: (position: number, n: number) => Entry): Promise<Entry> {
    const n = 1 + Math.max(0, ...this.entries.map((entry) => entry.n ?? 0));
    const entry = make(1 + Math.max(0, ...this.entries.map((each) => each.position)), n);
    this.entries.push(entry);
    return entry;
  }

  async restore(entries: Entry[]): Promise<Entry[]> {
    this.entries.push(...entries);
    return entries;
  }

  async mark(): Promise<void> {}

  async erase(): Promise<void> {
    this.entries = [];
  }

  async draft(): Promise<Draft | undefined> {
    return undefined;
  }

  async saveDraft(): Promise<void> {}
}

export type Kept = KeptOnDevice | KeptInMemory;

/** The device's disk, or memory where there is none. */
export async function openKept(event: string): Promise<Kept> {
  try {
    return await KeptOnDevice.open(`facilitate ${event}`);
  } catch {
    return new KeptInMemory();
  }
}
