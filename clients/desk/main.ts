// The chair's desk.
import "../shared/base.css";
import "./page.css";
import "./desk.css";
import "./ballots.css";
import "./forms.css";
import "./screens.css";
import "./help.css";
import "./table-list.css";
import "./vote-order.css";
import "./balance.css";
import { DESK_KEYS, desk } from "./desk.ts";
import { listenToKeys } from "./keys.ts";
import { Page } from "./page.ts";

const root = document.getElementById("app");
if (root) {
  root.replaceChildren(); // "Opening …" has been read
  document.body.classList.add("desk-page");
  listenToKeys("keys of the desk", DESK_KEYS);
  new Page(root, desk).start();
}
