// The count of a proven board: by heads, by group, and by the shares of the sections, in exact fractions.
import type { Board } from "./board.ts";

type Fraction = readonly [bigint, bigint];

function reduced(over: bigint, under: bigint): Fraction {
  let [a, b] = [over, under];
  while (b) [a, b] = [b, a % b];
  return a ? [over / a, under / a] : [0n, 1n];
}

function plus([a, b]: Fraction, [c, d]: Fraction): Fraction {
  return reduced(a * d + c * b, b * d);
}

/** "50", "1/2" or "0.5", exactly. */
function fractionOf(text: string): Fraction {
  const [over = "", under = "1"] = text.split("/");
  const [whole = "", rest = ""] = over.split(".");
  return reduced(BigInt(whole + rest), 10n ** BigInt(rest.length) * BigInt(under));
}

function made(board: Board, choice: string): string[] {
  return board.form === "approve-any" ? choice.split("+") : [choice];
}

function labels(board: Board): Map<string, string> {
  return new Map(board.options.map((option) => [option.key, option.label]));
}

/** How often each choice was made, the most frequent first; rankings and points as they stand on the paper. */
export function tally(board: Board, group?: number): [string, number][] {
  const votes = new Map(board.options.map((option) => [option.key, 0]));
  for (const paper of board.papers) {
    if (group !== undefined && paper.group !== group) continue;
    for (const key of made(board, paper.choice)) votes.set(key, (votes.get(key) ?? 0) + 1);
  }
  const known = labels(board);
  const named = [...votes].map(([key, number]): [string, number] => [known.get(key) ?? key, number]);
  return named.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

export interface Share {
  key: string;
  label: string;
  exact: string;
  shown: string;
}

/** What each choice has of all shares cast: in every section the papers cast share its share. */
export function sharesOf(board: Board): Share[] {
  const shares = Object.entries((board.rules.shares ?? {}) as Record<string, string>);
  if (shares.length === 0) return [];
  const papers = board.rules.base === "papers";
  const offered = board.options.filter((option) => papers || option.key !== "abstain");
  const found = new Map<string, Fraction>(offered.map((option) => [option.key, [0n, 1n]]));
  let cast: Fraction = [0n, 1n];
  for (const [name, text] of shares) {
    const place = board.groups.findIndex((group) => group.name === name);
    if (place < 0) throw new Error(`${name} has a share, and no group is called so.`);
    const said = board.papers.filter((paper) => paper.group === place).map((paper) => paper.choice);
    const kept = said.filter((choice) => choice !== "abstain" || papers);
    if (kept.length === 0) continue;
    const [over, under] = fractionOf(text);
    cast = plus(cast, [over, under]);
    const each = reduced(over, under * BigInt(kept.length));
    for (const key of kept.flatMap((choice) => made(board, choice)))
      found.set(key, plus(found.get(key) ?? [0n, 1n], each));
  }
  return [...found].map(([key, share]) => shareOf(key, labels(board).get(key) ?? key, share, cast));
}

function shareOf(key: string, label: string, share: Fraction, cast: Fraction): Share {
  const [over, under] = cast[0] ? reduced(share[0] * cast[1], share[1] * cast[0]) : share;
  const tenths = Number((over * 10_000n) / under) / 100;
  return { key, label, exact: under === 1n ? `${over}` : `${over}/${under}`, shown: `${tenths} %` };
}
