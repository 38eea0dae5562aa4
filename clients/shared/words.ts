// The plain sentences and figures that every device says alike.
import type { Comment, EventFacts, Kind, Missing, Response } from "./entities.ts";

const figures = new Intl.NumberFormat("en-GB");

/** 1,400 */
export function number(value: number): string {
  return figures.format(value);
}

/** "1 comment", "14 comments" */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** "a", "a and b", "a, b and c" */
export function list(parts: string[]): string {
  if (parts.length < 2) return parts[0] ?? "";
  return `${parts.slice(0, -1).join(", ")} and ${parts[parts.length - 1]}`;
}

/** "14:32", with hours "1:04:32", never below "0:00". Units: seconds in. */
export function minutesAndSeconds(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Seconds until a UTC time; negative once it is past. Units: `now` in milliseconds. */
export function secondsUntil(deadline: string, now: number): number {
  return (Date.parse(deadline) - now) / 1000;
}

/** What a timer shows: running, paused, or none. */
export function timeLeft(
  timer: { deadline: string | null; remaining?: number | null },
  now: number,
): string | null {
  if (timer.deadline) return minutesAndSeconds(secondsUntil(timer.deadline, now));
  if (timer.remaining != null) return minutesAndSeconds(timer.remaining);
  return null;
}

/** What is said aloud of the time that is left: sparsely, so that nobody is talked over. Units: seconds. */
export function spokenTime(seconds: number, marks: number[]): string {
  if (seconds <= 0) return "Time is up.";
  const mark = Math.min(...marks.filter((each) => seconds <= each));
  if (!Number.isFinite(mark)) return "";
  return mark >= 60 ? `${count(mark / 60, "minute")} left.` : `${mark} seconds left.`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** A UTC time as the event's clock on the wall: "11:42", or "11:42:07" to the second. */
export function clock(at: string | number, zone = "Europe/London", toTheSecond = false): string {
  const key = `${zone} ${toTheSecond}`;
  let format = clocks.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      ...(toTheSecond ? { second: "2-digit" as const } : {}),
    });
    clocks.set(key, format);
  }
  return format.format(new Date(at));
}

/** A text as the hub takes it: composed, one kind of line end, without characters that nobody can see. */
export function tidy(text: string): string {
  const lines = text.normalize("NFC").replace(/\r\n?/g, "\n").replaceAll("\t", " ");
  return lines.replace(/(?!\n)[\p{Cc}\p{Cs}]/gu, "").trim();
}

/** A planned local time "2027-03-27T10:00" as "10:00". */
export function plannedTime(planned: string | null): string {
  return planned?.slice(11, 16) ?? "";
}

export const KINDS: Kind[] = [
  { key: "support", label: "Support", sign: "+" },
  { key: "concern", label: "Concern", sign: "!" },
  { key: "wording", label: "Wording", sign: "¶" },
  { key: "idea", label: "New idea", sign: "*" },
  { key: "question", label: "Question", sign: "?" },
];

/** The kinds of this event, in order. */
export function kindsOf(event: EventFacts | undefined): Kind[] {
  return event && event.kinds.length > 0 ? event.kinds : KINDS;
}

export function kindOf(event: EventFacts | undefined, key: string): Kind {
  return kindsOf(event).find((kind) => kind.key === key) ?? { key, label: key, sign: "·" };
}

/** "with this point 8 · not with it 2", so that nobody wonders what they are against; or that nobody counted. */
export function strength(comment: { agree: number; against: number; minority?: boolean }): string {
  const view = comment.minority ? "minority view · " : "";
  if (comment.agree + comment.against === 0) return `${view}strength not said`;
  return `${view}with this point ${number(comment.agree)} · not with it ${number(comment.against)}`;
}

const STATIONS: Record<string, string> = {
  received: "at the centre, not read yet",
  read: "read by the theme team",
  theme: "in a theme",
  motion: "in a motion",
  ballot: "in a ballot",
};

