// The kiosk: joins its one page to its voice, its keys and whoever stands before it.
import "../shared/basics.css";
import "../delegate/delegate.css";
import "../delegate/forms.css";
import "../delegate/results.css";
import "./kiosk.css";
import { render } from "lit";
import { dress } from "../shared/dress.ts";
import { Cursor } from "./cursor.ts";
import { Keyboard } from "./keys.ts";
import { page } from "./page.ts";
import { Station } from "./station.ts";
import { Teller } from "./telling.ts";

const app = document.querySelector<HTMLElement>("#app");
if (app) {
  app.replaceChildren(); // "Opening …" has been read
  const cursor = new Cursor(app);
  const draw = () => {
    render(page(station, keyboard), app);
    document.documentElement.classList.toggle("large", station.looks.large);
    document.documentElement.classList.toggle("stark", station.looks.contrast);
    document.documentElement.classList.toggle("curtained", station.looks.curtain);
    dress(station.event, station.visit ? "Kiosk: in use" : "Kiosk");
    teller.look();
    // At the start of a visit that is none yet, the field is where the caret belongs.
    if (!station.visit && document.activeElement === document.body)
      app.querySelector<HTMLElement>("#code")?.focus();
  };
  const station = new Station(app.dataset.box ?? "", draw);
  const teller = new Teller(app, station.voice, cursor);
  const keyboard = new Keyboard(station, cursor, draw, () => teller.tell(true));
  keyboard.listen(app);
  station.start();
  draw();
}
