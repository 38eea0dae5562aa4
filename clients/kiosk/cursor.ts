// Where somebody is on the page: up and down go from one thing to the next, left and right change what has a value.
import { groupOf, isField, stopsOf } from "./reading.ts";

export class Cursor {
  private at: HTMLElement | null = null;

  constructor(private readonly root: HTMLElement) {}

  /** Begin anew: the next step down goes to the first field. */
  beforeTheFields(): void {
    const stops = stopsOf(this.root);
    const first = stops.findIndex((stop) => isField(stop));
    this.at = (first < 0 ? stops.at(-1) : stops[first - 1]) ?? null;
  }

  /** The stop that many further; null at the end of the page. */
  step(by: 1 | -1): HTMLElement | null {
    const stops = stopsOf(this.root);
    const active = document.activeElement;
    const held = stops.findIndex((stop) => stop === active || sameGroup(stop, active));
    const from = held >= 0 ? held : stops.indexOf(this.at as HTMLElement);
    const next = from < 0 ? (by > 0 ? stops[0] : stops.at(-1)) : stops[from + by];
    if (next) this.goTo(next);
    return next ?? null;
  }

  /** The option with this number, as it is counted aloud. */
  option(number: number): HTMLElement | null {
    const fields = stopsOf(this.root).filter((stop) => stop.closest("fieldset") && !stop.matches("button"));
    const found = fields[number - 1] ?? null;
    if (found) this.goTo(found);
    return found;
  }

  private goTo(stop: HTMLElement): void {
    this.at = stop;
    // A text takes the focus as well: so Enter can press nothing that is not being heard.
    if (!isField(stop)) stop.tabIndex = -1;
    stop.focus();
    stop.scrollIntoView({ block: "nearest" });
  }
}

/** One question of strength is one stop, whichever of its steps has the focus. */
function sameGroup(stop: HTMLElement, active: Element | null): boolean {
  const own = stop.closest(".rate");
  return own !== null && own === active?.closest(".rate");
}

/** Change the value of a field by one step; false where it has none. */
export function change(element: Element | null, by: 1 | -1): boolean {
  if (element instanceof HTMLSelectElement) {
    const to = element.selectedIndex + by;
    if (to >= 0 && to < element.options.length) element.selectedIndex = to;
    return told(element, "change");
  }
  if (!(element instanceof HTMLInputElement)) return false;
  if (element.type === "number") {
    const whole = Number(element.max) || 0;
    element.value = String(Math.min(whole, Math.max(0, (Number(element.value) || 0) + by)));
    return told(element, "input");
  }
  if (!element.closest(".steps")) return false;
  const steps = groupOf(element);
  const to = steps[steps.indexOf(element) + by] ?? element;
  to.checked = true;
  to.focus();
  return told(to, "change");
}

function told(element: HTMLElement, type: string): true {
  element.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}
