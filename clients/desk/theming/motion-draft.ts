// Writing a motion: its effect, its words against the passage as it reads now, and everything that it was made from.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import { amendmentEnglish } from "../../shared/english.ts";
import type { Motion, Passage, Submission, Theme } from "../../shared/entities.ts";
import { changedText } from "../../shared/marks.ts";
import { diffOps, segments } from "../../shared/ops.ts";
import { passageOf } from "../../shared/programme.ts";
import { keep, kept } from "../../shared/remember.ts";
import { count } from "../../shared/words.ts";
import { choices, refusal, select, typed } from "../parts.ts";
import type { Work } from "./work.ts";

type Effect = Motion["effect"];

interface Draft {
  passage: string;
  effect: Effect;
  title: string;
  /** What was typed; null while the passage's own words stand. */
  text: string | null;
  comments: string[];
  themes: string[];
  submissions: string[];
  amends: string;
}

const EMPTY: Draft = {
  passage: "",
  effect: "replace",
  title: "",
  text: null,
  comments: [],
  themes: [],
  submissions: [],
  amends: "",
};
const PLACE = "motion draft";
const EFFECTS: { value: Effect; label: string }[] = [
  { value: "replace", label: "Changes the passage" },
  { value: "insert-after", label: "Adds after it" },
  { value: "delete", label: "Takes it out" },
  { value: "state", label: "States something" },
];

let draft: Draft = kept("motion-draft", EMPTY);

export function change(work: Work, part: Partial<Draft>): void {
  draft = { ...draft, ...part };
  keep("motion-draft", draft);
  work.page.redraw();
}

/** Take comments into the draft as its sources; its passage is theirs while none is chosen. */
export function makeOf(work: Work, ids: string[]): void {
  const passage =
    draft.passage || work.page.view.get<{ passage: string }>("comment", ids[0] ?? "")?.passage || "";
  change(work, { passage, comments: [...new Set([...draft.comments, ...ids])] });
}

/** The words that a motion on this passage starts from: as carried, else as the NPF wrote it. */
export function baseOf(passage: Passage | undefined): string {
  return passage ? (passage.carried ?? (passage.text || passage.heading)) : "";
}

function passageFor(work: Work): Passage | undefined {
  return passageOf(work.page.view, draft.passage) ?? work.passage;
}

function amended(work: Work): Motion | undefined {
  return work.page.view.get<Motion>("motion", draft.amends);
}

/** The change as the hall will see it, and as a chair will say it. */
export function preview(effect: Effect, ref: string, base: string, text: string): TemplateResult {
  if (effect === "delete")
    return html`<p class="preview"><del>${base}</del></p><p class="quiet">Delete ${ref}.</p>`;
  if (effect === "insert-after")
    return html`<p class="preview"><ins>${text || "…"}</ins></p><p class="quiet">After ${ref} insert “${text.trim()}”.</p>`;
  if (effect === "state")
    return html`<p class="preview">${text || "…"}</p><p class="quiet">No text of the document changes.</p>`;
  const ops = diffOps(base, text);
  const marked = segments(base, ops) ?? [];
  return html`<p class="preview">${changedText(marked)}</p><p class="quiet">${amendmentEnglish(ref, base, ops)}</p>`;
}

function picks<T extends { id: string }>(
  legend: string,
  all: T[],
  chosen: string[],
  label: (one: T) => unknown,
  set: (ids: string[]) => void,
): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  const flip = (id: string) =>
    set(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return html`<fieldset class="picks"><legend>${legend}</legend>${all.map(
    (one) =>
      html`<label><input type="checkbox" .checked=${asTyped(chosen.includes(one.id))} @change=${() => flip(one.id)}> ${label(one)}</label>`,
  )}</fieldset>`;
}

interface Source {
  id: string;
  ref: string;
  text: string;
  english: string | null;
}

/** Comments that are chosen in the list and not yet among the sources. */
function fresh(work: Work): string[] {
  const chosen = work.listed().rows.filter((one) => work.list.chosen.has(one.id));
  return chosen.map((one) => one.id).filter((id) => !draft.comments.includes(id));
}

