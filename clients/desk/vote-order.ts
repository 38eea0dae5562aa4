// The order of votes at the desk: proposed with its reasons, rearranged, laid, and gone along vote by vote.
import { html, nothing, type TemplateResult } from "lit";
import type { Me, Motion, OrderEntry, VoteOrder } from "../shared/entities.ts";
import { entryWords } from "../shared/order-words.ts";
import { isAhead } from "../shared/vote-order.ts";
import { count } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { button, refusal, select } from "./parts.ts";

/** What this desk is looking at; it changes nothing for anybody else. */
const chosen = { order: "", waits: "", on: "", when: "carried", rescinds: "" };

const holds = (page: Page, ...roles: string[]) =>
  page.view.all<Me>("me")[0]?.roles.some((role) => roles.includes(role)) ?? false;

const placeOf = (order: VoteOrder) => `order ${order.id}`;

/** The command that lays an order as it is now, with what is to change. */
function laying(order: VoteOrder, change: Partial<{ entries: string[]; en_bloc: boolean; apart: string[] }>) {
  return { document: order.id, entries: [], en_bloc: order.en_bloc, apart: order.apart, ...change };
}

function move(page: Page, order: VoteOrder, entry: OrderEntry, by: -1 | 1): TemplateResult | typeof nothing {
  const keys = order.entries.filter(isAhead).map((one) => one.key);
  const at = keys.indexOf(entry.key);
  const other = keys[at + by];
  if (other === undefined) return nothing;
  keys[at + by] = entry.key;
  keys[at] = other;
  const where = by < 0 ? "earlier" : "later";
  return html`<button type="button" class="btn small" aria-label="${entry.label}: ${where}" aria-disabled=${page.busy.has(placeOf(order))}
    @click=${async () => {
      const ack = await page.send(placeOf(order), "lay-order", laying(order, { entries: keys }));
      if (ack?.ok) page.say(`${entry.label} is ${where} now.`);
    }}>${by < 0 ? "Earlier" : "Later"}</button>`;
}

/** Several texts for one passage: together on one paper, or one by one. */
function rivals(page: Page, order: VoteOrder, entry: OrderEntry): TemplateResult | typeof nothing {
  const motions = entry.motions.flatMap((id) => page.view.get<Motion>("motion", id) ?? []);
  const passage = motions[0]?.passage;
  if (!passage) return nothing;
  if (entry.kind === "alternatives") {
    const data = laying(order, { apart: [...order.apart, passage] });
    return button(page, {
      place: placeOf(order),
      label: "One by one instead",
      type: "lay-order",
      data,
      look: "small",
      done: "They are put one by one.",
    });
  }
  if (!order.apart.includes(passage) || entry.kind !== "motion") return nothing;
  const data = laying(order, { apart: order.apart.filter((one) => one !== passage) });
  return button(page, {
    place: placeOf(order),
    label: "Against each other instead",
    type: "lay-order",
    data,
    look: "small",
    done: "They are put against each other.",
  });
}

/** Draft the ballot on the next vote and announce it: two acts of the hub, one for the chair. */
async function putNext(page: Page, order: VoteOrder, entry: OrderEntry): Promise<void> {
  const place = placeOf(order);
  const asked = { document: order.id, item: page.newId(), entry: entry.key };
  const put = await page.send(place, "put-next-vote", asked);
  if (!put?.ok) return;
  const { ballot } = put.result as { ballot: string };
  const announced = await page.send(place, "announce-ballot", { ballot });
  if (announced?.ok) page.say("The next vote is announced.");
}

function nextButton(page: Page, order: VoteOrder): TemplateResult | typeof nothing {
  const entry = order.entries.find(isAhead);
  if (!order.laid || !entry || entry.state === "up" || page.event?.phase !== "hall" || !holds(page, "chair"))
    return nothing;
  return html`<button type="button" class="btn main" aria-disabled=${page.busy.has(placeOf(order))}
    @click=${() => void putNext(page, order, entry)}>Announce the next vote: ${entry.label}</button>`;
}

