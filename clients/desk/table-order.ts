// In which order the tables stand in the list: whom somebody should walk to first, and nothing moves under a reader.
import type { Table } from "../shared/entities.ts";
import type { Alarm } from "./alarms.ts";

const UNALARMED = 9;

export class TableOrder {
  private standing: number[] = [];
  private top = new Set<number>();

  /** Tables to look at that did not need it when the list was last put in order. */
  fresh: number[] = [];

  /** Forget the order: the next one is made anew. */
  release(): void {
    this.standing = [];
  }

  /** The tables in order: alarms first, the gravest on top, then by number; while it is read, as it stood. */
  arrange(tables: Table[], alarms: Map<number, Alarm>, isRead: boolean): Table[] {
    const byNumber = new Map(tables.map((table) => [table.number, table]));
    const stood = this.standing.flatMap((number) => byNumber.get(number) ?? []);
    if (isRead && stood.length > 0) {
      const known = new Set(this.standing);
      this.fresh = [...alarms.keys()].filter((number) => !this.top.has(number));
      return [...stood, ...tables.filter((table) => !known.has(table.number))];
    }
    const rank = (table: Table) => alarms.get(table.number)?.rank ?? UNALARMED;
    const sorted = tables.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number);
    this.standing = sorted.map((table) => table.number);
    this.top = new Set(alarms.keys());
    this.fresh = [];
    return sorted;
  }
}
