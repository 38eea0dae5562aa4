// A desk page: what it knows, what it has asked the hub to do, and when it is drawn anew.
import { render, type TemplateResult } from "lit";
import { useAccent } from "../shared/accent.ts";
import type { Ack, Refusal } from "../shared/commands.ts";
import type { EventFacts } from "../shared/entities.ts";
import { newId } from "../shared/ids.ts";
import { Live, type View } from "../shared/live.ts";
import { eventOf } from "../shared/programme.ts";

/** A desk is read, not watched: it is drawn at most this often. Units: milliseconds. */
const CALM = 200;

export class Page {
  readonly live = new Live();
  /** What the last act at a place of the page was refused for. */
  readonly refusals = new Map<string, Refusal>();
  readonly busy = new Set<string>();
  /** The sentence that screen readers hear next. */
  said = "";

  private waiting = 0;
  private drawn = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly draw: (page: Page) => TemplateResult,
  ) {
    this.live.onChange(() => this.soon());
  }

  get view(): View {
    return this.live.view;
  }

  get now(): number {
    return this.live.now();
  }

  get event(): EventFacts | undefined {
    return eventOf(this.view);
  }

  start(): void {
    this.live.start();
    setInterval(() => this.soon(), 1_000);
    this.redraw();
  }

  /** Draw at once: the person here did something. */
  redraw(): void {
    clearTimeout(this.waiting);
    this.waiting = 0;
    this.drawn = performance.now();
    const before = document.activeElement;
    const home = before?.closest<HTMLElement>("[data-home]");
    useAccent(this.event?.accent);
    render(this.draw(this), this.root);
    // A control that an act took away hands the focus to its own part of the page, never to the top.
    if (before && before !== document.body && !before.isConnected && home?.isConnected) home.focus();
  }

  /** Draw when the last picture was up for a moment: something arrived. */
  soon(): void {
    if (this.waiting) return;
    const rest = Math.max(0, CALM - (performance.now() - this.drawn));
    this.waiting = window.setTimeout(() => this.redraw(), rest);
  }

  say(sentence: string): void {
    this.said = sentence;
    this.soon();
  }

  /** Asks the hub to do something, once at a time for each place; a refusal is shown at that place and said. */
  async send(place: string, type: string, data: object): Promise<Ack | null> {
    if (this.busy.has(place)) return null;
    this.busy.add(place);
    this.soon();
    const ack = await this.ask(place, type, data);
    this.busy.delete(place);
    this.redraw();
    return ack;
  }

  /** The same without waiting for the act before it: for those who work faster than the network. */
  async ask(place: string, type: string, data: object): Promise<Ack> {
    this.refusals.delete(place);
    const ack = await this.live.submit(type, data);
    if (!ack.ok && ack.refusal) {
      this.refusals.set(place, ack.refusal);
      this.said = ack.refusal.sentence;
    }
    this.soon();
    return ack;
  }

  newId(): string {
    return newId(this.now);
  }
}
