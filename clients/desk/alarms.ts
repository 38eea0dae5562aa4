// Which table somebody should walk to, in words: points that do not arrive, a laptop that is away, a table that fell silent.
import type { EventFacts, Item, Table } from "../shared/entities.ts";
import { clock, count } from "../shared/words.ts";

export interface Alarm {
  table: number;
  /** The lower, the graver. */
  rank: 0 | 1 | 2;
  words: string;
}

/** What is wrong at a table, if anything is; what began just now is none of it. Units: `now` in milliseconds. */
export function alarmOf(
  table: Table,
  event: EventFacts | undefined,
  item: Item | undefined,
  now: number,
): Alarm | null {
  const zone = event?.zone ?? "Europe/London";
  const passed = (at: string | null | undefined, seconds: number) =>
    at != null && now - Date.parse(at) > seconds * 1000;
  const kept = table.kept ?? 0;
  if (kept > 0 && passed(table.kept_since, event?.kept_alarm_seconds ?? 120)) {
    const since = clock(table.kept_since ?? now, zone);
    return {
      table: table.number,
      rank: 0,
      words: `${count(kept, "point")} on its laptop and not at the centre since ${since}.`,
    };
  }
  const talks = item?.kind === "round" && item.progress === "running";
  if (!talks) return null;
  if (table.state === "offline") return { table: table.number, rank: 1, words: "No laptop is connected." };
  const quiet = event?.quiet_seconds ?? 300;
  if (table.state !== "silent" || !passed(item.started, quiet)) return null;
  const words = table.at ? `Nothing said since ${clock(table.at, zone)}.` : "Nothing said yet.";
  return { table: table.number, rank: 2, words };
}
