// What the voice says by itself: a new page from its top, and news in between, after what is being said.
import type { Cursor } from "./cursor.ts";
import { isField, stopsOf, textOf } from "./reading.ts";
import type { Voice } from "./voice.ts";

const NEWS = "[role=status], [role=alert]";
/** A page that turned so soon after a key turned because of it. Units: milliseconds. */
const ANSWERED_WITHIN = 1_500;

export class Teller {
  private face = "";
  private pressed = Number.NEGATIVE_INFINITY;
  private readonly told = new WeakMap<Element, string>();

  constructor(
    private readonly root: HTMLElement,
    private readonly voice: Voice,
    private readonly cursor: Cursor,
  ) {
    addEventListener("keydown", () => this.note(), { capture: true });
    addEventListener("pointerdown", () => this.note(), { capture: true });
    const seen = new MutationObserver((changes) => this.news(changes));
    seen.observe(root, { subtree: true, childList: true, characterData: true });
  }

  private note(): void {
    this.pressed = performance.now();
  }

  /** After each drawing: another page is told from its top. */
  look(): void {
    const question = textOf(this.root.querySelector("#question"));
    if (!question) return;
    const form = this.root.querySelector("fieldset :is(input, select)") ? "form" : "";
    const face = `${question} ${form}`;
    if (face === this.face) return;
    this.face = face;
    this.cursor.beforeTheFields();
    this.tell(performance.now() - this.pressed < ANSWERED_WITHIN);
  }

  /** Everything above the first field, and what comes then. */
  tell(now: boolean): void {
    this.cursor.beforeTheFields();
    const stops = stopsOf(this.root);
    const first = stops.findIndex((stop) => isField(stop));
    const above = (first < 0 ? stops : stops.slice(0, first)).filter((stop) => !stop.closest(".top"));
    const texts = above.map((stop) => sentence(textOf(stop)));
    for (const news of this.root.querySelectorAll(NEWS)) this.told.set(news, textOf(news));
    const words = [...texts, this.next(stops)].join(" ");
    if (now) this.voice.say(words);
    else this.voice.add(words);
  }

  private next(stops: HTMLElement[]): string {
    const fields = stops.filter((stop) => stop.closest("fieldset") && stop.matches("input, select"));
    if (fields.length > 0)
      return `${fields.length} answers. Arrow down goes through them, Enter chooses. F1 tells the keys.`;
    if (this.root.querySelector("#code"))
      return "Type the code of your badge, then press Enter. F1 tells the keys.";
    return "Arrow down goes on.";
  }

  private news(changes: MutationRecord[]): void {
    const places = new Set<Element>();
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const place = element?.closest(NEWS);
      if (place) places.add(place);
      for (const inner of element?.querySelectorAll(NEWS) ?? []) places.add(inner);
    }
    for (const place of places) {
      const words = textOf(place);
      if (this.told.get(place) === words) continue;
      this.told.set(place, words);
      this.voice.add(words);
    }
  }
}

function sentence(text: string): string {
  return /[.!?:][”"’)]*$/.test(text) ? text : `${text}.`;
}
