// The theme desk.
import "../shared/base.css";
import "./page.css";
import "./ballots.css";
import "./forms.css";
import "./themes.css";
import { listenToKeys } from "./keys.ts";
import { Page } from "./page.ts";
import { board, THEME_KEYS } from "./theming/board.ts";
import { Work } from "./theming/work.ts";

const root = document.getElementById("app");
if (root) {
  root.replaceChildren(); // "Opening …" has been read
  document.body.classList.add("desk-page", "themes-page");
  listenToKeys("keys of the theme desk", THEME_KEYS);
  const page: Page = new Page(root, () => board(work));
  const work = new Work(page);
  page.start();
}
