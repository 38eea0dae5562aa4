// The kiosk: free or in somebody's hands; it begins and ends visits, and after each the whole page comes anew.
import type { Refusal } from "../shared/commands.ts";
import type { Ballot, EventFacts } from "../shared/entities.ts";
import { Live } from "../shared/live.ts";
import { eventOf } from "../shared/programme.ts";
import { Visit } from "./visit.ts";
import { Voice } from "./voice.ts";

/** How a browser without a voice is told from one that has not found it yet. Units: milliseconds. */
const VOICES_WITHIN = 3_000;
const SAID_EVERY = 60_000;
const AGAIN = 2_000;
const GOODBYE_WITHIN = 8_000;

type Answer = { ok: true; visit: string } | { ok: false; refusal: Refusal };

export class Station {
  readonly live = new Live();
  readonly voice: Voice;
  readonly looks = { curtain: false, large: false, contrast: false };
  visit: Visit | null = null;
  typed = "";
  sentence = "";
  busy = false;
  /** A visit has ended and the page is about to come anew. */
  leaving = "";
  private sure = false;
  private told: boolean | null = null;

  constructor(
    /** The ballot box that this page's policy lets it talk to. */
    private readonly box: string,
    private readonly draw: () => void,
  ) {
    this.voice = new Voice(window.speechSynthesis, () => this.look());
  }

  start(): void {
    this.live.onChange(() => this.look());
    this.live.start();
    setTimeout(() => {
      this.sure = true;
      this.look();
    }, VOICES_WITHIN);
    setInterval(() => this.look(), 1_000);
    setInterval(() => this.report(), SAID_EVERY);
    if (location.hash)
      this.sentence = "This kiosk had to start anew. Nothing was cast. Type the code of your badge again.";
  }

  get event(): EventFacts | undefined {
    return eventOf(this.live.view);
  }

  get mute(): boolean {
    return this.sure && !this.voice.isThere;
  }

  get away(): boolean {
    return this.live.connection === "away";
  }

  get open(): Ballot[] {
    const up = this.live.view.all<Ballot>("ballot").filter((ballot) => ballot.state === "open");
    return up.sort((a, b) => a.number - b.number);
  }

  /** Whether the ballot box has an address that this page came too early for. */
  private get outdated(): boolean {
    return this.live.view
      .all<Ballot>("ballot")
      .some((ballot) => ["announced", "open"].includes(ballot.state) && this.isStrange(ballot.stamping?.box));
  }

  private isStrange(box: string | null | undefined): boolean {
    return Boolean(box) && box !== this.box && location.hash !== `#${box}`;
  }

  private look(): void {
    this.visit?.look();
    if (this.sure || this.voice.isThere) this.report(true);
    if (this.outdated && !this.leaving && !this.visit?.casting) this.comeAnew();
    this.keepTime();
    this.draw();
  }

  /** A page that may not talk to the box could take a vote and not deliver it: it comes anew before anybody votes. */
  private comeAnew(): void {
    const box = this.live.view.all<Ballot>("ballot").find((ballot) => this.isStrange(ballot.stamping?.box));
    const hash = this.visit ? `#${box?.stamping?.box}` : "";
    this.leaving = "One moment.";
    this.visit = null;
    this.draw();
    void this.endVisit().then(() => {
      history.replaceState(null, "", `/kiosk${hash}`);
      location.reload();
    });
  }

  private keepTime(): void {
    const { visit } = this;
    if (!visit) return;
    if (visit.phone.live.connection === "ended") this.leave("This visit has ended.");
    if (visit.casting || this.voice.speaking) visit.idle.touch();
    if (visit.idle.left(visit.patience) === 0) this.leave("Nobody pressed a key. This visit has ended.");
  }

  private report(onlyNews = false): void {
    const { isThere } = this.voice;
    if (this.live.connection !== "here" || (onlyNews && this.told === isThere)) return;
    this.told = isThere;
    void this.live.submit("report-kiosk", { voice: isThere });
  }

  /** Begin a visit with the code that was typed, or the link that a scanner typed. */
  async begin(): Promise<void> {
    const code = this.typed.trim().split("/").at(-1) ?? "";
    if (!code || this.busy) return;
    this.busy = true;
    this.sentence = "";
    this.draw();
    const answer = await this.ask(code);
    this.busy = false;
    if (answer.ok) {
      this.typed = "";
      this.visit = new Visit(answer.visit, () => this.look());
    } else this.sentence = answer.refusal.sentence;
    this.look();
  }

  private async ask(code: string): Promise<Answer> {
    try {
      const answer = await fetch("/kiosk/visits", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ code }),
        signal: AbortSignal.timeout(20_000),
      });
      return await answer.json();
    } catch {
      const sentence = "The centre cannot be reached. Nothing was lost: try again in a moment.";
      return { ok: false, refusal: { code: "not-reached", sentence } };
    }
  }

  /** End the visit: nothing of it stays on the page, and then the page itself comes anew. */
  leave(words: string): void {
    if (this.leaving) return;
    this.leaving = words;
    this.visit = null;
    this.draw();
    this.voice.say(`${words} This kiosk has forgotten everything. Goodbye.`);
    void this.endVisit().then(async () => {
      const began = performance.now();
      while (this.voice.speaking && performance.now() - began < GOODBYE_WITHIN) await pause(200);
      location.replace("/kiosk");
    });
  }

  /** Tell the hub until it has heard it: without a network the page waits, blank. */
  private async endVisit(): Promise<void> {
    for (;;) {
      const answer = await fetch("/kiosk/visits", { method: "DELETE" }).catch(() => null);
      if (answer) return;
      await pause(AGAIN);
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
