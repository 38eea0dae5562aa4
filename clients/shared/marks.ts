// Small things that look alike on every page: a kind, a changed text, the time left.
import { html, nothing, type TemplateResult } from "lit";
import type { Kind, Segment } from "./entities.ts";

/** A kind with its colour, its sign and its word. */
export function kindMark(kind: Kind): TemplateResult {
  return html`<span class="kind ${kind.key}"><span class="sign" aria-hidden="true"><b>${kind.sign}</b></span>${kind.label}</span>`;
}

/** A text with its insertions and deletions, said to screen readers too. */
export function changedText(segments: Segment[]): TemplateResult[] {
  return segments.map(([kind, text], at) => {
    const gap = segments[at + 1]?.[0] === "insert" ? " " : "";
    if (kind === "keep") return html`${text}`;
    const label = (words: string) => html`<span class="visually-hidden">${words}</span>`;
    return kind === "delete"
      ? html`<del>${label(" [deleted: ")}${text}${label("] ")}</del>${gap}`
      : html`<ins>${label(" [inserted: ")}${text}${label("] ")}</ins>`;
  });
}

/** A text in which no reference, such as HOU-2.1, is torn apart at the end of a line. */
export function withRefs(text: string): unknown[] {
  const parts = text.split(/(\b[A-Z][A-Z0-9]{1,5}-[\d.¶]+(?:\([a-z0-9]+\))*)/);
  return parts.map((part, at) => (at % 2 ? html`<span class="whole">${part}</span>` : part));
}

/** Anything, or nothing where there is nothing to say. */
export function maybe<T>(value: T | null | undefined | "", draw: (value: T) => unknown): unknown {
  return value === null || value === undefined || value === "" ? nothing : draw(value as T);
}
