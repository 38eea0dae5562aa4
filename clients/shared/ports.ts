// What the outbox needs of the device, so that the same code runs in the browser and in the proofs.
import type { Ack, Command } from "./commands.ts";
import type { Entry } from "./outbox.ts";

export interface Numbers {
  position: number;
  n: number;
}

/** Where entries are kept on the device. `keep` resolves only when the entry is on the disk. */
export interface Store {
  load(): Promise<Entry[]>;
  /** The numbers given are never lower than the least: what another place holds alone has taken those before. */
  keep(make: (position: number, n: number) => Entry, least: Numbers): Promise<Entry>;
  /** Take in what the other place has; gives back the same entries with the positions they have here. */
  restore(entries: Entry[]): Promise<Entry[]>;
  mark(position: number, ack: Ack, arrived: number): Promise<void>;
}

/** A second place for the same entries, so that losing one store loses nothing. */
export interface Journal {
  load(): Promise<Entry[]>;
  append(entry: Entry): Promise<void>;
  mark(command: string, ack: Ack, arrived: number): Promise<void>;
}

export interface Network {
  /** Throws where there is no connection or no answer in time. */
  emit(command: Command): Promise<Ack>;
  /** The whole backlog by HTTP, answers in the same order. Throws where the hub was not reached. */
  post(commands: Command[]): Promise<Ack[]>;
  /** Which of these ids the hub does not have. Throws where it was not reached. */
  lacks?(commands: string[]): Promise<string[]>;
}

export interface Clock {
  now(): number;
  later(milliseconds: number, run: () => void): () => void;
  /** A number from 0 up to 1, so that a room of laptops does not knock all at once. */
  chance(): number;
}

export interface OutboxPorts {
  store: Store;
  journal?: Journal;
  network: Network;
  clock: Clock;
  device: string;
}
