// What one reader of the theme team is doing: filters, the list in its order, what is chosen, the panel in view.
import type { Comment, Passage, Response, Theme } from "../../shared/entities.ts";
import { passageOf } from "../../shared/programme.ts";
import { keep, kept } from "../../shared/remember.ts";
import type { Page } from "../page.ts";
import { Place } from "./listbox.ts";
import { Stream } from "./stream.ts";

export type Panel = "themes" | "motions" | "ends" | "missing" | "submissions";
export type Shown = "all" | "unread" | "loose" | "open";

const FIRST = 200;
/** A list shorter than this takes what comes, while nobody works in it: there is nothing yet to lose one's place in. */
const SHORT = 8;

/** What other tables answered, and from how many tables on it counts. */
export const ANSWERED: { value: string; response: Response; label: string }[] = [
  ...[1, 2, 3, 5].map((tables) => ({
    value: `ours-too/${tables}`,
    response: "ours-too" as const,
    label: `“Ours too” by ${tables === 1 ? "any" : `${tables} or more`}`,
  })),
  { value: "we-differ/1", response: "we-differ", label: "“We differ” by any" },
  { value: "adds/1", response: "adds", label: "Added to by any" },
];

/** Whether so many tables answered in this way; with no such wish, always. */
export function isAnswered(comment: Pick<Comment, "responses">, wish: string): boolean {
  const found = ANSWERED.find((one) => one.value === wish);
  if (!found) return true;
  const least = Number(found.value.split("/")[1]);
  return comment.responses.filter((one) => one.response === found.response).length >= least;
}

interface Filters {
  passage: string;
  kind: string;
  shown: Shown;
  /** One of ANSWERED; empty where it does not matter. */
  answered: string;
  /** "2/3": the second of three readers, by table number. */
  share: string;
}

const NONE: Filters = { passage: "", kind: "", shown: "all", answered: "", share: "1/1" };

export class Work {
  readonly filters: Filters = kept("themes-filters", NONE);
  readonly list = new Place();
  readonly members = new Place();
  readonly groups = new Place();
  readonly papers = new Place();
  panel: Panel = "themes";
  /** What the picker is choosing a theme for; null while it is closed. */
  picking: { comments: string[]; fresh: boolean; back: string } | null = null;
  /** The theme that comments were put into last. */
  last: string | null = null;
  limit = FIRST;

  private stream = new Stream();
  private settledFor = "";

  constructor(readonly page: Page) {}

  get passage(): Passage | undefined {
    return passageOf(this.page.view, this.filters.passage);
  }

  /** Comments that count: corrected and withdrawn ones are history. */
  get comments(): Comment[] {
    return this.page.view
      .all<Comment>("comment")
      .filter((one) => one.state === "current" || one.state === "conflict");
  }

  private matches(one: Comment): boolean {
    const { passage, kind, share } = this.filters;
    const [mine, of] = share.split("/").map(Number);
    if (passage && one.passage !== passage) return false;
    if (kind && one.kind !== kind) return false;
    return !of || of < 2 || (one.table ?? 0) % of === (mine ?? 1) % of;
  }

  /** What the choice "show" leaves; judged when the list is put in order, so that nothing vanishes while it is read. */
  private isShown(one: Comment): boolean {
    const { shown, answered } = this.filters;
    if (!isAnswered(one, answered)) return false;
    if (shown === "unread") return (one.station ?? "received") === "received" && !one.disposition;
    if (shown === "loose") return one.themes.length === 0 && !one.disposition;
    return shown === "all" || !one.disposition;
  }

  private current(): Comment[] {
    const mine = this.comments.filter((one) => this.matches(one));
    const key = JSON.stringify(this.filters);
    if (key !== this.settledFor) {
      this.settledFor = key;
      this.stream.settle(mine.filter((one) => this.isShown(one)));
      this.limit = FIRST;
    }
    this.stream.follow(mine.filter((one) => this.isShown(one) || one.parent));
    if (this.stream.order.length < SHORT && this.isIdle())
      this.stream.takeIn(mine.filter((one) => this.isShown(one)));
    return mine;
  }

  private isIdle(): boolean {
    return this.list.chosen.size === 0 && document.activeElement?.id !== "comments";
  }

  /** The list as it stands, and how many wait above it. */
  listed(): { rows: Comment[]; all: number; above: number } {
    const mine = this.current();
    const rows = this.stream.rows(mine);
    const above = this.stream.above(mine.filter((one) => this.isShown(one))).length;
    return { rows: rows.slice(0, this.limit), all: rows.length, above };
  }

  takeIn(): void {
    const mine = this.current();
    const n = this.stream.takeIn(mine.filter((one) => this.isShown(one)));
    this.limit += n;
    this.page.redraw();
  }

  /** Put the list in order anew: unread first. */
  settle(): void {
    this.settledFor = "";
    this.page.redraw();
  }

  filter(change: Partial<Filters>): void {
    Object.assign(this.filters, change);
    keep("themes-filters", this.filters);
    this.list.chosen.clear();
    this.page.redraw();
  }

  more(): void {
    this.limit += FIRST;
    this.page.redraw();
  }

  show(panel: Panel): void {
    this.panel = panel;
    this.page.redraw();
  }

  /** Comments that an act in the list is about. */
  about(): string[] {
    return this.list.about(this.listed().rows.map((one) => one.id));
  }

  /** Themes of the passage in view, else all: the widest first. */
  get themes(): Theme[] {
    const { passage } = this.filters;
    return this.page.view
      .all<Theme>("theme")
      .filter((theme) => !passage || theme.passage === passage || theme.passage === null)
      .sort((a, b) => b.tables - a.tables || b.comments - a.comments || a.position - b.position);
  }

  /** Put the focus somewhere once the page is drawn. */
  focus(id: string): void {
    this.page.redraw();
    document.getElementById(id)?.focus();
  }
}
