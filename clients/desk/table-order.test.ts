// The list of tables: alarms stand first, and what is being read does not move.
import { expect, test } from "vitest";
import type { Table } from "../shared/entities.ts";
import type { Alarm } from "./alarms.ts";
import { TableOrder } from "./table-order.ts";

const tables = [1, 2, 3, 4, 5].map((number) => ({ number })) as Table[];
const alarms = (...given: [table: number, rank: Alarm["rank"]][]) =>
  new Map(given.map(([table, rank]) => [table, { table, rank, words: "" }]));
const numbers = (list: Table[]) => list.map((table) => table.number);

test("whoever needs somebody stands first, the gravest on top", () => {
  const order = new TableOrder();
  expect(numbers(order.arrange(tables, alarms([4, 2], [5, 0], [2, 1]), false))).toEqual([5, 2, 4, 1, 3]);
});

test("nothing moves while the list is read; what is new is counted, and comes to the top when asked", () => {
  const order = new TableOrder();
  order.arrange(tables, alarms([4, 2]), false);
  expect(numbers(order.arrange(tables, alarms([5, 0], [4, 2]), true))).toEqual([4, 1, 2, 3, 5]);
  expect(order.fresh).toEqual([5]);
  order.release();
  expect(numbers(order.arrange(tables, alarms([5, 0], [4, 2]), true))).toEqual([5, 4, 1, 2, 3]);
  expect(order.fresh).toEqual([]);
});

test("an alarm that is over leaves its table where it stands until nobody reads", () => {
  const order = new TableOrder();
  order.arrange(tables, alarms([4, 2]), false);
  expect(numbers(order.arrange(tables, alarms(), true))).toEqual([4, 1, 2, 3, 5]);
  expect(numbers(order.arrange(tables, alarms(), false))).toEqual([1, 2, 3, 4, 5]);
});

test("a table that is made meanwhile stands at the end", () => {
  const order = new TableOrder();
  order.arrange(tables.slice(1), alarms(), false);
  expect(numbers(order.arrange(tables, alarms(), true))).toEqual([2, 3, 4, 5, 1]);
});
