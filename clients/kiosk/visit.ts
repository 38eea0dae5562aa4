// One delegate at the kiosk: the phone's ballots on a page that keeps nothing, and what went into the box.
import type { Memory } from "../delegate/paper.ts";
import { Phone } from "../delegate/phone.ts";
import type { Ballot } from "../shared/entities.ts";
import { Live } from "../shared/live.ts";
import { Idle, ONCE_IN, type Patience, WHILE_VOTING } from "./idle.ts";
import { passingMemory } from "./memory.ts";
import { type Receipt, wordsOf } from "./receipt.ts";

const WORDS = {
  insecure:
    "You cannot vote here: this kiosk’s page came without encryption, and others on the Wi-Fi could read your choice. Ask the teller for another kiosk or for paper.",
  afterwards: "The result is announced after the close.",
};

export class Visit {
  readonly phone: Phone;
  readonly idle = new Idle(() => performance.now());
  readonly receipts = new Map<string, Receipt>();

  constructor(
    token: string,
    private readonly changed: () => void,
    memory: Memory = passingMemory(),
  ) {
    this.phone = new Phone(changed, new Live("", token), memory, WORDS);
    this.phone.start();
  }

  /** Remember, for as long as the visit lasts, what the box has confirmed. */
  look(): void {
    for (const ballot of this.phone.live.view.all<Ballot>("ballot")) {
      const errand = ballot.trust === "stamped" ? this.phone.stamped.errand(ballot) : undefined;
      if (errand?.kept?.receipt && !this.receipts.has(ballot.id))
        this.receipts.set(ballot.id, { ballot, kept: errand.kept, words: "" });
    }
  }

  /** A paper is on its way: the visit must not end now. */
  get casting(): boolean {
    const { phone } = this;
    if (phone.paper?.state === "sending") return true;
    return phone.ballots.some((ballot) => {
      if (ballot.trust !== "stamped") return false;
      return phone.stamped.isSending(ballot) || phone.stamped.errand(ballot)?.progress === "casting";
    });
  }

  /** It does not get there: hub or box does not answer. */
  get stuck(): boolean {
    const { phone } = this;
    return this.casting && phone.ballots.some((ballot) => Boolean(phone.stamped.errand(ballot)?.sentence));
  }

  isIn(ballot: Ballot): boolean {
    return this.phone.vote(ballot)?.voted === true || this.receipts.has(ballot.id);
  }

  /** Open ballots in which this delegate can still vote here. */
  get left(): Ballot[] {
    return this.phone.ballots.filter((ballot) => {
      const vote = this.phone.vote(ballot);
      const elsewhere = ballot.trust === "stamped" && vote?.stamped === true;
      return ballot.trust !== "hands" && vote?.entitled === true && !elsewhere && !this.isIn(ballot);
    });
  }

  /** Whether something of this visit is in the box. */
  get done(): boolean {
    return this.left.length === 0 && this.phone.ballots.some((ballot) => this.isIn(ballot));
  }

  get patience(): Patience {
    return this.done ? ONCE_IN : WHILE_VOTING;
  }

  async showWords(receipt: Receipt): Promise<void> {
    receipt.words = await wordsOf(receipt);
    this.changed();
  }
}
