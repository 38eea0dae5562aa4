// Who writes for this table: this laptop, or another one after a hand-over, which takes the draft along.
import type { HandedDraft, Writing as Hands } from "../shared/entities.ts";
import { newId } from "../shared/ids.ts";
import { type Draft, emptyDraft, isEmpty } from "./draft.ts";
import type { Laptop } from "./laptop.ts";

export class Writing {
  /** What was handed over and taken into this field already. */
  private taken = new Set<string>();

  constructor(private readonly laptop: Laptop) {}

  get hands(): Hands | undefined {
    return this.laptop.live.view.all<Hands>("writing")[0];
  }

  /** Null while nobody has handed anything over, or this laptop writes. */
  get elsewhere(): "given" | "taken" | null {
    const { hands, own } = this;
    if (!hands || hands.laptop === own) return null;
    if (hands.laptop !== null) return "taken";
    return hands.giver === own ? "given" : null;
  }

  /** The draft that waits for a laptop of this table, unless it has become a point. */
  get offered(): HandedDraft | null {
    const { hands, own } = this;
    const draft = hands?.draft ?? null;
    if (!hands || !draft || this.taken.has(draft.item)) return null;
    const isForUs = hands.laptop === own || (hands.laptop === null && hands.giver !== own);
    const isSent = this.laptop.rows.some((row) => row.id === draft.item);
    return isForUs && !isSent && this.laptop.draft.item !== draft.item ? draft : null;
  }

  /** Give the writing away, the draft with it; it leaves this field only once the centre has it. */
  async handOver(): Promise<void> {
    const { laptop } = this;
    const item = laptop.draft.item ?? newId();
    if (!isEmpty(laptop.draft)) laptop.change({ item });
    const { draft } = laptop;
    const given = isEmpty(draft) ? null : handed(draft, item, laptop.passage?.id ?? null);
    if (given) this.taken.delete(item);
    if (!(await this.tell(false, given))) return;
    if (given && laptop.draft === draft) laptop.begin(draft.aside ?? emptyDraft(draft.passage));
    laptop.say("Handed over. The other laptop of this table goes on with the draft.");
  }

  /** Write on this laptop from now on, with the draft that was handed over. */
  async take(): Promise<void> {
    if (await this.tell(true, null)) this.laptop.say("This laptop writes for the table now.");
  }

  /** Put a draft that was handed over into an empty field; a field in use keeps its words. */
  async receive(): Promise<void> {
    const { offered } = this;
    if (!offered || !this.laptop.memory.ready || !isEmpty(this.laptop.draft)) return;
    await this.pickUp();
  }

  /** Take the draft that was handed over; what was being typed here waits aside. */
  async pickUp(): Promise<void> {
    const { offered, hands, own } = this;
    if (!offered) return;
    this.taken.add(offered.item);
    const { draft } = this.laptop;
    const aside = isEmpty(draft) ? draft.aside : draft;
    const { adds_to, ...rest } = offered;
    this.laptop.begin({ ...emptyDraft(), ...rest, addsTo: adds_to, aside });
    if (hands?.laptop !== own) await this.take();
  }

  private get own(): string {
    return this.laptop.memory.kept.device;
  }

  /** Whether the centre has heard it; if not, the page says why and everything stays as it was. */
  private async tell(takes: boolean, draft: HandedDraft | null): Promise<boolean> {
    const { live } = this.laptop;
    if (live.connection !== "here") {
      this.laptop.say("No connection: nothing was handed over, and the draft stays here.");
      return false;
    }
    const ack = await live.submit("hand-over-writing", { laptop: this.own, takes, draft });
    if (!ack.ok) this.laptop.say(`${ack.refusal?.sentence ?? ""} The draft stays here.`.trim());
    return ack.ok;
  }
}

function handed(draft: Draft, item: string, passage: string | null): HandedDraft {
  const { kind, text, wording, agree, against, minority, parent, addsTo } = draft;
  return { item, passage, kind, text, wording, agree, against, minority, parent, adds_to: addsTo };
}
