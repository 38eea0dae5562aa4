// The desk of a resource person: the tables' questions and their answers.
import "../shared/base.css";
import "../desk/page.css";
import "./questions.css";
import { Page } from "../desk/page.ts";
import { Answering } from "./answering.ts";
import { questionsPage } from "./page.ts";

const root = document.getElementById("app");
if (root) {
  root.replaceChildren(); // "Opening …" has been read
  document.body.classList.add("desk-page", "questions-page");
  const page: Page = new Page(root, () => questionsPage(work));
  const work = new Answering(page);
  page.start();
}
