// Submissions that came before the event, and the end of each.
import { html, nothing, type TemplateResult } from "lit";
import type { Submission } from "../../shared/entities.ts";
import { count, whereItIs } from "../../shared/words.ts";
import { letterOf } from "../letters.ts";
import { endForm } from "./ends.ts";
import { listbox } from "./listbox.ts";
import type { Work } from "./work.ts";

function row(work: Work, one: Submission): TemplateResult {
  return html`<span class="meta"><span class="tick" aria-hidden="true">${work.papers.chosen.has(one.id) ? "☑" : "☐"}</span>
      <b class="ref">${one.ref}</b> <b>${one.title}</b></span>
    <span class="words">${one.text}</span>
    <span class="quiet">${[one.body, one.passages.join(", "), whereItIs(one)].filter(Boolean).join(" · ")}</span>`;
}

/** The panel. */
export function submissions(work: Work): TemplateResult {
  const ref = work.passage?.ref;
  const all = work.page.view
    .all<Submission>("submission")
    .filter((one) => !ref || one.passages.includes(ref))
    .sort(
      (a, b) => Number(Boolean(a.disposition)) - Number(Boolean(b.disposition)) || a.ref.localeCompare(b.ref),
    );
  if (all.length === 0) return html`<p class="quiet empty">No submission${ref ? ` on ${ref}` : ""}.</p>`;
  const ids = all.map((one) => one.id);
  const about = work.papers.about(ids);
  const list = listbox<Submission>({
    id: "papers",
    label: "Submissions, those without an end first",
    rows: all,
    keyOf: (one) => one.id,
    draw: (one) => row(work, one),
    place: work.papers,
    keys: { [letterOf("end")]: () => work.focus("end-disposition") },
    changed: () => work.page.redraw(),
  });
  const after = () => work.papers.goOn(ids, about);
  const open = all.filter((one) => !one.disposition).length;
  return html`<p class="num">${open > 0 ? `${count(open, "submission")} without an end.` : nothing}</p>${list}
    ${endForm(work, "submission", about, count(about.length, "submission"), after)}`;
}
