// Papers that say more than one thing, made of native fields; fetched only when such a ballot is there.
import { html, nothing, type TemplateResult } from "lit";
import type { Ballot } from "../../shared/entities.ts";
import { Filling, type Held, type Instead, placeWord } from "./filling.ts";

type Option = Ballot["options"][number];
/** Marks one option. */
type Mark = (key: string, value: string) => void;

const STRENGTHS = ["1", "2", "3", "4", "5"];
const HINTS: Partial<Record<Ballot["form"], string>> = {
  "approve-any": "Tick as many as you approve.",
  rank: "Say which is first, second and so on. You need not rank them all.",
  strength: "Rate them from 1, the weakest, to 5, the strongest. Leave out those on which you have no view.",
};

const fillings = new WeakMap<Held, Filling>();

/** The fields of a paper; what is marked goes to the paper as its one text. */
export function formFields(paper: Held, changed: () => void): TemplateResult {
  const filling = fillings.get(paper) ?? new Filling(paper.ballot, paper.choice);
  if (!fillings.has(paper)) {
    fillings.set(paper, filling);
    paper.fill(filling.read, false);
  }
  const told = () => {
    paper.fill(filling.read);
    changed();
  };
  const mark: Mark = (key, value) => {
    filling.marks[key] = value;
    told();
  };
  return html`<p class="hint">${hint(paper.ballot)}</p>
    <fieldset class="marks" aria-labelledby="question" ?disabled=${filling.instead !== ""}>
      ${filling.options.map((option) => field(filling, option, mark))}
    </fieldset>${paper.ballot.form === "approve-any" ? instead(filling, "none", "None of these", told) : nothing}
    ${abstaining(filling, told)}`;
}

function hint(ballot: Ballot): string {
  return (
    HINTS[ballot.form] ?? `You have ${ballot.points} points. Spend them as you like; you need not spend all.`
  );
}

function field(filling: Filling, option: Option, mark: Mark): TemplateResult {
  if (filling.ballot.form === "approve-any") return tick(filling, option, mark);
  if (filling.ballot.form === "rank") return place(filling, option, mark);
  return filling.ballot.form === "points" ? spend(filling, option, mark) : rate(filling, option, mark);
}

function tick(filling: Filling, { key, label }: Option, mark: Mark): TemplateResult {
  return html`<label class="option"><input type="checkbox" .checked=${filling.marks[key] === "1"}
    @change=${(event: Event) => mark(key, (event.target as HTMLInputElement).checked ? "1" : "")} />${label}</label>`;
}

function place(filling: Filling, { key, label }: Option, mark: Mark): TemplateResult {
  const now = filling.marks[key] ?? "";
  return html`<div class="mark"><label for="place-${key}">${label}</label>
    <select id="place-${key}" @change=${(event: Event) => mark(key, (event.target as HTMLSelectElement).value)}>
      <option value="" .selected=${now === ""}>not ranked</option>
      ${filling.options.map((_, at) => html`<option value=${at + 1} .selected=${now === String(at + 1)}>${placeWord(at + 1)}</option>`)}
    </select></div>`;
}

function rate(filling: Filling, { key, label }: Option, mark: Mark): TemplateResult {
  const now = filling.marks[key] ?? "";
  const step = (
    value: string,
    words: unknown,
  ) => html`<label class="step"><input type="radio" name="strength-${key}"
    value=${value} .checked=${now === value} @change=${() => mark(key, value)} /><span>${words}</span></label>`;
  return html`<fieldset class="mark rate"><legend>${label}</legend>
    <div class="steps">${STRENGTHS.map((value) => step(value, value))}${step("", "no view")}</div></fieldset>`;
}

function spend(filling: Filling, { key, label }: Option, mark: Mark): TemplateResult {
  const now = Number(filling.marks[key] ?? "") || 0;
  const whole = filling.ballot.points ?? 0;
  const by = (step: number) => () => mark(key, String(Math.min(whole, Math.max(0, Math.round(now) + step))));
  return html`<div class="mark"><label for="points-${key}">${label}</label>
    <span class="spend"><button type="button" class="btn" aria-label="One less for ${label}" aria-disabled=${now <= 0} @click=${by(-1)}>−</button>
      <input id="points-${key}" class="num" type="number" inputmode="numeric" min="0" max=${whole} step="1"
        .value=${filling.marks[key] ?? ""} @input=${(event: Event) => mark(key, (event.target as HTMLInputElement).value)} />
      <button type="button" class="btn" aria-label="One more for ${label}" aria-disabled=${now >= whole} @click=${by(1)}>+</button></span></div>`;
}

function abstaining(filling: Filling, told: () => void): TemplateResult | typeof nothing {
  const offered = filling.ballot.options.find((option) => option.key === "abstain");
  return offered ? instead(filling, "abstain", offered.label, told) : nothing;
}

function instead(filling: Filling, what: Instead, label: string, told: () => void): TemplateResult {
  const set = (event: Event) => {
    filling.instead = (event.target as HTMLInputElement).checked ? what : "";
    told();
  };
  return html`<label class="option aside"><input type="checkbox" .checked=${filling.instead === what} @change=${set} />${label}</label>`;
}
