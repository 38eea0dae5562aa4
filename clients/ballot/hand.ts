// A stamped paper in the hand: a picture of the ballot that nothing arriving can change, until it is confirmed.
import type { Reading } from "../delegate/forms/filling.ts";
import { isFurther, type Memory } from "../delegate/paper.ts";
import type { Ballot, Motion } from "../shared/entities.ts";

export class Hand {
  choice: string | null = null;
  /** Looking once more at what was chosen, before it goes. */
  reviewing = false;
  sending = false;
  /** What the paper says so far, or still lacks, in words; for papers that say more than one thing. */
  says = "";
  lacking = "";
  /** What it still lacked when somebody wanted to go on. */
  asked = "";
  private short = "";
  private touched = false;
  /** Why this paper cannot be cast any more. */
  overtaken = "";

  constructor(
    readonly ballot: Ballot,
    readonly motion: Motion | undefined,
    private readonly memory: Memory,
  ) {
    const kept = this.read();
    if (kept && (isFurther(ballot) || ballot.options.some((option) => option.key === kept)))
      this.choice = kept;
  }

  get chosen(): Ballot["options"][number] | undefined {
    return this.ballot.options.find((option) => option.key === this.choice);
  }

  /** What was chosen, in few words. */
  get words(): string {
    return this.chosen?.label ?? this.short;
  }

  /** Whether somebody has begun to fill it in. */
  get held(): boolean {
    return this.touched || this.choice !== null;
  }

  /** Fill in a paper that says more than one thing: its one text, or in words what it still lacks. */
  fill({ text, lacking, says, short }: Reading, byHand = true): void {
    if (this.sending || this.overtaken) return;
    Object.assign(this, { lacking, says, short, asked: "" });
    this.touched ||= byHand;
    if (text !== null) this.choose(text);
    else {
      this.choice = null;
      this.forget();
    }
  }

  choose(choice: string): void {
    if (this.sending || this.overtaken) return;
    this.choice = choice;
    this.write(choice);
  }

  /** Compare with what arrived: filled in, it stays in sight and says so when it has been overtaken. */
  stillUp(ballot: Ballot | undefined): boolean {
    if (ballot?.state === "open" && ballot.version === this.ballot.version) return true;
    if (!this.held || this.sending) return false;
    const reworded = ballot && ballot.version !== this.ballot.version;
    const what = reworded ? "The wording of this ballot was changed." : "This ballot has ended.";
    this.overtaken ||= `${what} Your answer was not put in the box.`;
    this.forget();
    return true;
  }

  /** It could not be stamped. */
  fail(sentence: string): void {
    this.sending = false;
    this.overtaken = sentence || "This ballot has ended. Your answer was not put in the box.";
    this.forget();
  }

  forget(): void {
    try {
      this.memory.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }

  private get key(): string {
    return `stamped paper ${this.ballot.id}/${this.ballot.version}`;
  }

  private read(): string | null {
    try {
      return this.memory.getItem(this.key);
    } catch {
      return null;
    }
  }

  private write(choice: string): void {
    try {
      this.memory.setItem(this.key, choice);
    } catch {
      // A browser that keeps nothing still votes.
    }
  }
}
