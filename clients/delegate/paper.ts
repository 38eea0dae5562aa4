// The ballot paper while it is being filled in: a picture of the ballot that nothing arriving can change.
import type { Ack } from "../shared/commands.ts";
import type { Ballot, Motion, Vote } from "../shared/entities.ts";
import { newId } from "../shared/ids.ts";
import type { Reading } from "./forms/filling.ts";

/** blank, filled in, on its way, in the box; or overtaken: the ballot ended or changed before it was cast. */
export type PaperState = "blank" | "filled" | "sending" | "in" | "overtaken";

/** Papers that say more than one thing. */
const FURTHER: Ballot["form"][] = ["approve-any", "rank", "strength", "points"];

/** Whether its paper says more than one thing. */
export function isFurther(ballot: Ballot): boolean {
  return FURTHER.includes(ballot.form);
}

interface Filled {
  choice: string;
  id: string;
}

export type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Paper {
  choice: string | null = null;
  state: PaperState = "blank";
  /** What the centre said when it did not take the paper, or why the paper was overtaken. */
  sentence: string | null = null;
  /** What the paper says so far, or still lacks, in words; for papers that say more than one thing. */
  says = "";
  private lacking = "";
  private touched = false;
  private short = "";
  private id = newId();

  constructor(
    readonly ballot: Ballot,
    readonly motion: Motion | undefined,
    private readonly memory: Memory | null,
  ) {
    const kept = this.kept();
    if (kept && (isFurther(ballot) || ballot.options.some((option) => option.key === kept.choice))) {
      this.choice = kept.choice;
      this.id = kept.id;
      this.state = "filled";
    }
  }

  get chosen(): string {
    return this.ballot.options.find((option) => option.key === this.choice)?.label ?? this.short;
  }

  /** Whether somebody has begun to fill it in, and it is not in the box yet. */
  get held(): boolean {
    return this.touched || ["filled", "sending", "overtaken"].includes(this.state);
  }

  /** Fill in an answer; another answer is another paper with another id, so that no old one can be taken for it. */
  choose(choice: string): void {
    if (this.state !== "blank" && this.state !== "filled") return;
    if (this.choice !== choice) this.id = newId();
    this.choice = choice;
    this.state = "filled";
    this.sentence = null;
    this.remember(JSON.stringify({ choice, id: this.id } satisfies Filled));
  }

  /** Fill in a paper that says more than one thing: its one text, or in words what it still lacks. */
  fill({ text, lacking, says, short }: Reading, byHand = true): void {
    if (this.state !== "blank" && this.state !== "filled") return;
    Object.assign(this, { lacking, says, short, sentence: null });
    this.touched ||= byHand;
    if (text !== null) this.choose(text);
    else {
      this.choice = null;
      this.state = "blank";
      this.forget();
    }
  }

  /** Put it in the box. A second try sends the same paper under the same id. */
  async cast(submit: (type: string, data: object, id: string) => Promise<Ack>): Promise<void> {
    if (this.state === "blank" && this.lacking) this.sentence = this.lacking;
    if (this.state !== "filled" || !this.choice) return;
    this.state = "sending";
    this.sentence = null;
    const verb = this.ballot.trust === "cards" ? "cast-card" : "cast-vote";
    const ack = await submit(verb, { ballot: this.ballot.id, choice: this.choice }, this.id);
    if (ack.ok || ack.refusal?.code === "already-voted") return this.taken();
    this.state = "filled";
    this.sentence = ack.refusal?.sentence ?? "The centre did not take it. Please try again.";
  }

  /** Compare with what arrived; true when this paper still has to be shown. */
  stillUp(ballot: Ballot | undefined, vote: Vote | undefined): boolean {
    if (vote?.voted) this.taken();
    if (this.state === "in" || this.state === "sending")
      return ballot?.id === this.ballot.id && ballot.state === "open";
    const lost = vote?.entitled === false ? vote.why : null;
    if (!lost && ballot?.state === "open" && ballot.version === this.ballot.version) return true;
    if (this.state === "blank" && !this.touched) return false;
    if (this.state === "blank" || this.state === "filled") this.overtake(ballot, lost);
    return true;
  }

  private overtake(ballot: Ballot | undefined, lost: string | null): void {
    this.state = "overtaken";
    const what =
      lost ??
      (ballot && ballot.version !== this.ballot.version
        ? "The wording of this ballot was changed."
        : "This ballot has ended.");
    this.sentence = `${what} Your answer was not put in the box.`;
    this.forget();
  }

  private taken(): void {
    this.state = "in";
    this.touched = false;
    this.sentence = null;
    this.choice = null;
    this.forget();
  }

  private get key(): string {
    return `paper ${this.ballot.id} ${this.ballot.version}`;
  }

  private kept(): Filled | null {
    try {
      return JSON.parse(this.memory?.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  private remember(value: string): void {
    try {
      this.memory?.setItem(this.key, value);
    } catch {
      // A browser that keeps nothing still votes.
    }
  }

  private forget(): void {
    try {
      this.memory?.removeItem(this.key);
    } catch {
      // Nothing was kept.
    }
  }
}
