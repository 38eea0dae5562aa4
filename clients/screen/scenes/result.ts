// The result of a ballot: the verdict, its sentence, the bars with what was needed, and every number.
import { html, nothing, type TemplateResult } from "lit";
import type { Ballot, Chart, Result } from "../../shared/entities.ts";
import { withRefs } from "../../shared/marks.ts";
import { chosenWord } from "../../shared/rounds.ts";
import { clock, count, inFours, list, number } from "../../shared/words.ts";
import { bar } from "../bars.ts";
import type { Scene } from "../frame.ts";
import type { Stage } from "../stage.ts";
import { badges, ballotScene, orderLine, title } from "./ballot.ts";
import { bothTallies } from "./tallies.ts";

const VERDICTS: Record<Result["verdict"], string> = {
  carried: "Carried",
  lost: "Lost",
  tied: "Tied",
  "no-quorum": "No quorum",
  chosen: "Chosen",
};

/** The word that the room reads first: the verdict, or what was chosen of several. */
export function verdict(ballot: Ballot, result: Result): string {
  if (result.chart) return chosenOf(ballot, result);
  const chosen = ballot.options.find((option) => option.key === result.winner);
  if (ballot.form === "one-of-several" && chosen && result.verdict !== "tied") return chosen.label;
  if (ballot.form === "one-of-several" && result.verdict === "lost") return "None was carried";
  return VERDICTS[result.verdict];
}

function chosenOf(ballot: Ballot, result: Result): string {
  const winners = (result.winners ?? []).map(
    (key) => ballot.options.find((one) => one.key === key)?.label ?? "",
  );
  return winners.length > 0 && result.verdict !== "tied"
    ? list(winners)
    : `${chosenWord(result)} ${list(winners)}`.trim();
}

const MINORITY = /[\d,]+ for “[^”]*” are recorded as a minority position\./g;

/** The sentence without what the bars and the foot already say. */
export function because(result: Result): string {
  if (result.sections)
    return [`${result.sections.headline}.`, ...(result.sentence.match(MINORITY) ?? [])].join(" ");
  if (result.chart) return result.why ?? "";
  const sentences = result.sentence.split(/(?<=\.)\s+/);
  const rest = sentences.filter(
    (sentence, place) => !(place === 0 && sentence.includes(": ")) && !sentence.endsWith(" did not vote."),
  );
  return rest.length > 0 ? rest.join(" ") : result.sentence;
}

interface Row {
  key: string;
  label: string;
  n: number;
  thin: boolean;
}

/** The bars in the order of the paper; abstentions are drawn thin and last, because they decide nothing. */
export function rowsOf(ballot: Ballot, result: Result): Row[] {
  const decide = ballot.options.filter((option) => option.key !== "abstain");
  const rows = decide.map(({ key, label }) => ({ key, label, n: result.counts[key] ?? 0, thin: false }));
  const label =
    ballot.form === "for-against"
      ? "Abstained"
      : (ballot.options.find((option) => option.key === "abstain")?.label ?? "Abstained");
  if (result.abstained > 0 || ballot.form === "for-against")
    rows.push({ key: "abstain", label, n: result.abstained, thin: true });
  return rows;
}

function tone(row: Row, result: Result): string {
  if (row.key === "for" || row.key === "against" || row.key === "abstain") return row.key;
  return row.key === result.winner ? "for" : "plain";
}

function chart(ballot: Ballot, result: Result): TemplateResult {
  const rows = rowsOf(ballot, result);
  const needed = result.quorum_reached ? result.needed : null;
  const whole = Math.max(1, result.base, needed ?? 0, ...rows.map((row) => row.n));
  const mark = needed ? { at: needed, word: `${number(needed)} needed` } : undefined;
  return html`<ul class="bars ${rows.length > 5 ? "many" : ""} ${mark ? "marked" : ""}">
    ${rows.map(
      (row, index) =>
        html`<li class="line ${row.thin ? "thin" : ""} ${row.key === result.winner ? "won" : ""}">
          <span class="label">${row.label}</span>${bar({ part: row.n, whole, tone: tone(row, result), mark: index === 0 ? mark : undefined })}
          <b class="num">${number(row.n)}</b></li>`,
    )}
  </ul>`;
}

/** How many columns of numbers, and lines of them, can be read from the back row. */
const MOST_ROUNDS = 5;
const MOST_LINES = 6;

