// The way to the papers that say more than one thing: their code is fetched when the first such ballot is there.
import { html, type TemplateResult } from "lit";
import type { Held } from "./forms/filling.ts";

let forms: typeof import("./forms/main.ts") | null = null;
let asked = false;

/** Fetch the forms; where the network fails, the next redraw asks again. */
export function fetchForms(redraw: () => void): void {
  if (forms || asked) return;
  asked = true;
  import("./forms/main.ts").then(
    (found) => {
      forms = found;
      redraw();
    },
    () => {
      asked = false;
    },
  );
}

/** The fields of such a paper. */
export function furtherFields(paper: Held, redraw: () => void): TemplateResult {
  if (forms) return forms.formFields(paper, redraw);
  fetchForms(redraw);
  return html`<p role="status">One moment: your ballot paper is on its way.</p>`;
}
