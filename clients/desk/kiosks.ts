// The kiosks at the desk: free, in use or away, and whether they can speak; never who votes there.
import { html, nothing, type TemplateResult } from "lit";
import type { Me } from "../shared/entities.ts";
import { clock } from "../shared/words.ts";
import type { Page } from "./page.ts";
import { part } from "./parts.ts";

interface Kiosk {
  id: string;
  label: string;
  online: boolean;
  in_use: boolean;
  voice: boolean | null;
  seen: string | null;
  shut_until: string | null;
}

function standing(page: Page, kiosk: Kiosk): string {
  if (kiosk.in_use) return "in use";
  if (kiosk.online) return "free";
  return kiosk.seen
    ? `away, last here ${clock(kiosk.seen, page.event?.zone)}`
    : "no browser is signed in as it";
}

/** Too many wrong codes: somebody mistypes, or tries. */
function isShut(page: Page, kiosk: Kiosk): boolean {
  return kiosk.shut_until !== null && Date.parse(kiosk.shut_until) > page.now;
}

function one(page: Page, kiosk: Kiosk): TemplateResult {
  return html`<li><b>${kiosk.label}</b> <span class=${kiosk.online ? "quiet" : "warn"}>${standing(page, kiosk)}</span>
    ${kiosk.online && kiosk.voice === false ? html`<p class="warn">It has no voice: nobody can vote there by ear.</p>` : nothing}
    ${isShut(page, kiosk) ? html`<p class="warn">Too many codes were wrong there: it takes none until ${clock(kiosk.shut_until ?? "", page.event?.zone)}.</p>` : nothing}</li>`;
}

/** For tellers and clerks, who look after them; for the chair where there are any. */
export function kiosks(page: Page): TemplateResult | typeof nothing {
  const all = page.view.all<Kiosk>("kiosk").sort((a, b) => a.label.localeCompare(b.label));
  const roles = page.view.all<Me>("me")[0]?.roles ?? [];
  const may = roles.includes("teller") || roles.includes("clerk");
  if (all.length === 0 && !may) return nothing;
  return part(
    "kiosks",
    "Kiosks",
    html`<ul class="kiosk-list">${all.map((kiosk) => one(page, kiosk))}</ul>
      ${all.length === 0 ? html`<p class="quiet">None yet. Delegates without a device of their own vote there.</p>` : nothing}
      ${may ? html`<p class="quiet">On the machine that stands there, <a href="/kiosk">make its browser a kiosk</a>.</p>` : nothing}`,
  );
}
