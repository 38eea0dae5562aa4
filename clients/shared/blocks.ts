// Blocks of tables: which one a page is about, and what belongs to it.
import type { Missing, Table } from "./entities.ts";
import type { View } from "./live.ts";

/** The block in the page's address; null for the whole room. */
export function blockIn(path: string): string | null {
  const name = /^\/block\/([^/]+)/.exec(path)?.[1];
  return name === undefined ? null : decodeURIComponent(name);
}

/** The tables of a block by number; with no block, all of them. */
export function tablesIn(view: View, block: string | null): Table[] {
  return view
    .all<Table>("table")
    .filter((table) => block === null || table.block === block)
    .sort((a, b) => a.number - b.number);
}

/** Every block of the room that this device knows tables of. */
export function blocksOf(view: View): string[] {
  const names = tablesIn(view, null).map((table) => table.block ?? "");
  return [...new Set(names)].filter(Boolean).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** Open missing points of a block, the oldest first; those of nobody's table belong to the whole room. */
export function missingIn(view: View, block: string | null): Missing[] {
  const numbers = new Set(tablesIn(view, block).map((table) => table.number));
  return view
    .all<Missing>("missing")
    .filter((one) => block === null || (one.table !== null && numbers.has(one.table)))
    .sort((a, b) => a.at.localeCompare(b.at));
}
