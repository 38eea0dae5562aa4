// Bars of a chart as SVG, drawn in attributes only; the figure and the sentence always stand beside them.
import { html, nothing, svg, type TemplateResult } from "lit";

/** A share as an SVG length; nothing is drawn beyond the ground. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "0%";
  return `${Math.round(Math.min(1, Math.max(0, part / whole)) * 10_000) / 100}%`;
}

interface Bar {
  part: number;
  whole: number;
  tone: string;
  /** Where a mark stands on the ground, and its word. */
  mark?: { at: number; word: string } | undefined;
}

/** One bar on its ground; hidden from screen readers, because the figure is written beside it. */
export function bar({ part, whole, tone, mark }: Bar): TemplateResult {
  const at = mark ? percent(mark.at, whole) : "";
  const side = mark && mark.at / whole > 0.8 ? "end" : mark && mark.at / whole < 0.2 ? "start" : "middle";
  return html`<svg class="bar ${tone}" aria-hidden="true" focusable="false">
    ${svg`<rect class="ground" x="0" y="0" width="100%" height="100%"></rect>
    <rect class="fill" x="0" y="0" width=${percent(part, whole)} height="100%"></rect>
    ${
      mark
        ? svg`<line class="mark" x1=${at} x2=${at} y1="-22%" y2="122%"></line>
    <text class="word" x=${at} y="-34%" text-anchor=${side}>${mark.word}</text>`
        : nothing
    }`}
  </svg>`;
}
