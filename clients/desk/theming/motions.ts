// Motions: those in the making, those put to the room, and how they ended; each with its sources.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Motion } from "../../shared/entities.ts";
import { changedText } from "../../shared/marks.ts";
import { passageOf } from "../../shared/programme.ts";
import { list } from "../../shared/words.ts";
import { button, refusal, typed } from "../parts.ts";
import { motionForm, preview } from "./motion-draft.ts";
import type { Work } from "./work.ts";

const STATES: Record<string, string> = {
  draft: "Draft",
  put: "Put to the room",
  "not-reached": "Not reached",
  "referred-back": "Referred back",
};
const rewording = new Map<string, { title: string; text: string }>();

function stateOf(motion: Motion): string {
  return STATES[motion.state] ?? motion.state.charAt(0).toUpperCase() + motion.state.slice(1);
}

function reword(work: Work, motion: Motion): TemplateResult {
  const now = rewording.get(motion.id) ?? { title: motion.title, text: motion.text };
  const set = (part: Partial<typeof now>) => {
    rewording.set(motion.id, { ...now, ...part });
    work.page.redraw();
  };
  const place = `motion ${motion.id}`;
  const save = async (event: Event) => {
    event.preventDefault();
    const ack = await work.page.send(place, "reword-motion", { motion: motion.id, ...now });
    if (!ack?.ok) return;
    rewording.delete(motion.id);
    work.page.say("Reworded.");
  };
  const ref = passageOf(work.page.view, motion.passage)?.ref ?? "the text";
  return html`<details><summary>Reword</summary><form class="motion-form" @submit=${save}>
    <label class="field" for="title-${motion.id}"><span>Title</span><input id="title-${motion.id}" .value=${asTyped(now.title)} @input=${(event: Event) => set({ title: typed(event) })}></label>
    ${motion.effect === "delete" ? nothing : html`<label class="field" for="text-${motion.id}"><span>Words</span><textarea id="text-${motion.id}" rows="4" .value=${asTyped(now.text)} @input=${(event: Event) => set({ text: typed(event) })}></textarea></label>`}
    ${preview(motion.effect, ref, motion.before ?? "", now.text)}
    <div class="acts"><button class="btn small">Keep these words</button></div></form></details>`;
}

function acts(work: Work, motion: Motion): TemplateResult | typeof nothing {
  const place = `motion ${motion.id}`;
  const data = { motion: motion.id };
  if (motion.state !== "draft" && motion.state !== "put") return nothing;
  return html`<div class="acts">${
    motion.state === "draft"
      ? button(work.page, {
          place,
          label: "Put it to the room",
          type: "put-motion",
          data,
          look: "small",
          done: `Motion ${motion.number} is put.`,
        })
      : nothing
  }${button(work.page, { place, label: "Withdraw it", type: "withdraw-motion", data, look: "small", done: `Motion ${motion.number} is withdrawn.` })}</div>
    ${motion.state === "draft" ? reword(work, motion) : nothing}${refusal(work.page, place)}`;
}

function card(work: Work, motion: Motion): TemplateResult {
  const ref = passageOf(work.page.view, motion.passage)?.ref;
  const from = motion.sources.map((source) => source.label);
  return html`<li class="motion" data-home tabindex="-1"><p class="quiet">Motion <span class="num">${motion.number}</span>${ref ? html` · <b class="ref">${ref}</b>` : nothing} · <b>${stateOf(motion)}</b></p>
    <p class="question">${motion.title}</p>
    <p class="preview">${motion.segments.length > 0 ? changedText(motion.segments) : motion.text}</p>
    ${motion.english ? html`<p class="quiet">${motion.english}</p>` : nothing}
    ${from.length > 0 ? html`<details><summary>Made from ${from.length} sources</summary><p>${list(from)}</p></details>` : html`<p class="quiet">Made from no comment, theme or submission.</p>`}
    ${motion.why ? html`<p class="quiet">${motion.why}</p>` : nothing}
    ${acts(work, motion)}</li>`;
}

/** The panel. */
export function motions(work: Work): TemplateResult {
  const { passage } = work.filters;
  const rank = (one: Motion) => ["draft", "put"].indexOf(one.state) + 1 || 9;
  const all = work.page.view
    .all<Motion>("motion")
    .filter((one) => !passage || one.passage === passage)
    .sort((a, b) => rank(a) - rank(b) || b.number - a.number);
  return html`${motionForm(work)}<ul class="motions">${all.map((one) => card(work, one))}</ul>`;
}
