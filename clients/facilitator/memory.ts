// What this laptop remembers of one event: the outbox, the draft, and every passage that it was given.
import { newCommand, postCommands } from "../shared/commands.ts";
import { Drafts } from "../shared/drafts.ts";
import type { Passage } from "../shared/entities.ts";
import { FileJournal, type Lacking } from "../shared/journal.ts";
import { type Kept, KeptInMemory, openKept } from "../shared/kept.ts";
import type { Live } from "../shared/live.ts";
import { type CapturedItem, Outbox } from "../shared/outbox.ts";
import type { Kinds } from "../shared/streams.ts";
import type { Draft } from "./draft.ts";
import { hallOf } from "./hall.ts";
import { type Field, reopened } from "./leaving.ts";
import { Offline } from "./offline.ts";

const REMEMBERED = "facilitate event";
const NOTHING_KEPT = "This browser keeps nothing when it closes. Leave this page open.";
const NOT_OFFLINE =
  "Without the network this page cannot be opened again: leave it open. (Does this laptop trust the event’s certificate?)";
const HALL_EVERY = 10_000;
const ONE_PLACE: Record<Lacking | "failing", string> = {
  "plain-http":
    "This page came without https: it cannot open without the network, and points are kept in one place only.",
  "old-browser": "This browser is too old for a second copy: points are kept in one place only.",
  forbidden: "This browser allows no second copy (a private window?): points are kept in one place only.",
  failing: "This laptop could not write its second copy: points are kept in one place only. Tell the desk.",
};

export class Memory {
  kept: Kept = new KeptInMemory();
  outbox: Outbox;
  /** Every passage that this laptop was given; a frozen text stays true when its round is over. */
  passages = new Map<string, Passage>();
  /** False until the device's own store has been opened. */
  ready = false;
  /** Why this laptop has no second copy of what it keeps; null while it has one. */
  lacking: Lacking | null = null;
  /** True once this laptop has erased what it kept; it keeps nothing from then on. */
  erased = false;
  readonly offline = new Offline(() => this.changed());
  private journal: FileJournal | null = null;
  private hallKept = { version: 0, at: 0 };
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

  /** What keeping things safe lacks here, in a sentence; null when two places hold everything. */
  get shortfall(): string | null {
    if (!this.ready) return null;
    if (!this.kept.safe && this.lacking) return NOTHING_KEPT;
    if (this.lacking) return ONE_PLACE[this.lacking];
    if (this.offline.ready === false) return NOT_OFFLINE;
    return this.outbox.once.size > 0 || !this.kept.safe ? ONE_PLACE.failing : null;
  }

  /** Whether the page opens and works without the network from now on. */
  get opensAlone(): boolean {
    return this.offline.ready === true && this.hallKept.at > 0;
  }

  isOf(event: string): boolean {
    return this.event === event;
  }

  /** Open what was kept for an event; gives back the draft that was being typed. */
  async open(event: string): Promise<Draft | undefined> {
    this.ready = false;
    this.event = event;
    localStorage.setItem(REMEMBERED, event);
    this.kept = await openKept(event);
    const journal = await FileJournal.open(event);
    this.lacking = typeof journal === "string" ? journal : null;
    this.journal = typeof journal === "string" ? null : journal;
    this.drafts = new Drafts(this.kept, localStorage);
    this.outbox = this.makeOutbox();
    await this.outbox.open();
    const passages = ((await this.drafts.get(`passages ${event}`)) ?? []) as Passage[];
    for (const each of passages) if (!this.passages.has(each.id)) this.passages.set(each.id, each);
    const hall = (await this.drafts.get(`hall ${event}`)) as Kinds | undefined;
    if (hall) this.live.streams.remember(hall);
    const field = (await this.drafts.get(`field ${event}`)) as Field | undefined;
    const onDisk = this.outbox.points.map((entry) => (entry.command.data as CapturedItem).item);
    this.ready = true;
    return reopened(field, new Set(onDisk));
  }

  /** Forget this event: both copies, the drafts, what was remembered of the hall, and the page itself. */
  async erase(): Promise<void> {
    this.ready = false;
    this.erased = true;
    const steps = [() => this.journal?.erase(), () => this.kept.erase(), () => this.offline.erase()];
    for (const step of steps) await Promise.resolve(step()).catch(() => undefined);
    for (const key of Object.keys(localStorage)) {
      if (key === REMEMBERED || key.endsWith(` ${this.event}`)) localStorage.removeItem(key);
    }
    this.changed();
  }

  /** Before what an earlier page left in the field has been read, nothing is written over it. */
  keepField(field: Field): void {
    if (this.erased || !this.ready) return;
    this.drafts.put(`field ${this.event}`, field);
  }

  /** Remember the hall as it is now, now and then; a laptop that is signed out remembers none. */
  keepHall(table: number | null): void {
    const { streams, connection } = this.live;
    if (!this.ready) return;
    const { version, at } = this.hallKept;
    if (connection === "ended" && at >= 0) {
      this.hallKept = { version, at: -1 };
      this.drafts.put(`hall ${this.event}`, null);
    }
    const due = streams.version !== version && (at <= 0 || performance.now() - at > HALL_EVERY);
    if (connection !== "here" || table === null || !due) return;
    this.hallKept = { version: streams.version, at: performance.now() };
    this.drafts.put(`hall ${this.event}`, hallOf(this.live.view, table));
  }

  keepPassages(given: Passage[]): void {
    const before = this.passages.size;
    for (const passage of given) this.passages.set(passage.id, passage);
    if (this.ready && this.passages.size > before) {
      this.drafts.put(`passages ${this.event}`, [...this.passages.values()]);
    }
  }

  private async lacks(commands: string[]): Promise<string[]> {
    const answer = await this.live.emit(newCommand("resume-laptop", { commands }));
    if (!answer.ok) throw new Error(answer.refusal?.code);
    return (answer.result?.lacks ?? []) as string[];
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
    const network = {
      emit: this.live.emit.bind(this.live),
      post: postCommands,
      lacks: this.lacks.bind(this),
    };
    const { kept: store, journal } = this;
    const ports = { store, network, clock, device: store.device, ...(journal ? { journal } : {}) };
    return new Outbox(ports, this.changed);
  }
}
