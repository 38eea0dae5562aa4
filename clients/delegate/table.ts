// What became of the table's points, and a way to say that one is missing.
import { html, nothing, type TemplateResult } from "lit";
import type { Comment, Item } from "../shared/entities.ts";
import { kindMark } from "../shared/marks.ts";
import { passageOf } from "../shared/programme.ts";
import { byRound, dayInWords } from "../shared/table-day.ts";
import {
  beingAnswered,
  kindOf,
  missingInWords,
  number,
  responsesInWords,
  saying,
  storyLink,
  strength,
  whereItIs,
} from "../shared/words.ts";
import type { Phone } from "./phone.ts";

const FIRST = 4;

/** The own table's points, newest first. */
export function tablePart(phone: Phone): unknown {
  if (phone.table === null || phone.event?.features.seating === false) return nothing;
  const comments = phone.comments;
  const rounds = byRound(comments, (comment) => comment.item, phone.live.view.all<Item>("item"));
  const one = (comment: Comment) => oneComment(phone, comment);
  return html`<section class="mine" aria-labelledby="mine-title">
    <h2 id="mine-title">What became of table ${phone.table}’s points</h2>
    ${comments.length === 0 ? html`<p class="quiet">Your table has said nothing yet.</p>` : html`<p>${dayInWords(comments)}.</p><ul>${comments.slice(0, FIRST).map(one)}</ul>`}
    ${comments.length > FIRST ? html`<details><summary>The whole day (${number(comments.length)})</summary>${rounds.map(({ title, points }) => html`<h3>${title}</h3><ul>${points.map(one)}</ul>`)}</details>` : nothing}
    ${mayMiss(phone) ? html`<p><a href="#point">Our point is missing</a></p>` : nothing}
  </section>`;
}

function oneComment(phone: Phone, comment: Comment): TemplateResult {
  const gone = comment.state === "withdrawn";
  const passage = passageOf(phone.live.view, comment.passage);
  return html`<li>${kindMark(kindOf(phone.event, comment.kind))}
    <p>${saying(comment)}</p>
    <p class="quiet">${[passage?.ref, strength(comment), responsesInWords(comment.responses, true)].filter(Boolean).join(" · ")}</p>
    <p class="quiet">${comment.ref ? html`<a href=${storyLink(comment.ref)} aria-label="The story of ${comment.ref}">${comment.ref}</a> · ` : nothing}${gone ? "withdrawn by your table" : [whereItIs(comment), comment.answered_by && beingAnswered(comment.answered_by)].filter(Boolean).join(" · ")}</p></li>`;
}

function mayMiss(phone: Phone): boolean {
  const { event } = phone;
  const mayAsk = phone.me?.roles.includes("delegate") ?? false;
  return mayAsk && event?.features.themes !== false && event?.phase !== "before";
}

/** "Our point is missing": a form that keeps its words, and what became of earlier ones. */
export function missingPart(phone: Phone): unknown {
  if (!mayMiss(phone)) return nothing;
  return html`<section class="missing" aria-labelledby="missing-title">
    <h2 id="missing-title">Is your point missing?</h2>
    <form @submit=${(event: Event) => send(event, phone)}>
      <label for="point">What has nobody said yet?</label>
      <textarea id="point" rows="3" maxlength="2000" ?readonly=${phone.sending} .value=${phone.point}
        @input=${(event: Event) => phone.writePoint((event.target as HTMLTextAreaElement).value)}></textarea>
      ${about(phone)}
      <button class="btn wide" aria-disabled=${phone.sending}>${phone.sending ? "On its way" : "Tell the theme team"}</button>
      <p class="told" role="status">${phone.notice}</p>
    </form>
    <ul>${phone.missing.map((missing) => html`<li><p>${missing.text}</p><p class="quiet">${missingInWords(missing)}</p></li>`)}</ul>
  </section>`;
}

function about(phone: Phone): unknown {
  const passages = phone.tracks.flatMap((track) => phone.passagesOf(phone.nowIn(track).now));
  if (passages.length === 0) return nothing;
  return html`<label for="about">About</label>
    <select id="about" @change=${(event: Event) => {
      phone.pointPassage = (event.target as HTMLSelectElement).value;
    }}>
      <option value="">No particular passage</option>
      ${passages.map((passage) => html`<option value=${passage.id}>${passage.ref} ${passage.heading}</option>`)}
    </select>`;
}

function send(event: Event, phone: Phone): void {
  event.preventDefault();
  void phone.sendPoint();
}
