// The stream of comments: filtered, unread first, standing still; worked through with single keys.
import { html, nothing, type TemplateResult } from "lit";
import type { Comment, Passage } from "../../shared/entities.ts";
import { changedText, kindMark } from "../../shared/marks.ts";
import { segments } from "../../shared/ops.ts";
import { passageOf } from "../../shared/programme.ts";
import {
  beingAnswered,
  count,
  kindOf,
  kindsOf,
  marksInWords,
  number,
  responsesInWords,
  strength,
  whereItIs,
} from "../../shared/words.ts";
import { keyHint, shortcut } from "../keys.ts";
import { type Doing, letterOf } from "../letters.ts";
import { part, refusal, select } from "../parts.ts";
import { again, HERE, markRead, pick, quote, takeOut } from "./acts.ts";
import { listbox } from "./listbox.ts";
import { makeOf } from "./motion-draft.ts";
import { isUnread } from "./stream.ts";
import { ANSWERED, type Shown, type Work } from "./work.ts";

const SHARES = [1, 2, 3, 4].flatMap((of) => Array.from({ length: of }, (_, i) => `${i + 1}/${of}`));

/** What the comment says: its words, and its change of wording as the table made it. */
export function words(work: Work, comment: Comment): TemplateResult {
  const passage = passageOf(work.page.view, comment.passage);
  const marked = comment.ops && passage ? segments(passage.text, comment.ops) : null;
  return html`${marked ? html`<span class="change">${changedText(marked)}</span>` : comment.english ? html`<span class="change">${comment.english}</span>` : nothing}
    ${comment.text ? html`<span class="words">${comment.text}</span>` : nothing}`;
}

function row(work: Work, comment: Comment): TemplateResult {
  const { event, view } = work.page;
  const where = comment.disposition || comment.theme_names.length > 0 ? whereItIs(comment) : "";
  const marks = marksInWords(comment.state === "conflict" ? [...comment.marks, "conflict"] : comment.marks);
  const answers = responsesInWords(comment.responses, true);
  const adds = comment.adds_to
    ? `adds to ${view.get<Comment>("comment", comment.adds_to)?.ref ?? "another point"}`
    : "";
  const ref = work.filters.passage ? "" : (passageOf(view, comment.passage)?.ref ?? "");
  return html`<span class="meta"><span class="tick" aria-hidden="true">${work.list.chosen.has(comment.id) ? "☑" : "☐"}</span>
      ${kindMark(kindOf(event, comment.kind))}<b class="num">${comment.ref}</b>${ref ? html`<span class="ref">${ref}</span>` : nothing}
      <span class="quiet num">${strength(comment)}</span>${isUnread(comment) ? html`<b class="unread">unread</b>` : nothing}</span>
    ${words(work, comment)}
    ${lineOf([where, comment.answered_by && beingAnswered(comment.answered_by), adds, ...marks, answers])}`;
}

function lineOf(parts: (string | null)[]): TemplateResult | typeof nothing {
  const said = parts.filter(Boolean);
  return said.length > 0 ? html`<span class="quiet">${said.join(" · ")}</span>` : nothing;
}

function filters(work: Work): TemplateResult {
  const { page } = work;
  const counts = new Map<string, number>();
  for (const one of work.comments) counts.set(one.passage, (counts.get(one.passage) ?? 0) + 1);
  const passages = page.view.all<Passage>("passage").sort((a, b) => a.position - b.position);
  const withComments = passages.filter((one) => counts.has(one.id) || one.id === work.filters.passage);
  const named = withComments.map((one) => ({
    value: one.id,
    label: `${one.ref} (${counts.get(one.id) ?? 0}) ${one.heading}`.slice(0, 60),
  }));
  const kinds = kindsOf(page.event).map((kind) => ({ value: kind.key, label: kind.label }));
  const shown = [
    { value: "all", label: "All" },
    { value: "unread", label: "Unread" },
    { value: "loose", label: "In no theme" },
    { value: "open", label: "Without an end" },
  ];
  const shares = SHARES.map((value) => ({
    value,
    label: value === "1/1" ? "All tables" : `Share ${value.replace("/", " of ")}`,
  }));
  return html`<div class="filters">
    ${select("f-passage", "Passage", [{ value: "", label: "All passages" }, ...named], work.filters.passage, (passage) => work.filter({ passage }))}
    ${select("f-kind", "Kind", [{ value: "", label: "All kinds" }, ...kinds], work.filters.kind, (kind) => work.filter({ kind }))}
    ${select("f-shown", "Show", shown, work.filters.shown, (value) => work.filter({ shown: value as Shown }))}
    ${select("f-answered", "Other tables say", [{ value: "", label: "Anything or nothing" }, ...ANSWERED], work.filters.answered, (answered) => work.filter({ answered }))}
    ${select("f-share", "Read by me", shares, work.filters.share, (share) => work.filter({ share }))}</div>`;
}

