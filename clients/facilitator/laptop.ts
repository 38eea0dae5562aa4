// The table laptop: what it knows, what it is doing, and what a facilitator can do with it.
import { newCommand } from "../shared/commands.ts";
import type { Comment, Passage } from "../shared/entities.ts";
import { newId } from "../shared/ids.ts";
import { Live } from "../shared/live.ts";
import { applyOps } from "../shared/ops.ts";
import type { Outbox } from "../shared/outbox.ts";
import { afterSending, type Draft, emptyDraft, isEmpty, pointFrom, whyNot, wordsOf } from "./draft.ts";
import { choices, type Facts, factsOf } from "./facts.ts";
import { Hearing } from "./hearing.ts";
import { Help } from "./help.ts";
import { type Leaving, putBack } from "./leaving.ts";
import { Memory } from "./memory.ts";
import { countInRound, type Row, rowsOf } from "./rows.ts";
import { Writing } from "./writing.ts";

/** The shortest time between two looks at what the hub told. Units: milliseconds. */
const CALM = 200;

export class Laptop {
  readonly live = new Live();
  draft: Draft = emptyDraft();
  facts: Facts = factsOf(this.live.view);
  rows: Row[] = [];
  readonly help = new Help(this);
  readonly memory = new Memory(this.live, () => this.changed());
  reading = false;
  keysOpen = false;
  /** The point that asks "Withdraw it?". */
  asking: string | null = null;
  /** Said once, politely, to whoever listens and in the foot of the page. */
  notice = "";
  readonly hearing = new Hearing(this);
  readonly writing = new Writing(this);

  private wasHere = false;
  private keeping: Promise<void> = Promise.resolve();
  leaving: Leaving[] = [];
  private opening: Promise<void> | null = null;
  private reported = "";
  private arrived = 0;
  private resting = false;
  private unheard = false;

  constructor(private readonly draw: () => void) {}

  /** Open what this laptop kept, connect, and go on from there. */
  start(): void {
    if (Memory.last) void this.open(Memory.last);
    this.live.onChange(() => this.hubSpoke());
    this.live.start();
    void this.memory.offline.start();
    setInterval(() => this.tick(), 1_000);
  }

  private tick(): void {
    this.memory.keepHall(this.facts.table);
    this.draw();
  }

  get outbox(): Outbox {
    return this.memory.outbox;
  }

  get passages(): Map<string, Passage> {
    return this.memory.passages;
  }

  /** The passages of the round; with an unfinished draft also the one that it is about. */
  get choices(): Passage[] {
    const drafted = isEmpty(this.draft) ? undefined : this.passages.get(this.draft.passage ?? "");
    return choices(this.facts, drafted);
  }

  get passage(): Passage | undefined {
    return this.choices.find((passage) => passage.id === this.draft.passage) ?? this.choices[0];
  }

  get sentInRound(): number {
    const leaving = this.leaving.filter((each) => each.draft.parent === null);
    return countInRound(this.rows, this.facts.round?.id ?? null) + leaving.length;
  }

  get atLimit(): boolean {
    const limit = this.facts.event?.limit;
    return limit != null && this.draft.parent === null && this.sentInRound >= limit;
  }

  /** Whether the next Send only shows the point to the table, as this event wishes. */
  get mustReadBack(): boolean {
    return this.facts.event?.reads_back === true && !this.reading;
  }

  /** Why Send does nothing now, in a sentence. */
  get hindrance(): string | null {
    const isOpening = !this.memory.ready && this.opening === null;
    if (isOpening || this.facts.table === null) return "One moment: this laptop is getting ready.";
    if (this.atLimit) {
      return "All points of this round are sent. The draft is kept: correct one of them, or wait for the next round.";
    }
    return whyNot(this.draft, this.passage);
  }

  change(part: Partial<Draft>): void {
    this.draft = { ...this.draft, passage: this.passage?.id ?? null, ...part };
    this.keepDraft();
    this.draw();
  }

  choosePassage(id: string): void {
    const chosen = this.passages.get(id);
    this.change({ passage: id, wording: chosen && this.draft.kind === "wording" ? wordsOf(chosen) : null });
    this.hearing.refresh();
    this.draw();
  }

  chooseKind(kind: string): void {
    const untouched = kind === "wording" && this.draft.wording === null && this.passage;
    this.change({ kind, ...(untouched ? { wording: wordsOf(untouched) } : {}) });
  }

  say(notice: string): void {
    this.notice = notice;
    this.draw();
  }

  toggle(what: "reading" | "keysOpen"): void {
    this[what] = !this[what];
    this.draw();
  }

  redraw(): void {
    this.draw();
  }

  /** Send the draft; the field is free at once for the next point, and what leaves it is kept one by one. */
  async send(): Promise<boolean> {
    // Nothing is waited for before the field is free: what is typed next belongs to the next point.
    const { hindrance, draft, passage } = this;
    if (hindrance || !passage) {
      this.say(hindrance ?? "");
      return false;
    }
    if (this.mustReadBack) {
      this.reading = true;
      this.say("Read it to the table, then press Enter or Send again.");
      return false;
    }
    const sent = { item: draft.item ?? newId(), draft };
    const point = pointFrom(sent.item, draft, passage, this.facts.round?.id ?? null);
    this.leaving.push(sent);
    this.reading = false;
    this.draft = afterSending(draft);
    this.keepDraft();
    this.draw();
    this.keeping = this.keeping.then(() => this.opening?.catch(() => {})).then(() => this.keep(sent, point));
    await this.keeping;
    return true;
  }

