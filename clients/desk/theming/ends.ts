// How things ended: a disposition, and a reason from the event's list for every end but adoption.
import { html, nothing, type TemplateResult } from "lit";
import { live as asTyped } from "lit/directives/live.js";
import type { Comment } from "../../shared/entities.ts";
import { count, number } from "../../shared/words.ts";
import { refusal, select, typed } from "../parts.ts";
import type { Work } from "./work.ts";

const DISPOSITIONS = [
  ["adopted", "Adopted"],
  ["adopted-in-part", "Adopted in part"],
  ["lost", "Lost on a ballot"],
  ["fell", "Fell: another text was carried"],
  ["minority-position", "Minority position"],
  ["referred-back", "Referred back"],
  ["remitted", "Remitted"],
  ["answered", "Answered"],
  ["noted", "Noted"],
  ["not-adopted", "Not adopted"],
  ["ruled-out", "Ruled out of order"],
  ["not-reached", "Not reached"],
].map(([value, label]) => ({ value: value ?? "", label: label ?? "" }));

const chosen = { disposition: "noted", reason: "", note: "" };

export type Ended = "comment" | "submission" | "missing";

async function end(work: Work, kind: Ended, ids: string[], place: string, after: () => void): Promise<void> {
  const { disposition, note } = chosen;
  const reason = disposition === "adopted" ? null : chosen.reason || null;
  const ack = await work.page.send(place, "set-disposition", {
    kind,
    ids,
    disposition,
    reason,
    note: note.trim() || null,
  });
  if (!ack?.ok) return;
  chosen.note = "";
  after();
  work.page.say(`${count(ids.length, "end")} given.`);
}

/** The form for whatever is chosen: its end, the reason, a note. */
export function endForm(
  work: Work,
  kind: Ended,
  ids: string[],
  what: string,
  after: () => void,
): TemplateResult {
  const place = `end ${kind}`;
  const reasons = (work.page.event?.reasons ?? []).map((value) => ({ value, label: value }));
  const set = (part: Partial<typeof chosen>) => {
    Object.assign(chosen, part);
    work.page.redraw();
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (ids.length > 0) void end(work, kind, ids, place, after);
  };
  return html`<form class="end-form" @submit=${submit}>
    ${select("end-disposition", `How ${what} ended`, DISPOSITIONS, chosen.disposition, (disposition) => set({ disposition }))}
    ${
      chosen.disposition === "adopted"
        ? nothing
        : select(
            "end-reason",
            "Why, from the list fixed before the event",
            [{ value: "", label: "Choose a reason" }, ...reasons],
            chosen.reason,
            (reason) => set({ reason }),
          )
    }
    <label class="field" for="end-note"><span>A note for those who made it (may stay empty)</span><textarea id="end-note" rows="2" .value=${asTyped(chosen.note)}
      @input=${(event: Event) => set({ note: typed(event) })}></textarea></label>
    <div class="acts"><button class="btn" aria-disabled=${ids.length === 0}>Give this end to ${what}</button></div>${refusal(work.page, place)}</form>`;
}

/** The panel: ends for the comments that are chosen in the list. */
export function ends(work: Work): TemplateResult {
  const ids = work.about();
  const refs = ids.flatMap((id) => work.page.view.get<Comment>("comment", id)?.ref ?? []);
  const open = work.comments.filter((one) => !one.disposition).length;
  const what = count(ids.length, "comment");
  const after = () =>
    work.list.goOn(
      work.listed().rows.map((one) => one.id),
      ids,
    );
  return html`<p class="num">${open > 0 ? html`<b>${number(open)}</b> of ${count(work.comments.length, "comment")} have no end yet.` : "Every comment has an end."}
      <button type="button" class="btn small" @click=${() => work.filter({ shown: "open" })}>Show those without</button></p>
    <p class="quiet">${ids.length > 0 ? `It will be given to ${refs.slice(0, 12).join(", ")}${refs.length > 12 ? " …" : ""}` : "Choose comments in the list first."}</p>
    ${endForm(work, "comment", ids, what, after)}`;
}
