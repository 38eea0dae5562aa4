// What can be heard of a page, in its order, and each thing in words: its name, its place, how it stands.
const HEARD = "h1,h2,h3,p,dl > div,li,label.option,.mark,input,button,summary";
// Their texts are said when they change, and by what stands in them.
const CLOCK = /(?<=closes in )(\d+):(\d\d)\b/;
const PASSED_OVER = ".visually-hidden, .aids, .keys, :empty";

/** Everything that the arrow keys stop at, in order: one stop for each field, and for each text around them. */
export function stopsOf(root: HTMLElement): HTMLElement[] {
  const found = [...root.querySelectorAll<HTMLElement>(HEARD)].filter((element) => isStop(element));
  return found.map((element) => fieldOf(element) ?? element).filter((stop) => !stop.matches(":disabled"));
}

function isStop(element: HTMLElement): boolean {
  if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".aids, .keys")) return false;
  if (element.matches("input")) return !element.closest("label.option, .mark, .rate");
  if (element.matches("button, summary, label.option, .mark"))
    return !element.closest(".spend") || element.matches(".mark");
  if (element.matches(PASSED_OVER) || !textOf(element)) return false;
  return !element.querySelector("input, button, select") && !element.closest(".mark, label");
}

/** What takes the keys where a whole line is one stop. */
function fieldOf(line: HTMLElement): HTMLElement | null {
  if (!line.matches("label.option, .mark")) return null;
  const chosen = line.querySelector<HTMLElement>(".steps input:checked");
  return chosen ?? line.querySelector<HTMLElement>("input, select");
}

export function isField(element: Element): boolean {
  return element.matches("input, select, button, summary");
}

/** A text as it is said: one space between words, signs in words. */
export function textOf(element: Element | null | undefined): string {
  const copy = element?.cloneNode(true) as HTMLElement | undefined;
  for (const silent of copy?.querySelectorAll("[aria-hidden=true], kbd") ?? []) silent.remove();
  return (copy?.textContent ?? "")
    .replace(/\s+/g, " ")
    .replaceAll("·", ",")
    .replace(CLOCK, "$1 minutes $2 seconds")
    .trim();
}

/** One stop in words. */
export function inWords(element: HTMLElement): string {
  if (element instanceof HTMLSelectElement) return place(element);
  if (element instanceof HTMLInputElement) return field(element);
  if (element.matches("button")) return buttonInWords(element);
  if (element.matches("summary")) {
    const open = element.closest("details")?.open;
    return `${textOf(element)}. More to read. Enter ${open ? "closes" : "opens"} it.`;
  }
  return textOf(element);
}

function buttonInWords(element: HTMLElement): string {
  const name = element.getAttribute("aria-label") ?? textOf(element);
  const off = element.getAttribute("aria-disabled") === "true";
  return off ? `${name}. Button, not yet.` : `${name}. Button. Enter presses it.`;
}

function field(input: HTMLInputElement): string {
  if (input.type === "radio") return input.closest(".steps") ? rating(input) : option(input);
  if (input.type === "checkbox") return tick(input);
  if (input.type === "number") return points(input);
  return `${nameOf(input)}. ${input.value ? `Typed: ${spelled(input.value)}` : "Nothing typed yet"}.`;
}

function option(radio: HTMLInputElement): string {
  const group = groupOf(radio);
  const does = textOf(document.getElementById(radio.getAttribute("aria-describedby") ?? ""));
  const chosen = radio.checked ? "Chosen." : "Not chosen. Enter chooses it.";
  return `${nameOf(radio)}. Option ${group.indexOf(radio) + 1} of ${group.length}. ${does} ${chosen}`;
}

function tick(box: HTMLInputElement): string {
  const all = [...(box.form?.querySelectorAll<HTMLInputElement>("input[type=checkbox]") ?? [])];
  const how = box.checked ? "Ticked. Enter takes it back." : "Not ticked. Enter ticks it.";
  return `${nameOf(box)}. Option ${all.indexOf(box) + 1} of ${all.length}. ${how}`;
}

function rating(radio: HTMLInputElement): string {
  const rates = [...(radio.form?.querySelectorAll(".rate") ?? [])];
  const own = radio.closest(".rate");
  const at = `Option ${rates.indexOf(own as Element) + 1} of ${rates.length}`;
  return `${textOf(own?.querySelector("legend"))}. ${at}. ${standing(radio)}. Left and right change it.`;
}

function place(select: HTMLSelectElement): string {
  const all = [...(select.form?.querySelectorAll("select") ?? [])];
  const at = `Option ${all.indexOf(select) + 1} of ${all.length}`;
  return `${nameOf(select)}. ${at}. ${standing(select)}. Left and right change it.`;
}

function points(input: HTMLInputElement): string {
  const all = [...(input.form?.querySelectorAll<HTMLInputElement>("input[type=number]") ?? [])];
  const at = `Option ${all.indexOf(input) + 1} of ${all.length}`;
  return `${nameOf(input)}. ${at}. ${standing(input)}. Left and right change it, or type a number.`;
}

/** How a field stands now, in few words. */
export function standing(element: HTMLElement): string {
  if (element instanceof HTMLSelectElement) return element.selectedOptions[0]?.text ?? "";
  if (!(element instanceof HTMLInputElement)) return "";
  if (element.type === "number")
    return `${element.value || "0"} ${element.value === "1" ? "point" : "points"}`;
  return nameOf(element);
}

/** What is said when a field has changed. */
export function changeInWords(element: HTMLElement): string {
  if (element instanceof HTMLSelectElement) return `${nameOf(element)}: ${standing(element)}.`;
  if (!(element instanceof HTMLInputElement)) return "";
  if (element.type === "checkbox") return `${element.checked ? "Ticked" : "Not ticked"}: ${nameOf(element)}.`;
  if (element.type === "number") return `${nameOf(element)}: ${standing(element)}.`;
  if (element.closest(".steps"))
    return `${textOf(element.closest(".rate")?.querySelector("legend"))}: ${nameOf(element)}.`;
  return `Chosen: ${nameOf(element)}.`;
}

function nameOf(element: HTMLInputElement | HTMLSelectElement): string {
  return textOf(element.labels?.[0]) || (element.getAttribute("aria-label") ?? "");
}

export function groupOf(radio: HTMLInputElement): HTMLInputElement[] {
  const all = radio.form?.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${radio.name}"]`);
  return [...(all ?? [radio])];
}

/** "7 K 3": each letter by itself. */
export function spelled(text: string): string {
  return [...text].join(" ");
}
