// The hub's own trouble, in words: since when it cannot store, what is kept, and what to do.
import { html, nothing, type TemplateResult } from "lit";
import { clock } from "../shared/words.ts";
import type { Page } from "./page.ts";

/** Whether the hub can store anything now. */
interface HubState {
  id: string;
  storing: boolean;
  since: string | null;
  sentence: string | null;
}

/** What has been said aloud, so that it is said once. */
let said = "";

/** A strip above everything for as long as the hub cannot store; nothing while it can. */
export function hubTrouble(page: Page): TemplateResult | typeof nothing {
  const hub = page.view.get<HubState>("hub", "hub");
  const sentence = hub && !hub.storing ? (hub.sentence ?? "") : "";
  if (sentence !== said) {
    said = sentence;
    const words = sentence || "The hub stores everything again.";
    queueMicrotask(() => page.say(words));
  }
  if (!sentence || !hub?.since) return nothing;
  const since = clock(hub.since, page.event?.zone ?? "Europe/London");
  return html`<p class="strip num hub-trouble"><b>Since ${since}:</b> ${sentence}</p>`;
}
