// What one screen is about: its scene, and the track, passages and ballot that the scene speaks of.
import type {
  Ballot,
  Comment,
  EventFacts,
  Item,
  Passage,
  Room,
  SceneChoice,
  Screen,
  Theme,
  Track,
} from "../shared/entities.ts";
import type { Connection, View } from "../shared/live.ts";
import { eventOf, nowAndNext, passageOf, passagesFor, tracksOf } from "../shared/programme.ts";
import { clock } from "../shared/words.ts";

export type SceneName = SceneChoice["name"];

export interface Stage {
  view: View;
  /** The hub's clock. Units: milliseconds. */
  now: number;
  event: EventFacts | undefined;
  scene: SceneName;
  track: Track | undefined;
  item: Item | undefined;
  next: Item | undefined;
  passages: Passage[];
  ballot: Ballot | undefined;
  room: Room | undefined;
  connection: Connection;
  awaySince: number | null;
}

export interface Moment {
  now: number;
  connection: Connection;
  awaySince: number | null;
}

const LIVELY: Ballot["state"][] = ["open", "announced", "closed", "provisional"];

/** The screen that this device is: its own audience calls it "me". */
export function screenOf(view: View): Screen | undefined {
  return view.get<Screen>("screen", "me") ?? view.all<Screen>("screen")[0];
}

function sceneOf(screen: Screen | undefined): SceneName {
  const wanted = screen?.scene.name ?? "holding";
  const shown = wanted === "follow" ? screen?.shows : wanted;
  return (shown && shown !== "follow" ? shown : "holding") as SceneName;
}

/** The ballot that a screen means when nobody chose one: of its track, the liveliest, then the newest, also one that was taken back. */
function ballotOf(
  view: View,
  scene: SceneName,
  chosen: string | null | undefined,
  track: string | undefined,
): Ballot | undefined {
  if (chosen) return view.get<Ballot>("ballot", chosen);
  const mine = view
    .all<Ballot>("ballot")
    .filter((one) => one.state !== "draft" && (!one.track || one.track === track));
  const decided = scene === "result" ? mine.filter((one) => one.result) : [];
  const rank = (ballot: Ballot) =>
    LIVELY.includes(ballot.state) ? LIVELY.indexOf(ballot.state) : LIVELY.length;
  const newest = (a: Ballot, b: Ballot) =>
    (scene === "result" ? (b.closed ?? "").localeCompare(a.closed ?? "") : 0) || b.number - a.number;
  return (decided.length > 0 ? decided : mine).sort(
    (a, b) => (scene === "result" ? 0 : rank(a) - rank(b)) || newest(a, b),
  )[0];
}

/** Everything that a scene draws from, resolved once per frame. */
export function stageOf(view: View, moment: Moment): Stage {
  const screen = screenOf(view);
  const scene = sceneOf(screen);
  const tracks = tracksOf(view);
  const track = tracks.find((one) => one.id === screen?.scene.track) ?? tracks[0];
  const { now: item, next } = nowAndNext(view, track);
  const ballot = ballotOf(view, scene, screen?.scene.ballot, track?.id);
  return {
    view,
    event: eventOf(view),
    scene,
    track,
    item,
    next,
    passages: passagesOn(view, screen?.scene.passage, item),
    ballot,
    room: view.all<Room>("room")[0],
    ...moment,
  };
}

/** The passage that was chosen, else those of the item now, else the only ones the hub sent to this screen. */
function passagesOn(view: View, chosen: string | null | undefined, item: Item | undefined): Passage[] {
  const one = passageOf(view, chosen);
  if (one) return [one];
  const assigned = passagesFor(view, item, null);
  return assigned.length > 0
    ? assigned
    : view.all<Passage>("passage").sort((a, b) => a.position - b.position);
}

/** True for what belongs to one of the scene's passages; with no passage, for everything. */
function about(stage: Stage, passage: string | null): boolean {
  return (
    stage.passages.length === 0 || stage.passages.some((one) => one.id === passage || one.ref === passage)
  );
}

/** Current comments on the scene's passages, oldest first. */
export function commentsOn(stage: Stage): Comment[] {
  return stage.view
    .all<Comment>("comment")
    .filter((comment) => comment.state === "current" && about(stage, comment.passage))
    .sort((a, b) => a.at.localeCompare(b.at));
}

export interface Tally {
  n: number;
  kinds: Record<string, number>;
}

/** How much was said on the scene's passages: as the hub counts it, because a screen gets only the latest comments. */
export function saidOn(stage: Stage): Tally {
  const counted = stage.room?.by_passage.filter((one) =>
    stage.passages.some((passage) => passage.ref === one.ref),
  );
  if (stage.room && stage.passages.length === 0) return { n: stage.room.comments, kinds: stage.room.by_kind };
  const kinds: Record<string, number> = {};
  const add = (kind: string, n: number) => {
    kinds[kind] = (kinds[kind] ?? 0) + n;
  };
  if (counted) for (const one of counted) for (const [kind, n] of Object.entries(one.kinds)) add(kind, n);
  else for (const one of commentsOn(stage)) add(one.kind, 1);
  return { n: Object.values(kinds).reduce((sum, n) => sum + n, 0), kinds };
}

/** Themes on the scene's passages: the widest spread first, minority points last. */
export function themesOn(stage: Stage): Theme[] {
  return stage.view
    .all<Theme>("theme")
    .filter((theme) => theme.passage === null || about(stage, theme.passage))
    .sort(
      (a, b) => Number(a.minority) - Number(b.minority) || b.tables - a.tables || a.position - b.position,
    );
}

/** The hall's clock now. */
export function hallClock(stage: Stage): string {
  return clock(stage.now, stage.event?.zone ?? "Europe/London");
}

/** A block from its first to its last table: [1, 4] as "tables 1 to 4". */
export function tablesInWords(tables: "all" | "choice" | number[]): string {
  if (tables === "all") return "all tables";
  if (tables === "choice") return "your choice";
  const [first, last] = [tables.at(0), tables.at(-1)];
  return first === last ? `table ${first}` : `tables ${first} to ${last}`;
}