/** Where a method chose: the bars, and beside them what each option had in every round, as far as that can be read. */
function methodChart(ballot: Ballot, result: Result, drawn: Chart): TemplateResult {
  const label = (key: string) => ballot.options.find((option) => option.key === key)?.label ?? "";
  const won = (key: string) => result.winners?.includes(key) ?? false;
  const rounds = result.rounds;
  if (rounds && rounds.head.length > 2 && drawn.bars.length <= MOST_LINES)
    return byRound(drawn, rounds, label, won);
  return html`<p class="counted">${drawn.counted}</p><ul class="bars ${drawn.bars.length > 5 ? "many" : ""}">
    ${drawn.bars.map(
      ({
        key,
        share,
        shown,
      }) => html`<li class="line ${won(key) ? "won" : ""}"><span class="label">${label(key)}</span>
        ${bar({ part: share, whole: 1000, tone: won(key) ? "for" : "plain" })}<b class="num">${shown}</b></li>`,
    )}</ul>`;
}

function byRound(
  drawn: Chart,
  rounds: NonNullable<Result["rounds"]>,
  label: (key: string) => string,
  won: (key: string) => boolean,
): TemplateResult {
  const from = Math.max(1, rounds.head.length - MOST_ROUNDS);
  const heads = rounds.head.slice(from);
  return html`<table class="by-round">
    <thead><tr><th scope="col"><span class="visually-hidden">Option</span></th><td></td>${heads.map((word) => html`<th scope="col">${word}</th>`)}</tr></thead>
    <tbody>${drawn.bars.map(({ key, share }, at) => {
      const had = (rounds.rows[at] ?? []).slice(from);
      return html`<tr class=${won(key) ? "won" : ""}><th scope="row">${label(key)}</th>
        <td class="drawn">${bar({ part: share, whole: 1000, tone: won(key) ? "for" : "plain" })}</td>
        ${had.map((votes) => html`<td class="num">${votes || "out"}</td>`)}</tr>`;
    })}</tbody></table>`;
}

function provisional(ballot: Ballot, stage: Stage): string {
  if (ballot.state !== "provisional") return "";
  return ballot.publish_at
    ? `Provisional until ${clock(ballot.publish_at, stage.event?.zone)}`
    : "Provisional";
}

/** By what anybody can check a stamped ballot's count. */
function checks(ballot: Ballot): TemplateResult | typeof nothing {
  const { board } = ballot;
  if (!board) return nothing;
  return html`<p class="hash">Root <span class="hex">${inFours(board.root)}</span></p>
    <p class="hash">Key <span class="hex">${inFours(board.keys_hash ?? "")}</span>
      <span class="num">${count(board.issued, "stamp")} issued, ${number(board.cast)} in the box</span></p>`;
}

/** Who took no side and who did not vote; the plain bars of a single choice show abstentions themselves. */
function abstentions(result: Result, members: boolean): string {
  const who = members ? "member" : "delegate";
  const stayed = result.not_voted > 0 ? `${count(result.not_voted, who)} did not vote` : "";
  return [result.chart || result.sections ? `${number(result.abstained)} abstained` : "", stayed]
    .filter(Boolean)
    .join(", ");
}

function picture(ballot: Ballot, result: Result): TemplateResult | typeof nothing {
  if (result.chart) return methodChart(ballot, result, result.chart);
  if (result.sections) return bothTallies(ballot, result, result.sections);
  return Object.keys(result.counts).length > 0 ? chart(ballot, result) : nothing;
}

function closedAt(ballot: Ballot, stage: Stage): TemplateResult | typeof nothing {
  if (!ballot.closed) return nothing;
  return html`closed at <span class="num">${clock(ballot.closed, stage.event?.zone)}</span>`;
}

/** The scene after the count. Without a result it shows the ballot as it stands. */
export function resultScene(stage: Stage): Scene {
  const ballot = stage.ballot;
  const result = ballot?.result;
  if (!ballot || !result || ballot.state === "void") return ballotScene(stage);
  const early = provisional(ballot, stage);
  const inOrder = orderLine(stage, ballot);
  return {
    left: title(ballot),
    right: early ? html`<b class="badge">${early}</b>` : stage.event?.name,
    body: html`<div class="paper" data-levels="5">
      ${badges(ballot)}
      <p class="question">${withRefs(ballot.question)}</p>
      <div class="says ${ballot.form === "for-against" ? "" : "long"}">
        <h1 class="verdict ${result.verdict}">${verdict(ballot, result)}</h1>
        <p class="sentence">${because(result)}</p>
      </div>
      ${picture(ballot, result)}${checks(ballot)}
    </div>`,
    foot: html`<span class="one-line">${abstentions(result, ballot.trust === "cards")}</span>`,
    footRight: inOrder !== nothing ? inOrder : closedAt(ballot, stage),
  };
}
