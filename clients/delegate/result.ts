// Results on the phone: a sentence, the bars, the numbers, and the table that holds them.
import { html, nothing, svg, type TemplateResult } from "lit";
import type { Ballot, Chart, Result } from "../shared/entities.ts";
import { withRefs } from "../shared/marks.ts";
import { chosenWord, everyRound } from "../shared/rounds.ts";
import { clock, list, number } from "../shared/words.ts";
import type { Phone } from "./phone.ts";
import { tallyOf } from "./tally.ts";

/** A label of more letters takes more of the line than its bar. */
const LONG = 14;

/** A result that is newer than what goes on now: it stands first, until the room goes on. */
function isNews(phone: Phone, ballot: Ballot): boolean {
  const started = phone.tracks.map((track) => phone.nowIn(track).now?.started ?? "").sort();
  return (ballot.closed ?? "") > (started.at(-1) ?? "");
}

/** A ballot that was being voted on and came to nothing: said until the room goes on. */
function voidPart(ballot: Ballot): TemplateResult {
  return html`<section class="results" role="status"><p class="tag">Ballot ${ballot.number}</p>
    <h3>${withRefs(ballot.question)}</h3><p class="finding"><b>Void:</b> this ballot does not count.</p></section>`;
}

/** What ended last, where it is news: a result, or a ballot that came to nothing. */
export function newsPart(phone: Phone): unknown {
  const [last] = phone.results;
  const ended = phone.voided;
  const nothingCame = ended && ended.number > (last?.number ?? 0) ? voidPart(ended) : nothing;
  if (!last || !isNews(phone, last)) return nothingCame;
  return html`${nothingCame}<section class="results" aria-labelledby="news-title"><h2 id="news-title" class="visually-hidden">The last result</h2>${oneResult(phone, last)}</section>`;
}

/** The last result in full, the earlier ones folded. */
export function resultsPart(phone: Phone): unknown {
  const news = phone.results.slice(0, 1).some((ballot) => isNews(phone, ballot));
  const [last, ...earlier] = phone.results.slice(news ? 1 : 0);
  if (!last) return nothing;
  return html`<section class="results" aria-labelledby="results-title">
    <h2 id="results-title">Results</h2>
    ${oneResult(phone, last)}
    ${earlier.length > 0 ? html`<details><summary>Earlier results (${number(earlier.length)})</summary>${earlier.map((ballot) => oneResult(phone, ballot))}</details>` : nothing}
  </section>`;
}

/** What a result is not; the screens say it in the same words. */
const BADGES: Record<Ballot["purpose"], string> = {
  binding: "",
  sounding: " · Sounding: not binding",
  practice: " · Practice: nothing is decided",
};

function oneResult(phone: Phone, ballot: Ballot): TemplateResult {
  const { result } = ballot;
  const voted = phone.vote(ballot)?.voted ? html`<p class="quiet">Your vote is in it.</p>` : nothing;
  return html`<article>
    <p class="tag">Ballot ${ballot.number}${ballot.passage ? html` · <b class="ref">${ballot.passage}</b>` : nothing}${BADGES[ballot.purpose]}</p>
    <h3>${withRefs(ballot.question)}</h3>
    ${result ? counted(ballot, result) : html`<p>${ballot.declared ?? uncounted(phone, ballot)}</p>`}
    ${tallyOf(phone, ballot)}
    ${ballot.state === "provisional" ? html`<p class="notice">Provisional${ballot.publish_at ? html` until <time>${clock(ballot.publish_at, phone.event?.zone)}</time>` : nothing}, in case somebody challenges it.</p>` : nothing}
    ${ballot.trust === "stamped" ? phone.stamped.check(ballot) : voted}
  </article>`;
}

function uncounted(phone: Phone, ballot: Ballot): string {
  if (ballot.state === "closed" || !ballot.publish_at) return "Closed. The count comes next.";
  return `Counted. The result is published at ${clock(ballot.publish_at, phone.event?.zone)}.`;
}

/** What a method made of papers that say more than one thing: what was chosen and why, its bars, every round. */
function chosen(ballot: Ballot, result: Result, chart: Chart): TemplateResult {
  const label = (key: string) => ballot.options.find((option) => option.key === key)?.label ?? "";
  return html`<p class="finding"><b class="is-${result.verdict}">${chosenWord(result)}</b> ${list((result.winners ?? []).map(label))}</p>
    <p>${result.why}</p>
    <table class="bars long"><caption>${chart.counted}</caption><tbody>${chart.bars.map(
      ({ key, shown, share }) =>
        html`<tr><th scope="row">${label(key)}</th><td class="num">${shown}</td><td class="bar" aria-hidden="true">${bar(result.winners?.includes(key) ? "for" : "", share / 1000)}</td></tr>`,
    )}
    <tr class="quiet"><th scope="row">Abstained</th><td class="num">${number(result.abstained)}</td><td></td></tr>
    <tr class="quiet"><th scope="row">Did not vote</th><td class="num">${number(result.not_voted)}</td><td></td></tr></tbody></table>
    ${everyRound(result)}`;
}

function counted(ballot: Ballot, result: Result): TemplateResult {
  if (result.counted === false) return html`<p class="finding">${result.sentence}</p>`;
  if (result.chart) return chosen(ballot, result, result.chart);
  const options = ballot.options.filter((option) => option.key !== "abstain");
  const most = Math.max(1, ...options.map((option) => result.counts[option.key] ?? 0), result.abstained);
  const rows: [string, string, number][] = options.map((option) => [
    option.key,
    option.label,
    result.counts[option.key] ?? 0,
  ]);
  rows.push(["abstain", "Abstained", result.abstained]);
  return html`<p class="finding">${finding(ballot, result)}</p>
    <table class=${options.some((option) => option.label.length > LONG) ? "bars long" : "bars"}><tbody>${rows.map(
      ([key, label, votes]) =>
        html`<tr><th scope="row">${label}</th><td class="num">${number(votes)}</td><td class="bar" aria-hidden="true">${bar(key, votes / most)}</td></tr>`,
    )}
    <tr class="quiet"><th scope="row">Did not vote</th><td class="num">${number(result.not_voted)}</td><td></td></tr></tbody></table>
    ${result.quorum_reached ? nothing : html`<p>The quorum was not reached.</p>`}`;
}

/** The verdict; where one of several was chosen, its name alone: the numbers of all of them stand below. */
function finding(ballot: Ballot, result: Result): TemplateResult {
  if (ballot.form === "one-of-several" && result.winner !== null) {
    const winner = ballot.options.find((option) => option.key === result.winner);
    return html`<b class="is-carried">Carried:</b> ${winner?.label}`;
  }
  const [verdict, ...rest] = result.sentence.split(":");
  return rest.length > 0
    ? html`<b class="is-${result.verdict}">${verdict}:</b>${rest.join(":")}`
    : html`${verdict}`;
}

function bar(key: string, share: number): TemplateResult {
  return html`<svg width="100%" height="14" class="share ${key}">${svg`<rect width="${(share * 100).toFixed(1)}%" height="14"></rect>`}</svg>`;
}
