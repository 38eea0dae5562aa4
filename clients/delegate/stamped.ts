// Stamped ballots on the phone: brings their code when the first is announced, and says why where it cannot run.
import { html, nothing, type TemplateResult } from "lit";
import type { Errand } from "../ballot/errand.ts";
import type { StampedBallots } from "../ballot/phone.ts";
import type { Ballot } from "../shared/entities.ts";
import { frameOf } from "./ballot.ts";
import type { Phone } from "./phone.ts";

type Code = typeof import("../ballot/lazy.ts");

const GOING = ["announced", "open", "closed", "provisional", "published"];

export class Stamped {
  private code: Code | null = null;
  private all: StampedBallots | null = null;
  private coming = false;

  constructor(
    private readonly phone: Phone,
    private readonly changed: () => void,
  ) {}

  /** The ballot whose paper must not leave the page now. */
  get held(): Ballot | undefined {
    return this.all?.held;
  }

  /** Let each stamped ballot go on from where it is. */
  look(): void {
    const { view } = this.phone.live;
    const ballots = view
      .all<Ballot>("ballot")
      .filter((ballot) => ballot.trust === "stamped" && GOING.includes(ballot.state));
    this.all?.dropGone(view.all<Ballot>("ballot"));
    if (ballots.length === 0 || !isSecureContext) return;
    if (!this.all) return void this.bring();
    const online = this.phone.live.connection === "here";
    for (const ballot of ballots) {
      this.all.look(ballot, this.phone.vote(ballot), this.phone.motion(ballot), online);
    }
  }

  private async bring(): Promise<void> {
    const { me, live } = this.phone;
    const person = me?.person;
    if (this.coming || !person) return;
    this.coming = true;
    try {
      this.code = await import("../ballot/lazy.ts");
      const ports = await this.code.realPorts(
        (type, data) => live.submit(type, data),
        this.phone.kiosk !== null,
      );
      this.all = new this.code.StampedBallots(person, ports, this.phone.memory, this.changed);
      this.changed();
    } catch {
      // The network failed, or the browser keeps nothing: asked again with the next news.
      this.coming = false;
    }
  }

  /** A ballot that is up. */
  part(ballot: Ballot): TemplateResult {
    const { phone } = this;
    const frame = frameOf(phone);
    const motion = phone.motion(ballot);
    if (this.code && this.all)
      return this.code.stampedPart(this.all, frame, ballot, phone.vote(ballot), motion);
    return html`${frame.question(ballot)} ${frame.meaning(ballot, motion)}
      <p class="notice" role="status">${isSecureContext ? "One moment." : (phone.kiosk?.insecure ?? insecure(ballot))}</p>${frame.rule(ballot)}`;
  }

  /** The way of a ballot's paper into the box. */
  errand(ballot: Ballot): Errand | undefined {
    return this.all?.errand(ballot);
  }

  /** Whether its paper was confirmed and has no stamp yet. */
  isSending(ballot: Ballot): boolean {
    return this.all?.hand(ballot)?.sending === true;
  }

  /** What became of the own vote, beside the result. */
  check(ballot: Ballot): unknown {
    return this.code && this.all ? this.code.checkPart(this.all, ballot) : nothing;
  }
}

function insecure(ballot: Ballot): TemplateResult {
  const page = ballot.stamping?.page;
  const where = page
    ? html`Open <a href=${page}>${page}</a> on this phone and sign in with your code again`
    : "Ask a teller for the secure address";
  return html`You cannot vote here: this page came without encryption, and others on the Wi-Fi could read your choice. ${where}, or vote at a kiosk or on paper.`;
}
