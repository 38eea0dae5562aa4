// The way to a tally by sections: its code is fetched when the first result that has one is shown.
import { html, nothing } from "lit";
import type { Ballot } from "../shared/entities.ts";
import type { Phone } from "./phone.ts";

let code: typeof import("../shared/tally.ts") | null = null;
let asked = false;

/** Both tallies of a ballot; until their code is there, the sentence above says what they found. */
export function tallyOf(phone: Phone, ballot: Ballot): unknown {
  const tally = ballot.result?.sections;
  if (!tally) return nothing;
  if (code) return code.tallyPart(ballot, tally);
  if (!asked) {
    asked = true;
    import("../shared/tally.ts").then(
      (found) => {
        code = found;
        phone.redraw();
      },
      () => {
        asked = false;
      },
    );
  }
  return html`<p role="status">${tally.headline}.</p>`;
}
