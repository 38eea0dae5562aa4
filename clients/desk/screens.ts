// The screens of the hall: what each shows now, and what the chair puts on it.
import { html, nothing, type TemplateResult } from "lit";
import type { Ballot, Passage, SceneChoice, Screen } from "../shared/entities.ts";
import { passageOf, tracksOf } from "../shared/programme.ts";
import type { Page } from "./page.ts";
import { button, part, refusal, select } from "./parts.ts";

type Scene = SceneChoice["name"];

const SCENES: Record<Scene, string> = {
  follow: "Follows the running order",
  holding: "Event's name and what is next",
  "running-order": "Running order",
  passage: "Passage",
  wall: "Comments as they arrive",
  room: "Room at a glance",
  themes: "Themes",
  ballot: "Ballot",
  result: "Result",
};

/** What the chair has picked for a screen and not shown yet. */
const picked = new Map<string, SceneChoice>();

function pick(page: Page, screen: Screen, change: Partial<SceneChoice>): void {
  picked.set(screen.id, { ...(picked.get(screen.id) ?? screen.scene), ...change });
  page.redraw();
}

function about(page: Page, screen: Screen, choice: SceneChoice): TemplateResult | typeof nothing {
  const set = (key: "track" | "passage" | "ballot") => (value: string) =>
    pick(page, screen, { [key]: value || null });
  const following = { value: "", label: "The one that is on" };
  if (["passage", "wall", "themes"].includes(choice.name)) {
    const passages = page.view.all<Passage>("passage").sort((a, b) => a.position - b.position);
    const all = passages.map((one) => ({ value: one.id, label: `${one.ref} ${one.heading}`.slice(0, 70) }));
    return select(
      `about-${screen.id}`,
      "Which passage",
      [following, ...all],
      choice.passage ?? "",
      set("passage"),
    );
  }
  if (["ballot", "result"].includes(choice.name)) {
    const ballots = page.view
      .all<Ballot>("ballot")
      .filter((one) => one.state !== "draft")
      .sort((a, b) => b.number - a.number);
    const all = ballots.map((one) => ({
      value: one.id,
      label: `${one.number}: ${one.question}`.slice(0, 70),
    }));
    return select(
      `about-${screen.id}`,
      "Which ballot",
      [following, ...all],
      choice.ballot ?? "",
      set("ballot"),
    );
  }
  return nothing;
}

function inTrack(page: Page, screen: Screen, choice: SceneChoice): TemplateResult | typeof nothing {
  const tracks = tracksOf(page.view);
  if (tracks.length < 2) return nothing;
  const all = [
    { value: "", label: "All tracks" },
    ...tracks.map((track) => ({ value: track.id, label: track.name })),
  ];
  return select(`track-${screen.id}`, "Track", all, choice.track ?? "", (value) =>
    pick(page, screen, { track: value || null }),
  );
}

function same(a: SceneChoice, b: SceneChoice): boolean {
  return (
    a.name === b.name &&
    ["track", "passage", "ballot"].every((key) => (a[key as "track"] ?? null) === (b[key as "track"] ?? null))
  );
}

/** What hangs in the hall now, in words. */
function shows(page: Page, screen: Screen): TemplateResult {
  const passage = passageOf(page.view, screen.scene.passage);
  const follows = screen.scene.name === "follow";
  return html`<p><b>${screen.label}</b> <span class="quiet">${follows ? `now: ${SCENES[screen.shows as Scene] ?? screen.shows}` : (passage?.ref ?? "")}</span></p>`;
}

/** Whether there is anything to say beyond the scene's name. */
function isDetailed(screen: Screen): boolean {
  return picked.has(screen.id) || Boolean(screen.scene.passage || screen.scene.ballot);
}

function card(page: Page, screen: Screen): TemplateResult {
  const choice = picked.get(screen.id) ?? screen.scene;
  const scenes = (Object.keys(SCENES) as Scene[]).map((value) => ({ value, label: SCENES[value] }));
  const place = `screen ${screen.id}`;
  const { name, track = null, passage = null, ballot = null } = choice;
  const data = { screen: screen.id, scene: name, track, passage, ballot };
  const after = () => picked.delete(screen.id);
  const done = `${screen.label}: ${SCENES[name]}.`;
  const set = (value: string) => pick(page, screen, { name: value as Scene, passage: null, ballot: null });
  return html`<li class="screen">${shows(page, screen)}
    ${select(`scene-${screen.id}`, `${screen.label} shows`, scenes, name, set)}
    ${isDetailed(screen) ? html`${inTrack(page, screen, choice)}${about(page, screen, choice)}` : nothing}
    ${same(choice, screen.scene) ? nothing : button(page, { place, label: "Show it", type: "set-scene", data, look: "small", done, after })}
    ${refusal(page, place)}</li>`;
}

/** All screens; none means that the event has none. */
export function screens(page: Page): TemplateResult | typeof nothing {
  const all = page.view.all<Screen>("screen").sort((a, b) => a.label.localeCompare(b.label));
  if (page.event && !page.event.features.screens) return nothing;
  const body = html`<ul class="screen-list">${all.map((screen) => card(page, screen))}</ul>`;
  return part(
    "screens",
    "Screens",
    all.length > 0
      ? body
      : html`<p class="quiet">No screen has been added. The clerk adds them in the office.</p>`,
  );
}