/** Comments, themes and submissions that the words come from; each keeps its link for ever. */
function sources(work: Work, passage: Passage | undefined): TemplateResult {
  const { view } = work.page;
  const more = fresh(work);
  const comments = draft.comments.flatMap((id) => view.get<Source>("comment", id) ?? []);
  const themes = view
    .all<Theme>("theme")
    .filter((one) => one.passage === passage?.id || draft.themes.includes(one.id));
  const onIt = (one: Submission) =>
    one.passages.includes(passage?.ref ?? "") || draft.submissions.includes(one.id);
  const papers = view.all<Submission>("submission").filter(onIt);
  const add = () => change(work, { comments: [...draft.comments, ...more] });
  const set = (key: "comments" | "themes" | "submissions") => (ids: string[]) => change(work, { [key]: ids });
  const words = (one: Source) => html`<b class="num">${one.ref}</b> ${one.text || one.english}`;
  const paper = (one: Submission) => html`<b class="ref">${one.ref}</b> ${one.title}`;
  return html`<div class="sources"><p><b>Made from</b> <span class="quiet">${madeFrom()}</span>
      ${more.length > 0 ? html`<button type="button" class="btn small" @click=${add}>Add ${count(more.length, "chosen comment")}</button>` : nothing}</p>
    ${picks("Comments", comments, draft.comments, words, set("comments"))}
    ${picks("Themes of the passage", themes, draft.themes, (one) => one.name, set("themes"))}
    ${picks("Submissions on it", papers, draft.submissions, paper, set("submissions"))}</div>`;
}

function madeFrom(): string {
  const { comments, themes, submissions } = draft;
  return [
    count(comments.length, "comment"),
    count(themes.length, "theme"),
    count(submissions.length, "submission"),
  ].join(", ");
}

async function save(work: Work, passage: Passage | undefined, text: string): Promise<void> {
  const { title, effect, comments, themes, submissions, amends } = draft;
  const document = passage?.document ?? work.page.view.all<{ id: string }>("document")[0]?.id;
  const data = {
    item: work.page.newId(),
    passage: passage?.id ?? null,
    document,
    effect,
    title,
    text: effect === "delete" ? "" : text,
    comments,
    themes,
    submissions,
    amends: amends || null,
  };
  const ack = await work.page.send(PLACE, "draft-motion", data);
  if (!ack?.ok) return;
  change(work, EMPTY);
  work.page.say(`Motion ${ack.result?.number ?? ""} is drafted.`);
}

function about(work: Work, passage: Passage | undefined): TemplateResult {
  const passages = work.page.view
    .all<Passage>("passage")
    .sort((a, b) => a.position - b.position)
    .map((one) => ({ value: one.id, label: `${one.ref} ${one.heading}`.slice(0, 60) }));
  const putOn = work.page.view
    .all<Motion>("motion")
    .filter(
      (one) =>
        one.passage === passage?.id && one.effect === "replace" && ["draft", "put"].includes(one.state),
    );
  const amends = [
    { value: "", label: "The passage itself" },
    ...putOn.map((one) => ({ value: one.id, label: `Motion ${one.number}: ${one.title}`.slice(0, 60) })),
  ];
  return html`<div class="row"><div class="grow">${select("motion-passage", "On", [{ value: "", label: "No passage" }, ...passages], passage?.id ?? "", (value) => change(work, { passage: value, text: null, amends: "" }))}</div>
    ${putOn.length > 0 ? html`<div class="grow">${select("motion-amends", "It changes", amends, draft.amends, (value) => change(work, { amends: value, text: null }))}</div>` : nothing}</div>`;
}

/** The form. */
export function motionForm(work: Work): TemplateResult {
  const passage = passageFor(work);
  const base = amended(work)?.text ?? baseOf(passage);
  const text = draft.text ?? (draft.effect === "replace" ? base : "");
  const submit = (event: Event) => {
    event.preventDefault();
    void save(work, passage, text);
  };
  return html`<form class="motion-form" @submit=${submit}><h3>Draft a motion</h3>${about(work, passage)}
    ${choices("effect", "It", EFFECTS, draft.effect, (effect) => change(work, { effect: effect as Effect, text: null }))}
    <label class="field" for="motion-title-field"><span>Title</span><input id="motion-title-field" .value=${asTyped(draft.title)}
      @input=${(event: Event) => change(work, { title: typed(event) })}></label>
    ${
      draft.effect === "delete"
        ? nothing
        : html`<label class="field" for="motion-text"><span>Words</span><textarea id="motion-text" rows="5" .value=${asTyped(text)}
      @input=${(event: Event) => change(work, { text: typed(event) })}></textarea></label>`
    }
    ${preview(draft.effect, passage?.ref ?? "the text", base, text)}${sources(work, passage)}
    <div class="acts"><button class="btn">Keep as a draft</button></div>${refusal(work.page, PLACE)}</form>`;
}
