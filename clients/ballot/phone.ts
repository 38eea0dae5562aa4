// The stamped ballots of one phone; this part is loaded only where one is announced.
import type { Memory } from "../delegate/paper.ts";
import type { Ballot, Motion, Vote } from "../shared/entities.ts";
import { papersOf } from "./board.ts";
import { alike } from "./bytes.ts";
import { checkWords } from "./check-words.ts";
import { Errand, type Ports } from "./errand.ts";
import { Hand } from "./hand.ts";
import { wholeBoard } from "./ports.ts";
import { saidIn, speaksFor } from "./said.ts";

/** Words on this phone, the own ones or others: nothing shows which. */
export interface Shown {
  words: string;
  choice: string;
}

export class StampedBallots {
  readonly hands = new Map<string, Hand>();
  readonly shown = new Map<string, Shown>();
  private readonly errands = new Map<string, Errand>();
  private readonly heard = new Map<string, string>();

  constructor(
    private readonly person: string,
    private readonly ports: Ports,
    readonly memory: Memory,
    readonly changed: () => void,
  ) {}

  errand(ballot: Ballot): Errand | undefined {
    return this.errands.get(`${ballot.id}/${ballot.version}`);
  }

  /** A paper that is being filled in, or was overtaken while it was. */
  hand(ballot: Ballot): Hand | undefined {
    return this.hands.get(ballot.id);
  }

  /** The ballot whose paper must not leave the page now. */
  get held(): Ballot | undefined {
    return [...this.hands.values()].find((hand) => hand.held)?.ballot;
  }

  /** Look at a ballot again: its errand goes on, and its paper is handed out or overtaken. */
  look(ballot: Ballot, vote: Vote | undefined, motion: Motion | undefined, online: boolean): void {
    const bid = `${ballot.id}/${ballot.version}`;
    if (!this.errands.has(bid) && !vote?.entitled && !ballot.board) return;
    const errand = this.errands.get(bid) ?? new Errand(ballot, this.person, this.ports, this.changed);
    this.errands.set(bid, errand);
    const group = vote?.group ?? null;
    const box = ballot.stamping?.box ?? "";
    const news = [ballot.state, ballot.board?.root, group, box, online].join();
    if (this.heard.get(bid) !== news) {
      this.heard.set(bid, news);
      void errand.goOn(ballot, group);
    }
    const hand = this.hands.get(ballot.id);
    if (hand && !hand.stillUp(ballot)) this.hands.delete(ballot.id);
    const fillable =
      errand.progress === "ready" || (this.late && errand.progress === "asking" && !vote?.stamped);
    if (ballot.state === "open" && fillable && !this.hands.has(ballot.id)) {
      this.hands.set(ballot.id, new Hand(ballot, motion, this.memory));
    }
  }

  /** At a kiosk a ballot is stamped when its choice is confirmed: whoever leaves before has used up nothing. */
  get late(): boolean {
    return this.ports.late ?? false;
  }

  /** Compare papers in the hand with ballots that are gone. */
  dropGone(up: Ballot[]): void {
    for (const [id, hand] of this.hands) {
      if (!up.some((ballot) => ballot.id === id) && !hand.stillUp(undefined)) this.hands.delete(id);
    }
  }

  putAside(ballot: Ballot): void {
    this.hands.delete(ballot.id);
    this.changed();
  }

  /** Sign and send what was reviewed. */
  async confirm(hand: Hand): Promise<void> {
    if (!hand.choice || hand.sending || hand.overtaken) return;
    hand.sending = true;
    this.changed();
    const errand = this.errand(hand.ballot);
    await errand?.confirm(hand.choice);
    if (errand?.progress === "asking" || errand?.progress === "lost")
      return this.failed(hand, errand.sentence);
    hand.forget();
    this.hands.delete(hand.ballot.id);
    this.changed();
    void errand?.resume();
  }

  /** It got no stamp: nothing was cast, and the delegate has to know. */
  private failed(hand: Hand, sentence: string): void {
    hand.fail(sentence);
    this.hands.set(hand.ballot.id, hand);
    this.changed();
  }

  /** Show words with what stands beside them on the list: the own ones, or some of another vote. */
  async showWords(ballot: Ballot, choice: string | null): Promise<void> {
    const own = this.errand(ballot)?.kept?.publicKey;
    if (!ballot.board || !own) return;
    const board = await wholeBoard(ballot.board.url).catch(() => null);
    const papers = board ? await papersOf(board) : [];
    const fitting = papers.filter((paper) =>
      choice === null ? alike(paper.publicKey, own) : speaksFor(paper.choice, choice),
    );
    const paper = fitting[Math.floor(this.ports.chance() * fitting.length)];
    const words = paper ? (await checkWords(paper.publicKey)).join(" ") : "";
    this.shown.set(ballot.id, { words, choice: paper && board ? saidIn(board, paper.choice) : "" });
    this.changed();
  }
}
