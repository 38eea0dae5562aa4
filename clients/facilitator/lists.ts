// A list that takes single keys while it has the focus: arrows to move, letters to act.
import { keysOn } from "../shared/keys.ts";

/** Move within a focused list, or hand a letter on with the id of the point it is meant for. */
export function listKeys(event: KeyboardEvent, acts: Record<string, (id: string) => void> = {}): void {
  const here = event.target as HTMLElement;
  if (!here.matches("li[data-id]") || event.altKey || event.ctrlKey || event.metaKey) return;
  const points = [...(here.parentElement?.querySelectorAll<HTMLElement>(":scope > li[data-id]") ?? [])];
  const at = points.indexOf(here);
  const goals: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: points.length - 1,
  };
  const goal = goals[event.key];
  if (goal !== undefined) {
    event.preventDefault();
    points[goal]?.focus();
  }
  const act = keysOn() ? acts[event.key.toLowerCase()] : undefined;
  if (act) {
    event.preventDefault();
    act(here.dataset.id ?? "");
  }
}

/** Put the focus on the first point of a list. */
export function focusList(id: string): void {
  const list = document.getElementById(id);
  (list?.querySelector<HTMLElement>("li[data-id]") ?? document.getElementById(`${id}-empty`))?.focus();
}
