// Faults for a proof to find, put in from outside; the product knows nothing of them.
import type { Ack, Command } from "../shared/commands.ts";
import { newId } from "../shared/ids.ts";
import { KeptOnDevice } from "../shared/kept.ts";
import { type Entry, Outbox, type OutboxPorts } from "../shared/outbox.ts";

/** What the outbox has inside, as far as a fault reaches for it. */
interface Inside {
  ports: OutboxPorts;
  entries: Entry[];
  next(what: "position" | "n"): number;
  keptTwice(make: (position: number, n: number) => Entry): Promise<Entry>;
  send(): Promise<void>;
}

const inside = Outbox.prototype as unknown as Inside;

function everySend(change: (ports: OutboxPorts) => OutboxPorts["network"]): void {
  const { send } = inside;
  inside.send = async function (this: Inside) {
    const { ports } = this;
    this.ports = { ...ports, network: change(ports) };
    await send.call(this).finally(() => {
      this.ports = ports;
    });
  };
}

function anew(command: Command): Command {
  const data = "item" in command.data ? { ...command.data, item: newId() } : command.data;
  return { ...command, id: newId(), data };
}

export const MUTANTS: Record<string, () => void> = {
  /** Say that a point is kept while it is still being written. */
  "kept-before-it-is-written": () => {
    const { keptTwice } = inside;
    inside.keptTwice = async function (this: Inside, make) {
      void keptTwice.call(this, make).catch(() => undefined);
      return make(this.next("position"), this.next("n"));
    };
  },

  /** Write the journal and never read it. */
  "the-journal-is-not-read": () => {
    const { open } = Outbox.prototype;
    Outbox.prototype.open = function (this: Outbox) {
      const { ports } = this as unknown as Inside;
      if (ports.journal) ports.journal.load = async () => [];
      return open.call(this);
    };
  },

  /** Take what was sent for taken. */
  "sent-is-taken": () =>
    everySend(({ network }) => ({
      ...network,
      emit: async (command) => {
        void network.emit(command).catch(() => undefined);
        return { ok: true, id: command.id };
      },
      post: async (commands) => {
        void network.post(commands).catch(() => undefined);
        return commands.map((command): Ack => ({ ok: true, id: command.id }));
      },
    })),

  /** Give a point another name each time that it is sent. */
  "a-new-name-for-each-try": () =>
    everySend(({ network }) => ({
      ...network,
      emit: async (command) => ({ ...(await network.emit(anew(command))), id: command.id }),
      post: async (commands) => {
        const acks = await network.post(commands.map(anew));
        return acks.map((ack, place): Ack => ({ ...ack, id: commands[place]?.id ?? "" }));
      },
    })),

  /** Count on from what the store alone knows after its contents were lost. */
  "numbers-begin-again": () => {
    const { restore } = KeptOnDevice.prototype;
    KeptOnDevice.prototype.restore = function (this: KeptOnDevice, entries: Entry[]) {
      const uncounted = entries.map((entry) => ({ ...entry, n: null }));
      return restore
        .call(this, uncounted)
        .then((placed) => placed.map((entry, place) => ({ ...entry, n: entries[place]?.n ?? null })));
    };
  },
};
