// Missing points: answered, added "from the floor", or ended with a reason.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Missing } from "../../shared/entities.ts";
import { kindsOf, number } from "../../shared/words.ts";
import { missing as list, missingPoints } from "../missing.ts";
import { refusal, select, typed } from "../parts.ts";
import { endForm } from "./ends.ts";
import type { Work } from "./work.ts";

interface Added {
  kind: string;
  text: string;
  agree: string;
  against: string;
}

const adding = new Map<string, Added>();
let open = "";

function whole(value: string): number {
  return Math.max(0, Math.min(100, Math.round(Number(value)) || 0));
}

async function add(work: Work, one: Missing, draft: Added): Promise<void> {
  const data = {
    missing: one.id,
    item: work.page.newId(),
    kind: draft.kind,
    agree: whole(draft.agree),
    against: whole(draft.against),
    text: draft.text,
    passage: one.passage ?? (work.filters.passage || null),
  };
  const ack = await work.page.send("floor", "add-missing", data);
  if (ack?.ok) work.page.say("Added to what the tables said.");
}

/** The words of a delegate as a comment of the floor; the theme team may make them plainer. */
function addForm(work: Work, one: Missing): TemplateResult {
  const draft = adding.get(one.id) ?? { kind: "concern", text: one.text, agree: "", against: "" };
  const set = (part: Partial<Added>) => {
    adding.set(one.id, { ...draft, ...part });
    work.page.redraw();
  };
  const field = (
    key: "agree" | "against",
    label: string,
  ) => html`<label class="field count" for="floor-${key}"><span>${label}</span>
    <input id="floor-${key}" class="num" inputmode="numeric" .value=${asTyped(draft[key])} @input=${(event: Event) => set({ [key]: typed(event) })}></label>`;
  const submit = (event: Event) => {
    event.preventDefault();
    void add(work, one, draft);
  };
  const kinds = kindsOf(work.page.event).map((kind) => ({ value: kind.key, label: kind.label }));
  return html`<form class="floor-form" @submit=${submit}>
    <label class="field" for="floor-text"><span>As a comment from the floor</span><textarea id="floor-text" rows="2" .value=${asTyped(draft.text)} @input=${(event: Event) => set({ text: typed(event) })}></textarea></label>
    <div class="row">${select("floor-kind", "Kind", kinds, draft.kind, (kind) => set({ kind }))}${field("agree", "With it")}${field("against", "Not")}<button class="btn small">Add it</button></div>
    ${refusal(work.page, "floor")}</form>`;
}

/** The panel. */
export function floor(work: Work): TemplateResult {
  const waiting = missingPoints(work.page).filter((one) => one.state === "open");
  const one = waiting.find((each) => each.id === open) ?? waiting[0];
  const choices = waiting.map((each) => ({ value: each.id, label: each.text.slice(0, 80) }));
  const set = (value: string) => {
    open = value;
    work.page.redraw();
  };
  return html`<p class="num">${waiting.length > 0 ? html`<b>${number(waiting.length)}</b> waiting.` : "None is waiting."}</p>
    ${list(work.page)}
    ${
      one
        ? html`<div class="open" data-home tabindex="-1"><h3>Add one, or end it</h3>${select("floor-which", "Which", choices, one.id, set)}
        ${addForm(work, one)}${endForm(work, "missing", [one.id], "this point", () => undefined)}</div>`
        : nothing
    }`;
}
