// A stamped paper in the hand: a picture of the ballot that nothing arriving can change, until it is confirmed.
import type { Ballot, Motion } from "../shared/entities.ts";

type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Hand {
  choice: string | null = null;
  /** Looking once more at what was chosen, before it goes. */
  reviewing = false;
  sending = false;
  /** Why this paper cannot be cast any more. */
  overtaken = "";

  constructor(
    readonly ballot: Ballot,
    readonly motion: Motion | undefined,
    private readonly memory: Memory,
  ) {
    const kept = this.read();
    if (kept && ballot.options.some((option) => option.key === kept)) this.choice = kept;
  }

  get chosen(): Ballot["options"][number] | undefined {
    return this.ballot.options.find((option) => option.key === this.choice);
  }

  choose(choice: string): void {
    if (this.sending || this.overtaken) return;
    this.choice = choice;
    this.write(choice);
  }

  /** Compare with what arrived: filled in, it stays in sight and says so when it has been overtaken. */
  stillUp(ballot: Ballot | undefined): boolean {
    if (ballot?.state === "open" && ballot.version === this.ballot.version) return true;
    if (this.choice === null || this.sending) return false;
    const reworded = ballot && ballot.version !== this.ballot.version;
    const what = reworded ? "The wording of this ballot was changed." : "This ballot has ended.";
    this.overtaken ||= `${what} Your answer was not put in the box.`;
    this.forget();
    return true;
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
