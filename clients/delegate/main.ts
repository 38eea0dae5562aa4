// The delegate's phone: joins the page to what it knows. Everything here counts against 40 KB for 1,400 phones.
import "../shared/basics.css";
import "./delegate.css";
import "./forms.css";
import "./results.css";
import { render } from "lit";
import { dress } from "../shared/dress.ts";
import { page } from "./page.ts";
import { Phone } from "./phone.ts";

const app = document.querySelector<HTMLElement>("#app");
if (app) {
  app.replaceChildren(); // "Opening …" has been read
  const phone: Phone = new Phone(() => {
    render(page(phone), app);
    const { ballot } = phone;
    dress(phone.event, ballot ? `Ballot ${ballot.number} is ${ballot.state}` : "Your vote");
  });
  phone.start();
}
