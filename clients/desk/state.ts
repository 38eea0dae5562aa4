// What the chair has chosen to look at; it changes nothing for anybody else.
import type { Track } from "../shared/entities.ts";
import { tracksOf } from "../shared/programme.ts";
import { keep, kept } from "../shared/remember.ts";
import type { Page } from "./page.ts";

export type Middle = "tables" | "ballots" | "order" | "missing";

const chosen = kept("desk", { track: "", middle: "tables" as Middle, asList: false });

export function look() {
  return chosen;
}

export function choose(page: Page, change: Partial<typeof chosen>): void {
  Object.assign(chosen, change);
  keep("desk", chosen);
  page.redraw();
}

/** The track that the main button moves. */
export function trackOf(page: Page): Track | undefined {
  const tracks = tracksOf(page.view);
  return tracks.find((track) => track.id === chosen.track) ?? tracks[0];
}
