// What this laptop remembers of one event: the outbox, the draft, and every passage that it was given.
import { postCommands } from "../shared/commands.ts";
import { Drafts } from "../shared/drafts.ts";
import type { Passage } from "../shared/entities.ts";
import { type Kept, KeptInMemory, openKept } from "../shared/kept.ts";
import type { Live } from "../shared/live.ts";
import { type CapturedItem, Outbox } from "../shared/outbox.ts";
import type { Draft } from "./draft.ts";
import { type Field, reopened } from "./leaving.ts";

const REMEMBERED = "facilitate event";

export class Memory {
  kept: Kept = new KeptInMemory();
  outbox: Outbox;
  /** Every passage that this laptop was given; a frozen text stays true when its round is over. */
  passages = new Map<string, Passage>();
  /** False until the device's own store has been opened. */
  ready = false;
  private drafts = new Drafts(this.kept, null);
  private event: string | null = null;

  constructor(
    private readonly live: Live,
    private readonly changed: () => void,
  ) {
    this.outbox = this.makeOutbox();
  }

  /** The event that this laptop last worked for, so that it can go on before the hub answers. */
  static get last(): string | null {
    return localStorage.getItem(REMEMBERED);
  }

  isOf(event: string): boolean {
    return this.event === event;
  }

  /** Open what was kept for an event; gives back the draft that was being typed. */
  async open(event: string): Promise<Draft | undefined> {
    this.event = event;
    localStorage.setItem(REMEMBERED, event);
    this.kept = await openKept(event);
    this.drafts = new Drafts(this.kept, localStorage);
    this.outbox = this.makeOutbox();
    await this.outbox.open();
    const passages = ((await this.drafts.get(`passages ${event}`)) ?? []) as Passage[];
    for (const each of passages) if (!this.passages.has(each.id)) this.passages.set(each.id, each);
    this.ready = true;
    const field = (await this.drafts.get(`field ${event}`)) as Field | undefined;
    const onDisk = this.outbox.points.map((entry) => (entry.command.data as CapturedItem).item);
    return reopened(field, new Set(onDisk));
  }

  keepField(field: Field): void {
    this.drafts.put(`field ${this.event}`, field);
  }

  keepPassages(given: Passage[]): void {
    const before = this.passages.size;
    for (const passage of given) this.passages.set(passage.id, passage);
    if (this.ready && this.passages.size > before) {
      this.drafts.put(`passages ${this.event}`, [...this.passages.values()]);
    }
  }

  private makeOutbox(): Outbox {
    const clock = {
      now: () => this.live.now(),
      later: (milliseconds: number, run: () => void) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
      chance: () => Math.random(),
    };
    const network = { emit: this.live.emit.bind(this.live), post: postCommands };
    return new Outbox({ store: this.kept, network, clock, device: this.kept.device }, this.changed);
  }
}
