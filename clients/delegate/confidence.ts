// A line to the tellers alone: for whoever is pressed, or saw somebody being pressed.
import { html, nothing } from "lit";
import { newId } from "../shared/ids.ts";
import type { Phone } from "./phone.ts";

let item = newId();
let said = "";

async function send(event: Event, phone: Phone): Promise<void> {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  const [text, named] = [form.querySelector("textarea"), form.querySelector("input")];
  if (!text?.value.trim()) return;
  const data = { item, text: text.value, named: named?.checked ?? false };
  const ack = await phone.live.submit("write-to-tellers", data, item);
  said = ack.ok ? "The tellers have it, and nobody else." : (ack.refusal?.sentence ?? "It was not sent.");
  if (ack.ok) {
    item = newId();
    // Nothing of it stays on a phone that somebody may be made to show.
    form.reset();
  }
  phone.redraw();
}

/** A fold at the foot of the page. */
export function confidencePart(phone: Phone): unknown {
  const plain = !Object.values(phone.event?.features ?? {}).some(Boolean);
  if (plain || phone.event?.phase !== "hall" || !phone.me?.roles.includes("delegate")) return nothing;
  return html`<details class="confidence"><summary>Tell the tellers in confidence</summary>
    <form @submit=${(event: Event) => void send(event, phone)}>
      <p class="quiet">If somebody presses you or others: only the tellers read this, not the chair and not the clerk.</p>
      <label for="confidence">What they should know</label><textarea id="confidence" rows="3" maxlength="2000"></textarea>
      <label class="check"><input type="checkbox" /> Give my name and delegation</label>
      <p><button class="btn wide">Send it to the tellers</button></p></form>
    <p role="status">${said}</p></details>`;
}
