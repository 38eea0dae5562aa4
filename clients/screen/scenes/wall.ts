// The wall: comments as they arrive, each kept in its place long enough to be read; all of them counted.
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Comment, EventFacts } from "../../shared/entities.ts";
import { kindMark } from "../../shared/marks.ts";
import { answerOnWall, type Question } from "../../shared/questions.ts";
import { count, kindOf, kindsOf, number, saying } from "../../shared/words.ts";
import { type Scene, timer } from "../frame.ts";
import { type Slot, Wall } from "../slots.ts";
import { commentsOn, type Stage, saidOn, type Tally } from "../stage.ts";

const PLACES = 6;

let wall = new Wall<Comment>(PLACES);
let shown = "";

/** The same wall as long as the scene speaks of the same passages. */
function wallOf(stage: Stage): Wall<Comment> {
  const about = stage.passages.map((passage) => passage.id).join(" ");
  if (about !== shown) {
    shown = about;
    wall = new Wall<Comment>(PLACES);
  }
  return wall;
}

/** The comments in the wall's places now. */
export function onWall(): Set<string> {
  return new Set(wall.slots.flatMap((slot) => slot?.comment.id ?? []));
}

function place(slot: Slot<Comment> | null, event: EventFacts | undefined): TemplateResult {
  if (!slot) return html`<li class="place empty"></li>`;
  const comment = slot.comment;
  const kind = kindOf(event, comment.kind);
  const table = event?.names_tables && comment.table !== null ? `Table ${comment.table}` : "";
  return html`<li class="place">
    ${keyed(
      comment.id,
      html`<article class="said">
        <p class="by">${kindMark(kind)}<span>${table}</span></p>
        <p class="words">${saying(comment)}</p>
      </article>`,
    )}
  </li>`;
}

/** "+ Support 112  ! Concern 80": how many of each kind. */
function tally(said: Tally, event: EventFacts | undefined): TemplateResult {
  return html`<ul class="tally" data-levels="1">
    ${kindsOf(event).map((kind) => html`<li>${kindMark(kind)} <b class="num">${number(said.kinds[kind.key] ?? 0)}</b></li>`)}
  </ul>`;
}

/** An answer that the chair put up takes the place of the comments until it is taken off. */
function answerOn(question: Question): Scene {
  return {
    left: html`<h1>Answered</h1>`,
    body: html`<article class="wall-answer" data-fit="4.2 7"><h2 class="asked">${question.text}</h2>
      <p class="answered">${question.published}</p></article>`,
    foot: html`<span class="num">${count(question.tables, "table")}</span> asked, and ${question.tables === 1 ? "has" : "have"} the whole answer`,
  };
}

/** The scene of comments arriving. */
export function wallScene(stage: Stage): Scene {
  const comments = commentsOn(stage);
  const documents = [...new Set(stage.passages.map((passage) => passage.document))];
  const answer = answerOnWall(stage.view.all<Question>("question"), documents);
  if (answer) return answerOn(answer);
  const current = wallOf(stage);
  current.take(comments, stage.now);
  const [first, ...rest] = stage.passages;
  const about = first
    ? html`<b class="ref">${first.ref}</b> ${rest.length > 0 ? `and ${count(rest.length, "other passage")}` : first.heading}`
    : nothing;
  const said = saidOn(stage);
  const empty = comments.length === 0;
  return {
    left: html`<h1>${about}</h1>`,
    right: timer(stage),
    body: empty
      ? html`<p class="title waiting">No comments yet. The first will stand here.</p>`
      : html`<ul class="places">${current.slots.map((slot) => place(slot, stage.event))}</ul>`,
    foot: empty ? nothing : tally(said, stage.event),
    footRight: empty ? nothing : html`<b class="num">${number(said.n)}</b> in all`,
  };
}
