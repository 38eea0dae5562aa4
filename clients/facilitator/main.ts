// The table laptop: joins the page to what it knows and draws it again when that changes.
import "../shared/base.css";
import "./facilitator.css";
import "./bring.css";
import "./help.css";
import { render } from "lit";
import { dress } from "../shared/dress.ts";
import { eraseWhenOrdered } from "./erasing.ts";
import { listenToKeys } from "./keys.ts";
import { Laptop } from "./laptop.ts";
import { page } from "./page.ts";

const app = document.querySelector<HTMLElement>("#app");
if (app) {
  app.replaceChildren(); // "Opening …" has been read
  let round: string | undefined;
  const laptop = new Laptop(() => {
    render(page(laptop), app);
    void eraseWhenOrdered(laptop);
    dress(laptop.facts.event, laptop.facts.table === null ? "Table laptop" : `Table ${laptop.facts.table}`);
    // A new round starts at the top; nothing else ever scrolls or moves the focus.
    if (laptop.facts.round?.id !== round) app.querySelector(".middle")?.scrollTo({ top: 0 });
    round = laptop.facts.round?.id;
  });
  listenToKeys(laptop);
  laptop.start();
}
