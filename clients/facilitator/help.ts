// The table calls for help: kept on this laptop like everything else, with how the call stands in words.
import { html, nothing, type TemplateResult } from "lit";
import { callInWords, type HelpCall, isOpen } from "../shared/calls.ts";
import { newCommand } from "../shared/commands.ts";
import { newId } from "../shared/ids.ts";
import type { Entry } from "../shared/outbox.ts";
import { clock } from "../shared/words.ts";
import { hint, shortcut } from "./keyed.ts";
import type { Laptop } from "./laptop.ts";

const OTHERWISE = { label: "Something else", private: false };
/** A call that is over is told for this long. Units: milliseconds. */
const TOLD_FOR = 600_000;
/** What the centre has taken comes back as a call within this time. Units: milliseconds. */
const ON_ITS_WAY = 15_000;

interface Data {
  item: string;
  at: string;
}

export class Help {
  open = false;
  reason = "";
  words = "";
  private failed = "";

  constructor(private readonly laptop: Laptop) {}

  get reasons(): { label: string; private: boolean }[] {
    return this.laptop.facts.event?.help_reasons ?? [OTHERWISE];
  }

  /** The table's last call, while it is open or just over. */
  get call(): HelpCall | undefined {
    const { view } = this.laptop.live;
    const calls = view.all<HelpCall>("call").sort((a, b) => a.called.localeCompare(b.called));
    const last = calls.findLast(isOpen) ?? calls.at(-1);
    const over = last?.ended ? this.laptop.live.now() - Date.parse(last.ended) > TOLD_FOR : false;
    return over ? undefined : last;
  }

  /** What this laptop has called and the centre does not show yet. */
  get pending(): Entry[] {
    const known = new Set(
      this.laptop.live.view.all<HelpCall>("call").flatMap((call) => call.cries.map((c) => c.item)),
    );
    const back = new Set(
      this.sent("take-back-help").flatMap((entry) => (entry.command.data as { items: string[] }).items),
    );
    const now = Date.now();
    return this.sent("call-help").filter((entry) => {
      const { item } = entry.command.data as Data;
      const fresh = !entry.ack?.ok || now - (entry.arrived ?? 0) < ON_ITS_WAY;
      return fresh && !known.has(item) && !back.has(item);
    });
  }

  get mayTakeBack(): boolean {
    return this.pending.length > 0 || (this.call !== undefined && isOpen(this.call));
  }

  toggle(): void {
    this.open = !this.open;
    this.laptop.say("");
    const next = this.open ? "#help input" : "#help-button";
    document.querySelector<HTMLElement>(next)?.focus();
  }

  /** How the last call stands, in words. */
  get sentence(): string {
    const zone = this.laptop.facts.event?.zone;
    const [first] = this.pending;
    if (this.failed) return this.failed;
    if (first?.ack?.refusal) return `The centre did not take the call: ${first.ack.refusal.sentence}`;
    if (first && !first.ack?.ok && this.laptop.live.connection !== "here") {
      const at = clock((first.command.data as Data).at, zone);
      return `Called ${at} · kept on this laptop, not at the centre yet. If it cannot wait, go and fetch somebody.`;
    }
    if (first) return `Called ${clock((first.command.data as Data).at, zone)} · on its way to the centre`;
    return this.call ? callInWords(this.call, zone) : "";
  }

  /** Keep the call on this laptop, then send it. */
  async cry(): Promise<void> {
    const { laptop } = this;
    const at = new Date(laptop.live.now()).toISOString();
    const reason = this.reason || OTHERWISE.label;
    const data = { item: newId(), reason, words: this.words.trim(), at };
    if (await this.keep(newCommand("call-help", data))) {
      Object.assign(this, { open: false, reason: "", words: "" });
      laptop.say("Help is called.");
      document.querySelector<HTMLElement>("#help-button")?.focus();
    }
  }

  /** Nobody needs to come any more. */
  async takeBack(): Promise<void> {
    const called =
      this.call && isOpen(this.call) ? this.call.cries.filter((c) => !c.back).map((c) => c.item) : [];
    const items = [...called, ...this.pending.map((entry) => (entry.command.data as Data).item)];
    if (items.length === 0) return;
    if (await this.keep(newCommand("take-back-help", { items }))) this.laptop.say("The call is taken back.");
  }

  private async keep(command: ReturnType<typeof newCommand>): Promise<boolean> {
    try {
      await this.laptop.outbox.enclose(this.laptop.facts.table, command);
      this.failed = "";
    } catch {
      this.failed = "This laptop could not keep the call. Go and fetch somebody.";
      this.laptop.say(this.failed);
    }
    return this.failed === "";
  }

  private sent(type: string): Entry[] {
    return this.laptop.outbox.entries.filter((entry) => entry.command.type === type);
  }
}

/** The button in the head of the page, and how the call stands. */
export function helpHead(laptop: Laptop): TemplateResult {
  const { help } = laptop;
  return html`<div class="help-line">
    <button id="help-button" class="btn small" aria-expanded=${help.open} aria-keyshortcuts=${shortcut("help")}
      @click=${() => help.toggle()}>Call for help ${hint("help")}</button>
    <p class="help-state num" role="status">${help.sentence}</p>
    ${help.mayTakeBack ? html`<button class="btn small" @click=${() => void help.takeBack()}>Take the call back</button>` : nothing}
    ${help.open ? form(help, laptop) : nothing}
  </div>`;
}

function form(help: Help, laptop: Laptop): TemplateResult {
  const submit = (event: Event) => {
    event.preventDefault();
    void help.cry();
  };
  const reason = (one: {
    label: string;
    private: boolean;
  }) => html`<label class="reason"><input type="radio" name="reason" required
      .checked=${help.reason === one.label} @change=${() => {
        help.reason = one.label;
        laptop.say("");
      }} /> <span>${one.label}${one.private ? html`<small>Private: only the area facilitator, the clerk and the chair read this.</small>` : nothing}</span></label>`;
  return html`<form id="help" class="help" @submit=${submit}>
    <fieldset><legend>What do you need help with?</legend>${help.reasons.map(reason)}</fieldset>
    <label class="help-words" for="help-words">In your own words, if you like</label>
    <input id="help-words" maxlength="400" autocomplete="off" .value=${help.words} @input=${(
      event: Event,
    ) => {
      help.words = (event.target as HTMLInputElement).value;
    }} />
    <p class="help-acts"><button class="btn main">Call for help</button>
      <button type="button" class="btn" @click=${() => help.toggle()}>Not now</button></p>
  </form>`;
}
