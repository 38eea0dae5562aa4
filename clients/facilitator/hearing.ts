// What this table hears of the others: which points are on show, through which filter, and what it answers.
import { newCommand } from "../shared/commands.ts";
import type { Comment, Heard, Response } from "../shared/entities.ts";
import { isEarlier } from "../shared/heard.ts";
import { responseInWords } from "../shared/words.ts";
import { heard } from "./facts.ts";
import type { Laptop } from "./laptop.ts";

export type Show = "all" | "new" | "answered" | "unanswered";

export class Hearing {
  kind = "";
  show: Show = "all";
  /** Points about the passage, oldest first; null until this table has said its own first one. */
  all: Comment[] | null = null;
  /** What is on show; what came later waits until it is asked for. */
  private seen = new Set<string>();
  /** What was on show before the last new points were let in. */
  private before = new Set<string>();
  private about = "";
  /** How many there were before those on show when these were let in. */
  private below = 0;

  constructor(private readonly laptop: Laptop) {}

  /** Look again at what there is; a new subject shows all that was said about it. */
  refresh(): void {
    const passage = this.laptop.passage?.id ?? null;
    const spoken = this.laptop.rows.some((row) => row.passage === passage && row.place === "centre");
    this.all = spoken ? heard(this.laptop.facts, passage) : null;
    const about = `${this.laptop.facts.round?.id} ${passage}`;
    if (!this.all || (about === this.about && this.seen.size > 0)) return;
    this.about = about;
    this.letIn(passage);
    this.before = new Set(this.seen);
  }

  /** Show all that is heard now; what is on show is held, what is not heard any more is let go. */
  private letIn(passage: string | null): void {
    const { live } = this.laptop;
    live.streams.hold(new Set(this.underHand));
    // Both from the same moment: the hub may have spoken since the page last looked.
    this.laptop.facts.comments = live.view.all<Comment>("comment");
    this.laptop.facts.heard = live.view.get<Heard>("heard", "heard");
    this.all = heard(this.laptop.facts, passage);
    this.seen = new Set(this.all.map((comment) => comment.id));
    live.streams.hold(new Set([...this.seen, ...this.underHand]));
    this.below = this.lacking;
  }

  /** What this table is answering or adding to just now: it stays until that is at the centre. */
  private get underHand(): string[] {
    const { outbox, draft } = this.laptop;
    const waits = outbox.entries.filter((entry) => !entry.ack).map((entry) => entry.command.data);
    const asked = waits as { comment?: string; adds_to?: string | null }[];
    const added = [draft.addsTo, draft.aside?.addsTo];
    return [...asked.flatMap((data) => [data.comment, data.adds_to]), ...added].filter((id) => id != null);
  }

  /** How many points about the passage this laptop does not hold: they came before the newest. */
  private get lacking(): number {
    const { heard: bounds } = this.laptop.facts;
    const passage = this.laptop.passage?.id ?? "";
    if (!bounds || !this.all) return 0;
    const held = this.all.filter((comment) => comment.response === null && isEarlier(bounds, comment));
    return Math.max(0, (bounds.passages[passage]?.earlier ?? 0) - held.length);
  }

  /** How many came before those on show, and are not to be shown here. */
  get earlier(): number {
    return Math.min(this.below, this.lacking);
  }

  /** Whether others are not heard on the passage because no round about it goes on. */
  get isOver(): boolean {
    const { passage, facts } = this.laptop;
    return !facts.passages.some((each) => each.id === passage?.id);
  }

  /** The points on show, newest first. */
  get shown(): Comment[] {
    return this.matching.filter((comment) => this.seen.has(comment.id)).reverse();
  }

  /** How many wait above the list. */
  get waiting(): number {
    const here = this.matching.filter((comment) => !this.seen.has(comment.id)).length;
    const passedBy = this.kind || this.show !== "all" ? 0 : this.lacking - this.earlier;
    return here + passedBy;
  }

  takeIn(): void {
    this.before = this.seen;
    this.letIn(this.laptop.passage?.id ?? null);
    this.laptop.redraw();
  }

  filter(change: { kind?: string; show?: Show }): void {
    Object.assign(this, change);
    this.laptop.redraw();
  }

  /** What this table says of a point, as it said it last: here, or as the centre knows it. */
  responseTo(comment: Comment): Response | null {
    const said = this.laptop.outbox.entries
      .filter((entry) => entry.command.type === "respond-to-comment" && !entry.ack)
      .map((entry) => entry.command.data as { comment: string; response: Response | null })
      .filter((data) => data.comment === comment.id);
    const last = said.at(-1);
    return last ? last.response : comment.response;
  }

  /** Answer a point; the same answer once more takes it back. */
  async respond(comment: Comment, response: Response): Promise<void> {
    const now = this.responseTo(comment);
    const next = now === response ? null : response;
    const command = newCommand("respond-to-comment", { comment: comment.id, response: next });
    await this.laptop.outbox.enclose(this.laptop.facts.table, command);
    this.laptop.say(next ? `Answered: ${responseInWords(next)}.` : "The answer is taken back.");
  }

  private get matching(): Comment[] {
    const shows: Record<Show, (comment: Comment) => boolean> = {
      all: () => true,
      new: (comment) => !this.before.has(comment.id),
      answered: (comment) => this.responseTo(comment) !== null,
      unanswered: (comment) => this.responseTo(comment) === null,
    };
    return (this.all ?? []).filter(
      (comment) => (!this.kind || comment.kind === this.kind) && shows[this.show](comment),
    );
  }
}
