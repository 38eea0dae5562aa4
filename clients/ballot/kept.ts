// What a device keeps of its stamped ballots until the list has been checked, in IndexedDB.
import { type DBSchema, openDB } from "idb";
import type { Bytes } from "./bytes.ts";
import type { Covered } from "./stamps.ts";

/** One ballot of one person. What is not needed any more is not kept: after the check no choice and no key. */
export interface Kept {
  /** Whose ballot it is, and the ballot's name and version. */
  id: string;
  bid: string;
  group: number;
  publicKey: Bytes;
  key?: CryptoKeyPair;
  covered?: Covered;
  stamp?: Bytes;
  /** The signed paper: made once, and the same each time that it is sent. */
  paper?: Bytes;
  leaf?: Bytes;
  receipt?: string;
  found?: "listed" | "missing" | "other-list";
}

export interface Shelf {
  get(id: string): Promise<Kept | undefined>;
  put(kept: Kept): Promise<void>;
}

/** A shelf that is gone with the page. */
export function passingShelf(): Shelf {
  const held = new Map<string, Kept>();
  return {
    get: async (id) => held.get(id),
    async put(kept) {
      held.set(kept.id, kept);
    },
  };
}

interface Shape extends DBSchema {
  ballots: { key: string; value: Kept };
}

// A paper that was sent and then lost with the power could not be sent again.
const ON_DISK = { durability: "strict" } as const;

export async function openShelf(name = "stamped ballots"): Promise<Shelf> {
  const database = await openDB<Shape>(name, 1, {
    upgrade(made) {
      made.createObjectStore("ballots", { keyPath: "id" });
    },
  });
  return {
    get: (id) => database.get("ballots", id),
    async put(kept) {
      const work = database.transaction("ballots", "readwrite", ON_DISK);
      await work.store.put(kept);
      await work.done;
    },
  };
}
