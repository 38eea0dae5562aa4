// The tables' questions on one page: list, sharing of those that ask the same, and an answer for each.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { choices, connection, refusal, speaker, strips, turnedAway, typed } from "../desk/parts.ts";
import type { Question } from "../shared/questions.ts";
import { isWaiting } from "../shared/questions.ts";
import { signOut } from "../shared/sign-out.ts";
import { count, number } from "../shared/words.ts";
import type { Answering, Shown } from "./answering.ts";
import { card } from "./card.ts";

const SHOWN = [
  { value: "waiting", label: "Waiting" },
  { value: "mine", label: "Mine" },
  { value: "answered", label: "Answered" },
];
const ORDERS = [
  { value: "oldest", label: "Oldest first" },
  { value: "newest", label: "Newest first" },
];

function tools(work: Answering): TemplateResult {
  const { look } = work;
  const show = (shown: string) => work.change({ shown: shown as Shown });
  const sort = (order: string) => work.change({ order: order as "oldest" | "newest" });
  return html`<div class="tools">${choices("shown", "Show", SHOWN, look.shown, show)}
    ${choices("order", "In order", ORDERS, look.order, sort)}</div>`;
}

/** What was chosen because it asks the same, and the words in which it is shared. */
function sharing(work: Answering): TemplateResult | typeof nothing {
  const [first, ...others] = work.picked;
  if (!first) return nothing;
  const submit = (event: Event) => {
    event.preventDefault();
    void work.share();
  };
  const write = (event: Event) => {
    work.wording = typed(event);
  };
  return html`<form class="sharing" @submit=${submit} aria-label="Share one question">
    <p><b class="num">${number(others.length + 1)}</b> chosen. ${others.length === 0 ? "Choose another one that asks the same." : nothing}</p>
    ${
      others.length > 0
        ? html`<label class="field" for="shared"><span>In these words</span><textarea id="shared" rows="2"
          .value=${asTyped(work.wording ?? first.text)} @input=${write}></textarea></label><button class="btn">Share as one question</button>`
        : nothing
    }${refusal(work.page, "share")}</form>`;
}

function list(work: Answering): TemplateResult {
  const questions = work.listed;
  if (questions.length === 0) {
    const sentence =
      work.look.shown === "answered" ? "Nothing is answered yet." : "No question waits for you.";
    return html`<p class="quiet">${sentence}</p>`;
  }
  return html`<ol class="questions">${repeat(
    questions,
    (one: Question) => one.id,
    (one: Question) => card(work, one),
  )}</ol>`;
}

/** The page. */
export function questionsPage(work: Answering): TemplateResult {
  const { page } = work;
  if (page.live.connection === "ended") return turnedAway(page);
  if (!page.event) return html`<p class="waiting">Asking the centre what goes on.</p>`;
  const waiting = work.questions.filter(isWaiting).length;
  return html`${strips(page)}<header class="bar"><b class="name">${page.event.name}</b>
      <span class="num">${count(waiting, "question")} waiting</span>${connection(page)}</header>
    <div class="answering" data-home tabindex="-1"><h1>Questions of the tables</h1>${tools(work)}${sharing(work)}${list(work)}</div>
    <footer class="foot">${signOut()}</footer>${speaker(page)}`;
}
