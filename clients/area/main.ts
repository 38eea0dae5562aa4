// The area facilitator's phone.
import "../shared/base.css";
import "../desk/page.css";
import "../desk/help.css";
import "./area.css";
import { Page } from "../desk/page.ts";
import { blockPage } from "./page.ts";

const root = document.getElementById("app");
if (root) {
  root.replaceChildren(); // "Opening …" has been read
  document.body.classList.add("desk-page", "block-page");
  new Page(root, blockPage).start();
}
