// The order of votes as a list: what is over and how, what is before the room, what comes and why there.
import { html, nothing, type TemplateResult } from "lit";
import type { OrderEntry, VoteOrder } from "./entities.ts";
import { withRefs } from "./marks.ts";

const STATES: Record<string, string> = {
  up: "now",
  carried: "carried",
  lost: "lost",
  tied: "tied",
  fell: "not put",
  rescinded: "rescinded",
  remitted: "remitted",
  "referred-back": "referred back",
  "not-reached": "not reached",
};

/** The word for where an entry is; the first of those to come is next. */
export function stateWord(order: VoteOrder, entry: OrderEntry): string {
  if (entry.state !== "ahead") return STATES[entry.state] ?? entry.state;
  return order.entries.find((one) => one.state === "ahead" || one.state === "up") === entry ? "next" : "";
}

/** One entry in words, with what it brings down; the reason for its place stands under it. */
export function entryWords(order: VoteOrder, entry: OrderEntry): TemplateResult {
  const word = stateWord(order, entry);
  return html`<span class="entry"><b>${withRefs(entry.label)}</b>
    ${word ? html`<span class="at ${entry.state}">${word}</span>` : nothing}
    ${entry.ballot === null ? nothing : html`<span class="quiet num">ballot ${entry.ballot}</span>`}</span>
    ${entry.why ? html`<span class="quiet why">${entry.why}</span>` : nothing}
    ${entry.reason ? html`<span class="quiet why">${entry.reason}${entry.falls.map((fall) => ` ${fall}`)}</span>` : nothing}`;
}