/** Begin a motion of what is chosen, or go on with the one that is begun. */
function compose(work: Work): void {
  makeOf(work, work.about());
  work.show("motions");
  work.focus("motion-title-field");
}

/** The passage that the list is about, to read beside what is said of it. */
function reading(work: Work): TemplateResult | typeof nothing {
  const { passage } = work;
  if (!passage) return nothing;
  return html`<details class="reading"><summary><b class="ref">${passage.ref}</b>${passage.heading ? ` ${passage.heading}` : ""}: read the passage</summary>
    <p>${passage.carried ?? passage.text}</p></details>`;
}

/** The same acts for a pointer as the letters give in the list. */
function tools(work: Work, chosen: number): TemplateResult {
  return html`<div class="toolbar"><span class="num">${chosen > 0 ? html`<b>${number(chosen)} chosen</b>` : "The one you are on"}</span>
    ${ACTS.map(
      ([doing, label, run]) =>
        html`<button type="button" class="btn small" @click=${() => run(work)}>${label}<kbd aria-hidden="true">${letterOf(doing).toUpperCase()}</kbd></button>`,
    )}</div>`;
}

/** What can be done to the comments that are chosen, else to the one that a person is on. */
const ACTS: [doing: Doing, label: string, run: (work: Work) => void][] = [
  ["read", "Read", (work) => void markRead(work, work.about())],
  ["into", "Into a theme", (work) => pick(work, work.about(), false)],
  ["fresh", "New theme", (work) => pick(work, work.about(), true)],
  ["again", "Same as the last", (work) => again(work, work.about())],
  ["out", "Take out", (work) => void takeOut(work, work.about())],
  ["quote", "Quote", (work) => quote(work, work.about()[0])],
  ["motion", "Motion", compose],
  ["end", "End", (work) => toEnds(work)],
];

function toEnds(work: Work): void {
  work.show("ends");
  work.focus("end-disposition");
}

function keysOf(work: Work): Record<string, () => void> {
  return Object.fromEntries(ACTS.map(([doing, , run]) => [letterOf(doing), () => run(work)]));
}

/** The left column. */
export function stream(work: Work): TemplateResult {
  const { rows, all, above } = work.listed();
  const unread = work.comments.filter(isUnread).length;
  const chosen = rows.filter((one) => work.list.chosen.has(one.id)).length;
  const list = listbox<Comment>({
    id: "comments",
    label: "Comments, unread first",
    rows,
    keyOf: (one) => one.id,
    draw: (one) => row(work, one),
    look: (one) => (isUnread(one) ? "is-unread" : ""),
    place: work.list,
    letter: "c",
    keys: keysOf(work),
    changed: () => work.page.redraw(),
  });
  const fresh = html`<button type="button" class="btn small above" data-key="u" aria-keyshortcuts=${shortcut("u")}
    aria-disabled=${above === 0} @click=${() => work.takeIn()}>${above > 0 ? html`<b class="num">${number(above)} new above</b>` : "Nothing new above"}${keyHint("u")}</button>
    <button type="button" class="btn small" @click=${() => work.settle()}>Unread first again</button>`;
  const body = html`${filters(work)}${reading(work)}${tools(work, chosen)}<div class="arriving">${fresh}<span class="quiet num">${count(all, "comment")} here</span></div>
    ${rows.length > 0 ? list : html`<p class="quiet empty">No comment here yet. They appear as the tables send them.</p>`}
    ${all > rows.length ? html`<p><button type="button" class="btn small" @click=${() => work.more()}>Show more of ${number(all)}</button></p>` : nothing}
    ${refusal(work.page, HERE)}`;
  return part("stream", html`Comments · <span class="num">${number(unread)} unread</span>`, body);
}