function row(page: Page, order: VoteOrder, entry: OrderEntry): TemplateResult {
  const open = entry.state === "ahead" && order.laid && holds(page, "chair", "clerk");
  return html`<li class=${entry.state} aria-current=${entry.state === "up" ? "step" : nothing}>
    <div class="words">${entryWords(order, entry)}</div>
    ${open ? html`<div class="acts">${move(page, order, entry, -1)}${move(page, order, entry, 1)}${rivals(page, order, entry)}</div>` : nothing}</li>`;
}

function enBloc(page: Page, order: VoteOrder): TemplateResult {
  const change = (event: Event) => {
    const data = laying(order, { en_bloc: (event.target as HTMLInputElement).checked });
    void page.send(placeOf(order), "lay-order", data);
  };
  const asked = order.passages.filter((passage) => passage.by.length > 0);
  return html`${
    order.laid && holds(page, "chair", "clerk")
      ? html`<label class="check"><input type="checkbox" .checked=${order.en_bloc} @change=${change}>
      <span>Vote en bloc on the passages that nobody pulls out</span></label>`
      : nothing
  }
    ${order.divided ? html`<p>${order.divided}</p>` : nothing}
    ${order.pulling ? html`<p class="quiet">${order.needed === 1 ? "One table or delegation takes" : `${order.needed} tables or delegations take`} a passage out, on their own devices, until the vote en bloc is put.</p>` : nothing}
    ${asked.length > 0 ? html`<ul class="pulled">${asked.map((one) => html`<li><b class="ref">${one.ref}</b> ${one.alone ? "is put by itself" : `is asked for by ${count(one.by.length, "table or delegation", "tables or delegations")}`}: ${one.by.join(", ")}</li>`)}</ul>` : nothing}`;
}

const WHEN = [
  { value: "carried", label: "is carried" },
  { value: "not", label: "is not carried" },
];

/** The motions of a document that are before the room, to choose from. */
function putMotions(page: Page, order: VoteOrder) {
  const put = page.view
    .all<Motion>("motion")
    .filter((one) => one.document === order.id && one.state === "put")
    .sort((a, b) => a.number - b.number);
  return put.map((one) => ({ value: one.id, label: `Motion ${one.number}: ${one.title}`.slice(0, 80) }));
}

/** A motion that is put only if another one is carried, or only if it is not. */
function condition(page: Page, order: VoteOrder): TemplateResult | typeof nothing {
  const options = putMotions(page, order);
  if (options.length < 2 || !holds(page, "chair", "clerk")) return nothing;
  const waits = options.find((one) => one.value === chosen.waits)?.value ?? options[0]?.value ?? "";
  const others = [
    { value: "", label: "Put it in any case" },
    ...options.filter((one) => one.value !== waits),
  ];
  const on = others.some((one) => one.value === chosen.on) ? chosen.on : "";
  const set = (change: Partial<typeof chosen>) => {
    Object.assign(chosen, change);
    page.redraw();
  };
  const data = { motion: waits, on: on || null, when_carried: chosen.when === "carried" };
  return html`<details class="condition"><summary>Put a motion only if another is carried or lost</summary>
    ${select("order-waits", "This motion", options, waits, (value) => set({ waits: value }))}
    ${select("order-on", "depends on", others, on, (value) => set({ on: value }))}
    ${
      on
        ? select("order-when", "and is put only if that", WHEN, chosen.when, (value) => set({ when: value }))
        : nothing
    }
    ${button(page, { place: `condition ${order.id}`, label: "Keep this condition", type: "make-contingent", data, look: "small", done: "The condition is kept." })}
    ${refusal(page, `condition ${order.id}`)}</details>`;
}

