// The big screen of a hall: connects, asks which scene it shows, and draws it.
import "../shared/base.css";
import "./screen.css";
import "./scenes/programme.css";
import "./scenes/passage.css";
import "./scenes/wall.css";
import "./scenes/room.css";
import "./scenes/themes.css";
import "./scenes/paper.css";
import "./scenes/rounds.css";
import "./scenes/tallies.css";
import { render } from "lit";
import { useAccent } from "../shared/accent.ts";
import { Live } from "../shared/live.ts";
import { fitAll } from "./fit.ts";
import { frame, type Scene } from "./frame.ts";
import { ballotScene } from "./scenes/ballot.ts";
import { holding } from "./scenes/holding.ts";
import { passage } from "./scenes/passage.ts";
import { resultScene } from "./scenes/result.ts";
import { room } from "./scenes/room.ts";
import { runningOrder } from "./scenes/running-order.ts";
import { themes } from "./scenes/themes.ts";
import { onWall, wallScene } from "./scenes/wall.ts";
import { type SceneName, type Stage, stageOf } from "./stage.ts";

/** Drawing more often than this would be restless and would not be read. Units: milliseconds. */
const CALM = 250;

const SCENES: Record<SceneName, (stage: Stage) => Scene> = {
  follow: holding,
  holding,
  "running-order": runningOrder,
  passage,
  wall: wallScene,
  room,
  themes,
  ballot: ballotScene,
  result: resultScene,
};

const live = new Live();
const app = document.getElementById("app");
app?.replaceChildren(); // "Opening …" has been read
let drawn = 0;
let waiting = 0;

function draw(): void {
  waiting = 0;
  drawn = performance.now();
  if (!app) return;
  const { connection, awaySince } = live;
  const stage = stageOf(live.view, { now: live.now(), connection, awaySince });
  document.title = `${stage.event?.rehearsal ? "REHEARSAL · " : ""}${stage.event?.name ?? "Screen"}`;
  useAccent(stage.event?.accent);
  render(frame(stage, SCENES[stage.scene](stage)), app);
  fitAll(app);
  // A comment on the wall stays its time, however many came after it.
  live.streams.hold(onWall());
}

/** Draws now, or as soon as the last picture was up long enough. */
function soon(): void {
  if (waiting) return;
  waiting = window.setTimeout(draw, Math.max(0, CALM - (performance.now() - drawn)));
}

// Projectors in a dark hall are the default; `?theme=light` in the address is for bright rooms.
const light = new URLSearchParams(location.search).get("theme") === "light";
document.documentElement.classList.toggle("hall", !light);
document.body.classList.add("screen");

live.onChange(soon);
addEventListener("resize", soon);
document.fonts.addEventListener("loadingdone", soon);
setInterval(soon, 1_000);
live.start();
draw();
