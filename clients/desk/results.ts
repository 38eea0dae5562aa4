// A result at the desk: its sentence, its numbers as a table, its bars beside them.
import { html, svg, type TemplateResult } from "lit";
import type { Ballot, Chart, Result } from "../shared/entities.ts";
import { chosenWord, everyRound } from "../shared/rounds.ts";
import { tallyPart } from "../shared/tally.ts";
import { list, number } from "../shared/words.ts";

const VERDICTS: Record<Result["verdict"], string> = {
  carried: "Carried",
  lost: "Lost",
  tied: "Tied",
  "no-quorum": "No quorum",
  chosen: "Chosen",
};

function bar(n: number, whole: number, key: string): TemplateResult {
  const width = `${whole > 0 ? Math.round((n / whole) * 1000) / 10 : 0}%`;
  return html`<svg class="bar ${key}" aria-hidden="true" focusable="false">${svg`<rect class="ground" width="100%" height="100%"></rect>
    <rect class="fill" width=${width} height="100%"></rect>`}</svg>`;
}

/** What a method made of papers that say more than one thing: its bars, and every round. */
function methodResult(ballot: Ballot, result: Result, chart: Chart): TemplateResult {
  const label = (key: string) => ballot.options.find((option) => option.key === key)?.label ?? "";
  const won = (key: string) => result.winners?.includes(key) ?? false;
  return html`<div class="result"><p class="verdict ${result.verdict}">${chosenWord(result)} ${list((result.winners ?? []).map(label))}</p>
    <p>${result.sentence}</p>
    <table class="counts"><caption>${chart.counted}</caption><tbody>${chart.bars.map(
      ({ key, shown, share }) =>
        html`<tr><th scope="row">${label(key)}</th><td>${bar(share, 1000, won(key) ? "for" : "")}</td><td class="num">${shown}</td></tr>`,
    )}</tbody></table>${everyRound(result)}</div>`;
}

/** The verdict in words and figures. */
export function resultOf(ballot: Ballot, result: Result): TemplateResult {
  if (result.chart) return methodResult(ballot, result, result.chart);
  const counted = Object.keys(result.counts).length > 0;
  const n = (key: string) => (key === "abstain" ? result.abstained : (result.counts[key] ?? 0));
  const whole = Math.max(1, result.base, ...ballot.options.map((option) => n(option.key)));
  const winner = ballot.options.find((option) => option.key === result.winner);
  const word = ballot.form === "one-of-several" && winner ? winner.label : VERDICTS[result.verdict];
  return html`<div class="result"><p class="verdict ${result.verdict}">${word}</p><p>${result.sentence}</p>
    ${
      counted
        ? html`<table class="counts"><tbody>${ballot.options.map(
            (
              option,
            ) => html`<tr><th scope="row">${option.label}</th><td>${bar(n(option.key), whole, option.key)}</td>
              <td class="num">${number(n(option.key))}</td></tr>`,
          )}</tbody></table>`
        : ""
    }${result.sections ? tallyPart(ballot, result.sections) : ""}</div>`;
}
