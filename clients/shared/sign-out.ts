// Ends a sign-in: a form, since a link that is only looked at must not end anything.
import { html, type TemplateResult } from "lit";

/** A quiet button. */
export function signOut(): TemplateResult {
  return html`<form method="post" action="/out" class="sign-out"><button class="btn bare small">Sign out</button></form>`;
}
