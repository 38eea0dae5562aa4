// The delegate's phone: what it knows of the hall, and what a delegate can do with it.
import type {
  Ballot,
  Comment,
  EventFacts,
  Item,
  Me,
  Missing,
  Motion,
  Passage,
  Table,
  Track,
  Vote,
} from "../shared/entities.ts";
import { newId } from "../shared/ids.ts";
import { Live } from "../shared/live.ts";
import { eventOf, nowAndNext, passagesFor, tracksOf } from "../shared/programme.ts";
import { tidy } from "../shared/words.ts";
import { fetchForms } from "./further.ts";
import { isFurther, type Memory, Paper } from "./paper.ts";
import { Stamped } from "./stamped.ts";

const UP = ["open", "announced"];
const ENDED = ["provisional", "published"];
const POINT = "missing point";

/** What a kiosk says instead: where it cannot take a ballot, and what comes after a vote is in. */
export interface AtKiosk {
  insecure: string;
  afterwards: string;
}

export class Phone {
  readonly stamped = new Stamped(this, () => this.changed());
  paper: Paper | null = null;
  /** The ballot that was chosen where several are up. */
  picked: string | null = null;
  /** Ballots in which this delegate asked for more time. */
  asked = new Set<string>();
  point: string;
  pointPassage = "";
  notice = "";
  sending = false;
  private pointId = newId();

  /** At a kiosk `memory` is the page's own, and gone with it. */
  constructor(
    private readonly draw: () => void,
    readonly live = new Live(),
    readonly memory: Memory = sessionStorage,
    readonly kiosk: AtKiosk | null = null,
  ) {
    this.point = memory.getItem(POINT) ?? "";
  }

  readonly redraw = (): void => this.draw();

  start(): void {
    this.live.onChange(() => this.changed());
    this.live.start();
    setInterval(() => this.changed(), 1_000);
  }

  get event(): EventFacts | undefined {
    return eventOf(this.live.view);
  }

  get me(): Me | undefined {
    return this.live.view.all<Me>("me")[0];
  }

  get table(): number | null {
    return this.me?.table ?? this.live.view.all<Table>("table")[0]?.number ?? null;
  }

  /** The tracks that concern this delegate: the own table's, else all. */
  get tracks(): Track[] {
    const tracks = tracksOf(this.live.view);
    const own = this.live.view.all<Table>("table").find((table) => table.number === this.table)?.track;
    const mine = tracks.filter((track) => track.id === own);
    return mine.length > 0 ? mine : tracks;
  }

  nowIn(track: Track): { now?: Item; next?: Item } {
    return nowAndNext(this.live.view, track);
  }

  passagesOf(item: Item | undefined): Passage[] {
    return passagesFor(this.live.view, item, this.table);
  }

  /** Ballots announced or open, the open ones first. */
  get ballots(): Ballot[] {
    return this.live.view
      .all<Ballot>("ballot")
      .filter((ballot) => UP.includes(ballot.state))
      .sort(
        (a, b) =>
          UP.indexOf(a.state) - UP.indexOf(b.state) || this.rankOf(a) - this.rankOf(b) || a.number - b.number,
      );
  }

  /** The ballot on top of the page. */
  get ballot(): Ballot | undefined {
    return this.ballots.find((ballot) => ballot.id === this.picked) ?? this.ballots[0];
  }

  vote(ballot: Ballot): Vote | undefined {
    return this.live.view.get<Vote>("vote", ballot.id);
  }

  motion(ballot: Ballot): Motion | undefined {
    return ballot.motion ? this.live.view.get<Motion>("motion", ballot.motion) : undefined;
  }

  /** Ballots counted or being counted, the newest first. */
  get results(): Ballot[] {
    return this.live.view
      .all<Ballot>("ballot")
      .filter((ballot) => ENDED.includes(ballot.state) || ballot.state === "closed")
      .sort((a, b) => (b.closed ?? "").localeCompare(a.closed ?? "") || b.number - a.number);
  }

  /** The newest ballot that was opened and declared void while what goes on now went on. */
  get voided(): Ballot | undefined {
    const started = this.tracks.map((track) => this.nowIn(track).now?.started ?? "").sort();
    return this.live.view
      .all<Ballot>("ballot")
      .filter((ballot) => ballot.state === "void" && (ballot.opened ?? "") > (started.at(-1) ?? ""))
      .sort((a, b) => b.number - a.number)[0];
  }

  get comments(): Comment[] {
    return this.live.view
      .all<Comment>("comment")
      .filter((comment) => comment.table === this.table && comment.state !== "superseded")
      .sort((a, b) => b.at.localeCompare(a.at));
  }

  get missing(): Missing[] {
    return this.live.view.all<Missing>("missing").sort((a, b) => b.at.localeCompare(a.at));
  }

  pick(ballot: Ballot): void {
    this.picked = ballot.id;
    this.changed();
  }

  choose(choice: string): void {
    this.paper?.choose(choice);
    this.draw();
  }

  async cast(): Promise<void> {
    const cast = this.paper?.cast((type, data, id) => this.live.submit(type, data, id));
    this.draw();
    await cast;
    this.changed();
  }

  putAside(): void {
    this.paper = null;
    this.changed();
  }

  async needTime(ballot: Ballot): Promise<void> {
    this.asked.add(ballot.id);
    this.draw();
    const ack = await this.live.submit("need-time", { ballot: ballot.id });
    if (!ack.ok) this.asked.delete(ballot.id);
    this.draw();
  }

  writePoint(text: string): void {
    this.point = text;
    this.memory.setItem(POINT, text);
  }

  /** Tell the theme team what is missing; the words stay in the field until the centre has them. */
  async sendPoint(): Promise<void> {
    const text = tidy(this.point);
    if (!text || this.sending) return;
    this.sending = true;
    this.draw();
    const data = { item: this.pointId, text, ...(this.pointPassage ? { passage: this.pointPassage } : {}) };
    const ack = await this.live.submit("report-missing", data, this.pointId);
    this.sending = false;
    this.notice = ack.ok ? "The theme team has it." : (ack.refusal?.sentence ?? "");
    if (ack.ok || ack.refusal?.code !== "not-reached") this.pointId = newId();
    if (ack.ok) this.writePoint("");
    this.draw();
  }

  private rankOf(ballot: Ballot): number {
    const mine = this.tracks.some((track) => track.id === ballot.track);
    return (this.vote(ballot)?.entitled ? 0 : 2) + (mine ? 0 : 1);
  }

  private changed(): void {
    this.stamped.look();
    const { paper, ballot } = this;
    const held = paper && this.live.view.get<Ballot>("ballot", paper.ballot.id);
    const picked = !this.picked || paper?.ballot.id === this.picked;
    const up = paper?.stillUp(held ?? undefined, held ? this.vote(held) : undefined);
    if (!up || (!paper?.held && (!picked || paper?.ballot.id !== ballot?.id))) this.paper = null;
    if (!this.paper && ballot?.state === "open" && this.mayFill(ballot)) {
      this.paper = new Paper(ballot, this.motion(ballot), this.memory);
    }
    // Such a paper is fetched while its ballot can only be read, not when everybody wants it at once.
    if (this.ballots.some(isFurther)) fetchForms(this.redraw);
    this.draw();
  }

  private mayFill(ballot: Ballot): boolean {
    const vote = this.vote(ballot);
    return ["anonymised", "cards"].includes(ballot.trust) && vote?.entitled === true && !vote.voted;
  }
}