const DISPOSITIONS: Record<string, string> = {
  adopted: "adopted",
  "adopted-in-part": "adopted in part",
  lost: "lost on a ballot",
  "lost-on-a-ballot": "lost on a ballot",
  fell: "fell: another text was carried",
  minority: "kept as a minority position",
  "minority-position": "kept as a minority position",
  "referred-back": "referred back",
  remitted: "remitted",
  answered: "answered",
  noted: "noted",
  "not-adopted": "not adopted",
  "ruled-out": "ruled out of order",
  withdrawn: "withdrawn",
  "not-reached": "not reached",
};

function plain(key: string): string {
  return key.replace(/^in-/, "in ").replaceAll("-", " ");
}

/** Where a comment or submission is now, or how it ended, in words. */
export function whereItIs(thing: {
  station: string | null;
  disposition: string | null;
  reason?: string | null;
  theme_names?: string[];
}): string {
  if (thing.disposition) {
    const end = DISPOSITIONS[thing.disposition] ?? plain(thing.disposition);
    return thing.reason ? `${end}: ${thing.reason}` : end;
  }
  const themes = thing.theme_names ?? [];
  const station = (thing.station ?? "received").replace(/^in-/, "");
  if (themes.length > 0 && (station === "theme" || station === "read" || station === "received")) {
    return `in ${themes.length === 1 ? "the theme" : "the themes"} ${list(themes.map((name) => `“${name}”`))}`;
  }
  return STATIONS[station] ?? plain(station);
}

const MARKS: Record<string, string> = {
  "after-the-round": "came after the round",
  "over-limit": "over the limit of the round",
  "table-moved": "the table has moved",
  "from-the-floor": "from the floor",
  "from-paper": "from paper",
  "typed-in": "typed in at the desk from what came",
  admitted: "from a laptop whose sign-in had ended, admitted by the clerk",
  "read-in": "read in at the desk",
  "kept-as-revision": "kept as a second version",
  conflict: "two corrections of one point: both are kept",
};

/** What the hub noted about a comment when it took it, in words. */
export function marksInWords(marks: string[]): string[] {
  return marks.map((mark) => MARKS[mark] ?? plain(mark));
}

const RESPONSES: Record<Response, string> = {
  "ours-too": "ours too",
  "we-differ": "we differ",
  adds: "added to it",
};

/** Where a question is once one of the resource persons has taken it. */
export function beingAnswered(name: string): string {
  return `${name} is answering it`;
}

/** One answer to a comment, in words. */
export function responseInWords(response: Response): string {
  return RESPONSES[response];
}

/** "ours too: 3 tables, we differ: table 7": what other tables answered; null where nobody has. */
export function responsesInWords(responses: Comment["responses"], named: boolean): string | null {
  const parts = (Object.keys(RESPONSES) as Response[]).flatMap((response) => {
    const given = responses.filter((one) => one.response === response);
    const tables = given.flatMap((one) => (one.table === null ? [] : [number(one.table)]));
    if (given.length === 0) return [];
    const who =
      named && tables.length === given.length
        ? `${given.length === 1 ? "table" : "tables"} ${list(tables)}`
        : count(given.length, "table");
    return [`${RESPONSES[response]}: ${who}`];
  });
  return parts.length > 0 ? parts.join(" · ") : null;
}

/** A long text by its two ends. */
export function shortened(text: string): string {
  const words = text.split(" ");
  return words.length <= 9 ? text : `${words.slice(0, 3).join(" ")} … ${words.slice(-3).join(" ")}`;
}

/** What a comment says in one line: its words, else its change of wording. */
export function saying(comment: Pick<Comment, "text" | "english">): string {
  return comment.text || comment.english || "";
}

/** "12/7" as the address of its story. */
export function storyLink(ref: string): string {
  return `/story/${encodeURIComponent(ref.replaceAll("/", "-"))}`;
}

export function missingInWords(missing: Missing): string {
  if (missing.state === "answered") return `Answered: ${missing.answer ?? ""}`;
  if (missing.state === "added") return "Added to what the tables said";
  return "With the theme team";
}

/** A long number in groups of four, so that it can be read aloud and compared. */
export function inFours(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, "$1 ");
}
