// The end of the event on this laptop: at the hub's order it erases what it holds, once nothing would be lost.
import { html, type TemplateResult } from "lit";
import { number } from "../shared/words.ts";
import { isEmpty } from "./draft.ts";
import type { Laptop } from "./laptop.ts";

let busy = false;

/** Whether the hub itself says now that this laptop is to erase what it holds. */
export function ordered(laptop: Laptop): boolean {
  return laptop.live.connection === "here" && laptop.facts.event?.erase_devices === true;
}

/** What has to happen before this laptop may erase anything; null when nothing would be lost. */
export function obstacle(laptop: Laptop): string | null {
  const { outbox, draft } = laptop;
  if (outbox.keptHere > 0) {
    return `The centre asks this laptop to erase what it keeps. It waits: ${number(outbox.keptHere)} not yet at the centre.`;
  }
  if (!isEmpty(draft)) {
    return "The centre asks this laptop to erase what it keeps. It waits: send the draft, or empty the field.";
  }
  return outbox.entries.some((entry) => !entry.ack) || laptop.leaving.length > 0 ? "One moment." : null;
}

/** Do as ordered, after asking the hub once more whether it has everything. */
export async function eraseWhenOrdered(laptop: Laptop): Promise<void> {
  const free = () => laptop.memory.ready && ordered(laptop) && obstacle(laptop) === null;
  if (busy || laptop.memory.erased || !free()) return;
  busy = true;
  try {
    if ((await laptop.outbox.resume()) && free()) await laptop.memory.erase();
  } finally {
    busy = false;
  }
}

/** What the page says afterwards. */
export function erasedPage(laptop: Laptop): TemplateResult {
  return html`<div class="alone"><h1>This laptop has erased what it kept</h1>
    <p role="status">Everything that table ${laptop.facts.table ?? ""} typed here is at the centre, and nothing of it is left on this laptop. Thank you.</p>
    <form method="post" action="/out"><button class="btn main">Sign out</button></form></div>`;
}
