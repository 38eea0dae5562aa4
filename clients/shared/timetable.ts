// When things are expected, and the words for it; planned times are local to the event.
import type { Item, Track } from "./entities.ts";

const MINUTES_IN_A_DAY = 24 * 60;

/** "2027-03-27T11:30" and 7 as "11:37": when an item is expected, not when it was planned. Units: minutes. */
export function expectedTime(planned: string | null, late: number | null): string {
  const [hours, minutes] = (planned?.slice(11, 16) ?? "").split(":").map(Number);
  if (hours === undefined || minutes === undefined || Number.isNaN(hours)) return "";
  const total = (hours * 60 + minutes + Math.max(0, late ?? 0)) % MINUTES_IN_A_DAY;
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

/** How late a track is: what its item says, else what the hub forecasts for the track. Units: minutes. */
export function lateOf(track: Track | undefined, item: Item | undefined): number {
  return item?.late_minutes ?? track?.late_minutes ?? 0;
}

/** When the last item of a day ends, if everything that is left takes as long as planned. */
export function expectedEnd(day: readonly Item[], late: number | null): string {
  const last = day.at(-1);
  return last ? expectedTime(last.planned, (last.minutes ?? 0) + Math.max(0, late ?? 0)) : "";
}

/** The items of the day that a running order is in. */
export function dayOf(items: readonly Item[], current: Item | undefined): Item[] {
  const day = current?.day ?? items.find((one) => one.state !== "done")?.day ?? items.at(-1)?.day;
  return items.filter((one) => one.day === day);
}

const DAYS = new Map<string, string>();

/** "2027-03-27" as "Saturday". */
export function weekday(day: string | undefined): string {
  if (!day) return "";
  let name = DAYS.get(day);
  if (!name) {
    const format = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
    name = format.format(new Date(`${day}T12:00:00Z`));
    DAYS.set(day, name);
  }
  return name;
}
