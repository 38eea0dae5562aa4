// The passage under discussion as large as it fits, with the time that is left.
import { html, nothing, type TemplateResult } from "lit";
import type { Passage } from "../../shared/entities.ts";
import { count } from "../../shared/words.ts";
import { type Scene, timer, where } from "../frame.ts";
import { type Stage, saidOn, tablesInWords } from "../stage.ts";

function one(passage: Passage): TemplateResult {
  return html`<h1 class="of"><span class="ref">${passage.ref}</span> ${passage.heading}</h1>
    <div class="text" data-fit="3 11" data-trim><p>${passage.carried ?? passage.text}</p></div>
    ${passage.carried ? html`<p class="say">As changed by the room.</p>` : nothing}`;
}

/** A passage's name in a list: its heading, else how it begins. */
function name(passage: Passage): string {
  if (passage.heading) return passage.heading;
  const start = passage.text.slice(0, 90);
  return start.length < passage.text.length ? `${start.slice(0, start.lastIndexOf(" "))} …` : start;
}

function several(stage: Stage): TemplateResult {
  const given = stage.item?.assignments ?? [];
  const tables = (passage: Passage) =>
    given.find((one) => one.passage === passage.id || one.passage === passage.ref);
  return html`<h1 class="of">${stage.item?.kind === "round" ? "Your table has one of these" : "What it is about"}</h1>
    <ol class="passages" data-fit="4 6" data-trim>
      ${stage.passages.map(
        (passage) =>
          html`<li data-entry><span class="ref">${passage.ref}</span><span class="what">${name(passage)}</span><span
              class="quiet num">${tables(passage) ? tablesInWords(tables(passage)?.tables ?? "choice") : nothing}</span></li>`,
      )}
      <li class="more" data-more="and # more passages" data-one="and one more passage" hidden></li>
    </ol>`;
}

/** The scene of a round. */
export function passage(stage: Stage): Scene {
  const [first, ...rest] = stage.passages;
  const said = saidOn(stage).n;
  return {
    left: where(stage),
    right: timer(stage),
    body: first
      ? rest.length > 0
        ? several(stage)
        : one(first)
      : html`<h1 class="title">No passage is under discussion.</h1>`,
    foot:
      said > 0
        ? html`<span class="num">${count(said, "comment")}</span> so far`
        : "Say it at your table: your facilitator types it",
  };
}
