// A table's own day: its points by the rounds in which they were made, and what became of them in one sentence.
import type { Item } from "./entities.ts";
import { count, whereItIs } from "./words.ts";

/** Points in the order in which they come, under the title of their round. */
export function byRound<T>(
  points: readonly T[],
  roundOf: (point: T) => string | null,
  items: readonly Item[],
): { id: string; title: string; points: T[] }[] {
  const rounds = new Map<string, T[]>();
  for (const point of points) {
    const id = roundOf(point) ?? "";
    rounds.set(id, [...(rounds.get(id) ?? []), point]);
  }
  const titles = new Map(items.map((item) => [item.id, item.title]));
  return [...rounds].map(([id, own]) => ({ id, title: titles.get(id) ?? "Outside a round", points: own }));
}

/** "5 points: 3 in a theme, 2 adopted", the most first; empty where nothing is at the centre yet. */
export function dayInWords(
  points: readonly { state: string; station: string | null; disposition: string | null }[],
): string {
  const ends = new Map<string, number>();
  for (const point of points) {
    const { station, disposition } = point;
    const end = point.state === "withdrawn" ? "withdrawn" : whereItIs({ station, disposition });
    ends.set(end, (ends.get(end) ?? 0) + 1);
  }
  const parts = [...ends].sort((a, b) => b[1] - a[1]).map(([end, many]) => `${many} ${end}`);
  return points.length === 0 ? "" : `${count(points.length, "point")}: ${parts.join("; ")}`;
}