/** Draft a motion that takes an earlier decision back, and put it: its ballot comes in the order. */
async function rescind(page: Page, order: VoteOrder, motion: Motion): Promise<void> {
  const place = `rescind ${order.id}`;
  const item = page.newId();
  const title = `Take back motion ${motion.number}: ${motion.title}`.slice(0, 300);
  const drafted = await page.send(place, "draft-motion", {
    item,
    document: order.id,
    passage: null,
    effect: "state",
    title,
    text: "",
    comments: [],
    themes: [],
    submissions: [],
    rescinds: motion.id,
  });
  if (!drafted?.ok) return;
  const put = await page.send(place, "put-motion", { motion: item });
  if (put?.ok) page.say("The motion to take it back is in the order of votes.");
}

/** An earlier decision that the room may take back, by the majority that the event's rules ask for. */
function rescinding(page: Page, order: VoteOrder): TemplateResult | typeof nothing {
  const all = page.view.all<Motion>("motion");
  const asked = new Set(all.filter((one) => one.state === "put").map((one) => one.rescinds));
  const carried = all
    .filter(
      (one) => one.document === order.id && one.state === "carried" && !one.amends && !asked.has(one.id),
    )
    .sort((a, b) => a.number - b.number);
  if (carried.length === 0 || !holds(page, "chair")) return nothing;
  const motion = carried.find((one) => one.id === chosen.rescinds) ?? (carried[0] as Motion);
  const choose = (value: string) => {
    chosen.rescinds = value;
    page.redraw();
  };
  return html`<details class="condition"><summary>Take back an earlier decision</summary>
    ${select(
      "order-rescinds",
      "Carried before",
      carried.map((one) => ({ value: one.id, label: `Motion ${one.number}: ${one.title}`.slice(0, 80) })),
      motion.id,
      choose,
    )}
    <button type="button" class="btn small" aria-disabled=${page.busy.has(`rescind ${order.id}`)}
      @click=${() => void rescind(page, order, motion)}>Put it to the room to take it back</button>
    ${refusal(page, `rescind ${order.id}`)}</details>`;
}

function oneOrder(page: Page, order: VoteOrder): TemplateResult {
  const place = placeOf(order);
  const lay = button(page, {
    place,
    label: "Lay this order before the room",
    type: "lay-order",
    data: laying(order, {}),
    look: "main",
    done: "The room sees the order of votes.",
  });
  const ended = order.laid && order.entries.every((entry) => !isAhead(entry));
  return html`<h3>Order of votes: ${order.title}</h3>
    <p class="quiet">${order.laid ? "The room sees this order on its phones and screens." : "This is what the rules propose. Nobody else sees it until it is laid before the room; after that it can still be rearranged."}</p>
    ${order.entries.length === 0 ? html`<p>No motion on this document is before the room.</p>` : nothing}
    <ol class="vote-order">${order.entries.map((entry) => row(page, order, entry))}</ol>
    ${ended && order.entries.length > 0 ? html`<p>Every vote of this order has been taken.</p>` : nothing}
    ${enBloc(page, order)}
    <div class="acts">${order.laid ? nextButton(page, order) : holds(page, "chair", "clerk") ? lay : nothing}</div>${refusal(page, place)}
    ${condition(page, order)}${rescinding(page, order)}`;
}

/** The orders of votes, one document at a time. */
export function voteOrders(page: Page): TemplateResult {
  const orders = page.view.all<VoteOrder>("order").sort((a, b) => a.position - b.position);
  const order = orders.find((one) => one.id === chosen.order) ?? orders[0];
  if (!order)
    return html`<p class="quiet">No motion is before the room yet. Once the theme team or the chair has put one, the order of votes that the rules propose stands here.</p>`;
  const all = orders.map((one) => ({ value: one.id, label: one.title }));
  const choose = (value: string) => {
    chosen.order = value;
    page.redraw();
  };
  return html`<div class="order-desk">${orders.length > 1 ? select("order-document", "Document", all, order.id, choose) : nothing}
    ${oneOrder(page, order)}</div>`;
}
