// The order of votes on the phone: where the room is, what comes, what fell and why; pulling a passage out.
import "./orders.css";
import { html, nothing, type TemplateResult } from "lit";
import type { VoteOrder } from "../../shared/entities.ts";
import { entryWords } from "../../shared/order-words.ts";
import { isAhead, laidOrders } from "../../shared/vote-order.ts";
import type { Phone } from "../phone.ts";

/** What the last wish was refused for, by document. */
const refused = new Map<string, string>();
const busy = new Set<string>();

/** Every order that was laid before the room. */
export function orders(phone: Phone): unknown {
  const found = laidOrders(phone.live.view);
  if (found.length === 0 || phone.event?.phase !== "hall") return nothing;
  return html`<section class="orders" aria-labelledby="orders-title"><h2 id="orders-title">The order of votes</h2>
    ${found.map((order) => oneOrder(phone, order))}</section>`;
}

/** "Vote 3 of 7: motion 5" or "All 7 votes are taken". */
function place(order: VoteOrder): string {
  const at = order.entries.findIndex(isAhead);
  const size = order.entries.length;
  if (size === 0) return "nothing is put yet";
  if (at < 0) return size === 1 ? "the vote is taken" : `all ${size} votes are taken`;
  const entry = order.entries[at];
  return `${entry?.state === "up" ? "now" : "next"} vote ${at + 1} of ${size}: ${entry?.label}`;
}

function oneOrder(phone: Phone, order: VoteOrder): TemplateResult {
  return html`<details><summary><b>${order.prefix}</b>, ${place(order)}</summary>
      <ol class="vote-order">${order.entries.map(
        (entry) =>
          html`<li aria-current=${entry.state === "up" ? "step" : nothing}>${entryWords(order, entry)}</li>`,
      )}</ol></details>
    ${order.pulling ? pulling(phone, order) : nothing}`;
}

/** For whom this delegate asks, as the hub names them. */
function asker(phone: Phone): string {
  const { me } = phone;
  if (me?.delegation) return me.delegation;
  return me?.table ? `table ${me.table}` : (me?.name ?? "");
}

async function ask(phone: Phone, order: VoteOrder, type: string, passage: string): Promise<void> {
  if (busy.has(passage)) return;
  busy.add(passage);
  const ack = await phone.live.submit(type, { passage });
  busy.delete(passage);
  refused.set(order.id, ack.ok ? "" : (ack.refusal?.sentence ?? ""));
  phone.redraw();
}

function needed(order: VoteOrder): string {
  return order.needed === 1
    ? "A passage that one table or delegation pulls out is put by itself."
    : `A passage that ${order.needed} tables or delegations pull out is put by itself.`;
}

function pulling(phone: Phone, order: VoteOrder): TemplateResult {
  const own = asker(phone);
  const mayAsk = phone.me?.roles.includes("delegate") ?? false;
  return html`<details class="pulling"><summary>${order.divided}</summary>
    <p class="quiet">${needed(order)} ${mayAsk ? `You ask for ${own}.` : ""}</p>
    <ul>${order.passages.map((passage) => {
      const mine = passage.by.includes(own);
      const label = mine ? "Put it back" : "Pull it out";
      return html`<li><p><b class="ref">${passage.ref}</b> ${passage.words}</p>
        ${passage.by.length > 0 ? html`<p class="quiet">${passage.alone ? "Put by itself" : "Asked for"}: ${passage.by.join(", ")}</p>` : nothing}
        ${mayAsk ? html`<button class="btn" aria-label="${label}: ${passage.ref}" @click=${() => void ask(phone, order, mine ? "put-back" : "pull-out", passage.id)}>${label}</button>` : nothing}</li>`;
    })}</ul>
    <p role="status">${refused.get(order.id) ?? ""}</p></details>`;
}
