// A list that works by keyboard alone: arrows move, Space chooses, single letters act while it has the focus.
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { keysOn } from "../../shared/keys.ts";

const PAGE = 10;

/** Where a person is in a list and what they have chosen in it. */
export class Place {
  active: string | null = null;
  readonly chosen = new Set<string>();
  private anchor: string | null = null;

  /** The active row, or the first one where it has gone. */
  at(ids: readonly string[]): number {
    return Math.max(0, ids.indexOf(this.active ?? ""));
  }

  move(ids: readonly string[], to: number, extend: boolean): void {
    const from = this.at(ids);
    const place = Math.min(ids.length - 1, Math.max(0, to));
    if (extend) {
      this.anchor ??= ids[from] ?? null;
      this.range(ids, place);
    } else this.anchor = null;
    this.active = ids[place] ?? null;
  }

  private range(ids: readonly string[], to: number): void {
    const from = ids.indexOf(this.anchor ?? "");
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) this.chosen.add(ids[i] ?? "");
    this.chosen.delete("");
  }

  toggle(id: string): void {
    this.anchor = null;
    if (!this.chosen.delete(id)) this.chosen.add(id);
  }

  /** What an act is about: the chosen rows that are still there, else the active one. */
  about(ids: readonly string[]): string[] {
    const chosen = ids.filter((id) => this.chosen.has(id));
    const active = ids[this.at(ids)];
    return chosen.length > 0 ? chosen : active ? [active] : [];
  }

  /** Choose nothing, and be on the row after the last that an act was about. */
  goOn(ids: readonly string[], done: readonly string[]): void {
    const last = Math.max(...done.map((id) => ids.indexOf(id)));
    const next = ids.slice(last + 1).find((id) => !done.includes(id)) ?? ids.find((id) => !done.includes(id));
    this.chosen.clear();
    this.anchor = null;
    this.active = next ?? this.active;
  }
}

export interface Listed<T> {
  id: string;
  label: string;
  rows: readonly T[];
  keyOf: (row: T) => string;
  draw: (row: T) => unknown;
  /** Classes of a row. */
  look?: (row: T) => string;
  place: Place;
  single?: boolean;
  /** A letter: Alt with it puts the focus here. */
  letter?: string;
  /** Single letters, in lower case, and named keys such as "Enter". */
  keys: Record<string, () => void>;
  changed: () => void;
}

function scrollTo(listId: string, id: string | null): void {
  if (id) document.getElementById(`${listId}-${id}`)?.scrollIntoView({ block: "nearest" });
}

/** Arrows and the like; null where the key moves nothing. */
function target(event: KeyboardEvent, at: number, count: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + PAGE,
    PageUp: at - PAGE,
    Home: 0,
    End: count - 1,
  };
  return steps[event.key] ?? null;
}

function choosing<T>(list: Listed<T>, ids: string[], event: KeyboardEvent): boolean {
  const active = ids[list.place.at(ids)];
  if (event.key === " " && active) {
    if (!list.single) list.place.toggle(active);
    else list.keys.Enter?.();
    return true;
  }
  if (event.key === "Escape" && list.place.chosen.size > 0) {
    list.place.chosen.clear();
    return true;
  }
  if (event.key.toLowerCase() === "a" && (event.ctrlKey || event.metaKey) && !list.single) {
    for (const id of ids) list.place.chosen.add(id);
    return true;
  }
  return false;
}

function acting<T>(list: Listed<T>, event: KeyboardEvent): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const act = list.keys[name];
  if (!act || (event.key.length === 1 && !keysOn())) return false;
  act();
  return true;
}

function pressed<T>(list: Listed<T>, event: KeyboardEvent): void {
  const ids = list.rows.map(list.keyOf);
  const to =
    event.altKey || event.ctrlKey || event.metaKey ? null : target(event, list.place.at(ids), ids.length);
  if (to !== null) list.place.move(ids, to, event.shiftKey && !list.single);
  else if (!choosing(list, ids, event) && !acting(list, event)) return;
  event.preventDefault();
  list.changed();
  scrollTo(list.id, list.place.active);
}

function clicked<T>(list: Listed<T>, id: string, event: MouseEvent): void {
  const ids = list.rows.map(list.keyOf);
  if (event.shiftKey && !list.single) list.place.move(ids, ids.indexOf(id), true);
  else {
    list.place.active = id;
    if (!list.single) list.place.toggle(id);
  }
  list.changed();
  if (list.single) list.keys.Enter?.();
}

/** The list. */
export function listbox<T>(list: Listed<T>): TemplateResult {
  const ids = list.rows.map(list.keyOf);
  const active = ids[list.place.at(ids)];
  return html`<ul class="listbox" id=${list.id} role="listbox" tabindex="0" aria-label=${list.label}
    data-key=${list.letter ?? nothing} aria-multiselectable=${list.single ? nothing : "true"} aria-activedescendant=${active ? `${list.id}-${active}` : nothing}
    @keydown=${(event: KeyboardEvent) => pressed(list, event)}>
    ${repeat(list.rows, list.keyOf, (row) => {
      const id = list.keyOf(row);
      const chosen = list.single ? id === list.place.active : list.place.chosen.has(id);
      return html`<li id="${list.id}-${id}" role="option" aria-selected=${chosen}
        class="${id === active ? "active" : ""} ${list.look?.(row) ?? ""}" @click=${(event: MouseEvent) => clicked(list, id, event)}>${list.draw(row)}</li>`;
    })}</ul>`;
}
