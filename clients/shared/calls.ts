// Help calls: what they hold, who waits for how long, and how they stand in words; every device says it alike.
import type { View } from "./live.ts";
import { clock, count } from "./words.ts";

export interface Cry {
  item: string;
  /** Null where the reason is private and this device is not one of those that may know it. */
  reason: string | null;
  words: string;
  private: boolean;
  /** When the laptop says it was made; it may have arrived much later. */
  said: string | null;
  arrived: string;
  late: boolean;
  back: boolean;
}

export interface HelpCall {
  id: string;
  table: number;
  state: "waiting" | "seen" | "closed" | "taken-back";
  cries: Cry[];
  called: string;
  waits_since: string;
  seen: string | null;
  seen_by: string | null;
  ended: string | null;
  ended_by: string | null;
}

export function isOpen(call: HelpCall): boolean {
  return call.state === "waiting" || call.state === "seen";
}

/** Open calls, those that nobody has seen first, the longest waiting before the others. */
export function openCalls(view: View): HelpCall[] {
  const rank = (call: HelpCall) => (call.state === "waiting" ? 0 : 1);
  return view
    .all<HelpCall>("call")
    .filter(isOpen)
    .sort((a, b) => rank(a) - rank(b) || a.waits_since.localeCompare(b.waits_since));
}

/** For how long a call has waited for somebody to see it. Units: seconds. */
export function waited(call: HelpCall, now: number): number {
  const until = call.seen ? Date.parse(call.seen) : now;
  return Math.max(0, (until - Date.parse(call.waits_since)) / 1000);
}

/** Whether nobody has seen a call for longer than the event allows. */
export function isOverdue(call: HelpCall, alarm: number | undefined, now: number): boolean {
  return call.state === "waiting" && waited(call, now) > (alarm ?? 180);
}

/** "just now", "1 minute", "12 minutes". Units: seconds in. */
export function waitInWords(seconds: number): string {
  return seconds < 60 ? "less than a minute" : count(Math.floor(seconds / 60), "minute");
}

/** When a cry was made; what arrived late says so. */
export function madeInWords(cry: Cry, zone: string | undefined): string {
  const arrived = clock(cry.arrived, zone);
  return cry.late && cry.said ? `made ${clock(cry.said, zone)}, arrived ${arrived}` : arrived;
}

/** "Called 11:42 · seen by Priya 11:43 · on the way", as the table reads it. */
export function callInWords(call: HelpCall, zone: string | undefined): string {
  const at = (time: string | null) => clock(time ?? call.called, zone);
  const last = call.cries.at(-1);
  const called = call.cries.length > 1 ? `Called ${at(null)}, again ${at(call.waits_since)}` : firstCall();
  if (call.state === "waiting") return `${called} · not seen yet`;
  if (call.state === "seen")
    return `${called} · seen by ${call.seen_by ?? "the desk"} ${at(call.seen)} · on the way`;
  return `${called} · ${call.state === "closed" ? "closed" : "taken back"} ${at(call.ended)}`;

  function firstCall(): string {
    if (last?.late && last.said) return `Called ${clock(last.said, zone)}, reached the centre ${at(null)}`;
    return `Called ${at(null)}`;
  }
}
