// A paper that says more than one thing while it is filled in: its marks, its one text, and in words what it lacks.
import type { Ballot } from "../../shared/entities.ts";
import { list } from "../../shared/words.ts";

/** What stands beside each option: a tick, a place, a strength or points, as typed. */
export type Marks = Record<string, string>;
/** What can be said instead of marking options. */
export type Instead = "" | "none" | "abstain";

/** `text` for the box, null while something is `lacking`; `says` reads the paper back, `short` is for the button. */
export interface Reading {
  text: string | null;
  lacking: string;
  says: string;
  short: string;
}

/** A paper in somebody's hand, stamped or not, that takes what was filled in as its one text. */
export interface Held {
  readonly ballot: Ballot;
  choice: string | null;
  fill(read: Reading, byHand?: boolean): void;
}

const PLACES = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
  "seventh",
  "eighth",
  "ninth",
  "tenth",
];

/** "first"; beyond the tenth in figures. */
export function placeWord(place: number): string {
  return PLACES[place - 1] ?? `${place}th`;
}

export class Filling {
  marks: Marks = {};
  instead: Instead = "";

  constructor(
    readonly ballot: Ballot,
    text: string | null,
  ) {
    if (text === "none" || text === "abstain") this.instead = text;
    else if (text) this.marks = marksOf(ballot, text);
  }

  get options(): Ballot["options"] {
    return this.ballot.options.filter((option) => option.key !== "abstain");
  }

  get read(): Reading {
    if (this.instead === "abstain") return done("abstain", "You abstain.", "Abstain");
    if (this.instead === "none") return done("none", "You approve none of them.", "None of these");
    if (this.ballot.form === "approve-any") return this.approvals();
    if (this.ballot.form === "rank") return this.ranking();
    return this.ballot.form === "points" ? this.points() : this.strengths();
  }

  private get marked(): Ballot["options"] {
    return this.options.filter((option) => (this.marks[option.key] ?? "") !== "");
  }

  private approvals(): Reading {
    const { marked } = this;
    if (marked.length === 0) return lacks("Tick what you approve, or say that it is none of these.", "");
    const text = marked.map((option) => option.key).join("+");
    return done(
      text,
      `You approve ${list(marked.map((option) => option.label))}.`,
      `${marked.length} approved`,
    );
  }

  private ranking(): Reading {
    const place = (key: string) => Number(this.marks[key]);
    const order = this.marked.sort((a, b) => place(a.key) - place(b.key));
    if (order.length === 0) return lacks("Say at least which is first.", "");
    const level = order.filter((one) =>
      order.some((two) => one !== two && place(one.key) === place(two.key)),
    );
    if (level[0]) {
      const same = level.filter((one) => place(one.key) === place(level[0]?.key ?? ""));
      const names = list(same.map((one) => one.label));
      const both = same.length === 2 ? "both" : "all";
      return lacks(`${names} are ${both} ${placeWord(place(level[0].key))}. Give each place once.`);
    }
    const read = order.map((one, at) => `${at + 1} ${one.label}`).join(", ");
    const text = order.map((one) => one.key).join(">");
    return done(text, `Your order: ${read}.`, `${order.length} of ${this.options.length} ranked`);
  }

  private strengths(): Reading {
    const { marked } = this;
    if (marked.length === 0) return lacks("Rate at least one.", "");
    const said = `You rated ${marked.length} of ${this.options.length}.`;
    return done(this.pairs(marked), said, `${marked.length} rated`);
  }

  private points(): Reading {
    const whole = this.ballot.points ?? 0;
    const odd = this.marked.find((option) => !/^\d{1,3}$/.test((this.marks[option.key] ?? "").trim()));
    if (odd) return lacks(`The points for ${odd.label} are no whole number.`);
    const given = this.marked.filter((option) => Number(this.marks[option.key]) > 0);
    const spent = given.reduce((sum, option) => sum + Number(this.marks[option.key]), 0);
    if (spent > whole) return lacks(`You spent ${spent} of ${whole} points. Take ${spent - whole} back.`);
    const left = `${whole - spent} of ${whole} left.`;
    if (spent === 0) return lacks("Give at least one point.", left);
    return done(this.pairs(given), left, `${spent} of ${whole} points`);
  }

  private pairs(given: Ballot["options"]): string {
    return given.map(({ key }) => `${key}:${Number(this.marks[key])}`).join(",");
  }
}

function done(text: string, says: string, short: string): Reading {
  return { text, lacking: "", says, short };
}

function lacks(lacking: string, says = lacking): Reading {
  return { text: null, lacking, says, short: "" };
}

/** The marks from which a text was made. */
function marksOf(ballot: Ballot, text: string): Marks {
  if (ballot.form === "approve-any") return Object.fromEntries(text.split("+").map((key) => [key, "1"]));
  if (ballot.form === "rank")
    return Object.fromEntries(text.split(">").map((key, at) => [key, String(at + 1)]));
  return Object.fromEntries(text.split(",").map((pair) => pair.split(":") as [string, string]));
}