  /** Put a point on the disk, and only then say that it is kept. */
  private async keep(sent: Leaving, point: object): Promise<void> {
    try {
      const entry = await this.outbox.capture(this.facts.table, (n, typed) =>
        newCommand("record-comment", { ...point, table: this.facts.table, n, typed }),
      );
      const where = this.outbox.once.has(entry.command.id) ? "in one place on this laptop" : "on this laptop";
      this.notice = sent.draft.parent ? `The correction is kept ${where}.` : `Kept ${where}.`;
    } catch {
      this.draft = putBack(this.draft, sent.draft);
      this.notice = "This laptop could not keep the point. The words are back in the field: call for help.";
    }
    this.leaving = this.leaving.filter((each) => each !== sent);
    this.keepDraft();
    this.draw();
  }

  /** Take a sent point back into the field; what was being typed waits aside. */
  correct(row: Row): void {
    const { passage, kind, agree, against, minority, addsTo } = row;
    const text = row.text === row.english ? "" : row.text;
    const known = this.passages.get(passage);
    const wording = row.ops && known ? applyOps(wordsOf(known), row.ops) : null;
    const said = { passage, kind, text, wording, agree, against, minority, addsTo };
    this.begin({ ...emptyDraft(), ...said, parent: row.id, aside: this.setAside() });
    this.say("The point is back in the field. Change it and send it again.");
  }

  stopCorrecting(): void {
    this.begin(this.draft.aside ?? emptyDraft(this.draft.passage));
    this.say("The point stays as it was.");
  }

  /** Begin a point that adds to another table's; what was being typed waits aside. */
  addTo(comment: Comment): void {
    this.begin({ ...emptyDraft(comment.passage), addsTo: comment.id, aside: this.setAside() });
    this.say("Type what this table adds, and send it.");
  }

  /** Put a draft into the field. */
  begin(draft: Draft): void {
    this.draft = draft;
    this.keepDraft();
    this.draw();
  }

  private setAside(): Draft | null {
    return isEmpty(this.draft) ? this.draft.aside : this.draft;
  }

  async withdraw(row: Row): Promise<void> {
    this.asking = null;
    await this.outbox.enclose(this.facts.table, newCommand("withdraw-comment", { comment: row.id }));
    this.say("Withdrawn by this table. The record keeps that it was said.");
  }

  ask(id: string | null): void {
    this.asking = id;
    this.draw();
  }

  private keepDraft(): void {
    this.memory.keepField({ draft: this.draft, leaving: this.leaving });
  }

  /** What the hub tells comes in a crowd: it is looked at a few times a second, never for each word of it. */
  private hubSpoke(): void {
    this.unheard = true;
    if (this.resting) return;
    this.unheard = false;
    this.resting = true;
    setTimeout(() => {
      this.resting = false;
      if (this.unheard) this.hubSpoke();
    }, CALM);
    this.heardFromHub();
  }

  private heardFromHub(): void {
    this.facts = factsOf(this.live.view);
    this.memory.keepPassages(this.live.view.all<Passage>("passage"));
    const here = this.live.connection === "here";
    if (here && !this.wasHere) {
      const event = this.facts.event;
      const name = event?.uid ?? event?.name ?? "event";
      if (!this.memory.isOf(name)) void this.open(name);
      else void this.outbox.resume();
      this.memory.offline.look();
      this.reported = "";
    }
    this.wasHere = here;
    this.changed();
  }

  private async open(event: string): Promise<void> {
    this.opening = this.openMemory(event);
    await this.opening;
  }

  private async openMemory(event: string): Promise<void> {
    const draft = await this.memory.open(event);
    this.arrived = this.outbox.atCentre;
    if (draft && !isEmpty(draft)) this.draft = putBack(this.draft, draft);
    this.keepDraft();
    this.facts = factsOf(this.live.view);
    if (this.live.connection === "here") void this.outbox.resume();
    this.changed();
  }

  private changed(): void {
    this.rows = rowsOf(this.facts.comments, this.outbox.entries, this.facts.table ?? -1, this.outbox.once);
    this.noteArrivals();
    this.hearing.refresh();
    void this.writing.receive();
    this.report();
    this.draw();
  }

  private noteArrivals(): void {
    const arrived = this.outbox.atCentre;
    if (this.memory.ready && arrived > this.arrived) {
      const last = this.outbox.points.filter((entry) => entry.ack?.ok).at(-1);
      const ref = last?.ack?.result?.ref;
      this.notice = ref ? `${ref} is at the centre.` : "At the centre.";
    }
    this.arrived = arrived;
  }

  /** The desk sees the same numbers as this laptop. */
  private report(): void {
    const numbers = { typed: this.outbox.typed, kept: this.outbox.keptHere, device: this.memory.kept.device };
    const report = JSON.stringify(numbers);
    if (!this.memory.ready || this.live.connection !== "here" || report === this.reported) return;
    this.reported = report;
    void this.live.emit(newCommand("report-laptop", numbers)).catch(() => {
      this.reported = "";
    });
  }
}
