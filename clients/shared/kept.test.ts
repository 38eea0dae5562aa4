// What the disk of a laptop gives back after the page was closed.
import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { newCommand } from "./commands.ts";
import { Drafts } from "./drafts.ts";
import { KeptOnDevice } from "./kept.ts";
import type { Entry } from "./outbox.ts";

const make = (position: number, n: number): Entry => ({
  ...{ position, n, table: 1, device: "d", ack: null, arrived: null },
  command: newCommand("record-comment", { n }),
});

test("entries come back in order with what became of them, and the device keeps its name", async () => {
  const first = await KeptOnDevice.open("reload");
  await first.keep(make);
  const second = await first.keep(make);
  await first.mark(1, { ok: true, id: (await first.load())[0]?.command.id ?? "" }, 5);
  const later = await KeptOnDevice.open("reload");
  expect(later.device).toBe(first.device);
  expect((await later.load()).map((entry) => [entry.n, entry.ack?.ok])).toEqual([
    [1, true],
    [2, undefined],
  ]);
  expect(second.position).toBe(2);
});

test("what was erased is gone, also while another page has it open", async () => {
  const [one, other] = await Promise.all([KeptOnDevice.open("over"), KeptOnDevice.open("over")]);
  await one.keep(make);
  await other.erase();
  expect(await (await KeptOnDevice.open("over")).load()).toEqual([]);
  await expect(one.keep(make)).rejects.toThrow();
});

test("what the journal still has comes back under its number, and numbers go on after it", async () => {
  const kept = await KeptOnDevice.open("emptied");
  const lost = [make(1, 1), make(2, 2)];
  const fresh = await kept.keep(make);
  const [one, two] = await kept.restore(lost);
  expect([fresh.position, one?.position, two?.position]).toEqual([1, 3, 2]);
  expect((await kept.keep(make)).n).toBe(3);
  expect(await kept.load()).toHaveLength(4);
});

test("two pages of one laptop never give the same number", async () => {
  const [one, two] = await Promise.all([KeptOnDevice.open("pages"), KeptOnDevice.open("pages")]);
  const kept = await Promise.all([one.keep(make), two.keep(make), one.keep(make), two.keep(make)]);
  expect(kept.map((entry) => entry.n).sort()).toEqual([1, 2, 3, 4]);
});

test("a command that is no point takes no number of the points", async () => {
  const kept = await KeptOnDevice.open("numbers");
  await kept.keep((position) => ({ ...make(position, 0), n: null }));
  expect((await kept.keep(make)).n).toBe(1);
});

test("the newer of two drafts wins, whichever place it was in", async () => {
  const disk = await KeptOnDevice.open("drafts");
  const quick = new Map<string, string>();
  const storage = {
    getItem: (key: string) => quick.get(key) ?? null,
    setItem: (key: string, value: string) => void quick.set(key, value),
  };
  const drafts = new Drafts(disk, storage);
  drafts.put("draft", "every keystroke", 2);
  expect(await new Drafts(disk, storage).get("draft")).toBe("every keystroke");
  await disk.saveDraft("draft", { at: 3, value: "newer" });
  expect(await drafts.get("draft")).toBe("newer");
  quick.set("draft", "half a wri");
  expect(await drafts.get("draft")).toBe("newer");
});
