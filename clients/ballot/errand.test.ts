// A delegate's stamped ballot, restarted at every step, with a box that fails, and with a list that lies.
import { beforeAll, expect, test } from "vitest";
import type { Stamping } from "../shared/entities.ts";
import { joined, plain, sha256 } from "./bytes.ts";
import { Centre } from "./centre.test-part.ts";
import { Errand, type Ports } from "./errand.ts";
import type { Kept } from "./kept.ts";

const PATIENCE = 60_000;
let centre: Centre;
beforeAll(async () => {
  centre = await Centre.open();
}, PATIENCE);

class Device {
  kept = new Map<string, Kept>();
  cutBefore: string | null = null;
  cutAfter: string | null = null;
  errand: Errand;
  private die: () => void = () => {};
  private death: Promise<void> = Promise.resolve();

  constructor() {
    this.errand = this.start();
  }

  start(): Errand {
    this.death = new Promise((die) => {
      this.die = die;
    });
    this.errand = new Errand(centre.ballot, "dara", this.ports(), () => {});
    return this.errand;
  }

  /** The page is loaded again: nothing is left but what was kept. */
  async restart(): Promise<void> {
    this.cutBefore = this.cutAfter = null;
    await this.start().goOn(centre.ballot, 0);
  }

  async goOn(): Promise<void> {
    await Promise.race([this.errand.goOn(centre.ballot, 0), this.death]);
  }

  async confirm(choice: string): Promise<void> {
    const sent = this.errand.confirm(choice).then(() => this.errand.resume());
    await Promise.race([sent, this.death]);
  }

  private async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    if (this.cutBefore === name) await this.end();
    const done = await work();
    if (this.cutAfter === name) await this.end();
    return done;
  }

  /** A power cut: whatever was under way never comes back. */
  private end(): Promise<never> {
    this.die();
    return new Promise(() => {});
  }

  private ports(): Ports {
    const kept = this.kept;
    return {
      shelf: {
        get: async (id) => structuredClone(kept.get(id)),
        put: (value) =>
          this.step(`keep ${stageOf(value)}`, async () => void kept.set(value.id, structuredClone(value))),
      },
      submit: (type, data) => this.step(type, () => centre.answer(type, data as Record<string, string>)),
      cast: (_box, paper) => this.step("cast", () => centre.cast(paper)),
      knock: () => {},
      list: () => this.step("list", () => centre.list()),
      wait: async () => {},
      chance: () => 0.5,
      alone: (_name, work) => work(),
    };
  }
}

function stageOf(kept: Kept): string {
  if (kept.found) return "finding";
  if (kept.receipt) return "receipt";
  if (kept.paper) return "paper";
  return kept.stamp ? "stamp" : "key";
}

const STEPS: [string, "cutBefore" | "cutAfter"][] = [
  ["keep key", "cutBefore"],
  ["keep key", "cutAfter"],
  ["fetch-stamp", "cutAfter"],
  ["keep stamp", "cutAfter"],
  ["keep paper", "cutBefore"],
  ["keep paper", "cutAfter"],
  ["cast", "cutAfter"],
  ["keep receipt", "cutAfter"],
  ["list", "cutAfter"],
];

test.each(STEPS)(
  "cut off at %s (%s), the phone casts one vote and finds it",
  async (step, when) => {
    await centre.anew();
    const device = new Device();
    device[when] = step;
    await device.goOn();
    if (device.errand.progress !== "ready") await device.restart();
    expect(device.errand.progress).toBe("ready");
    centre.move("open");
    device[when] = step;
    await device.confirm("for");
    if (device.errand.progress !== "in") await device.restart();
    if (device.errand.progress === "ready") await device.confirm("for");
    expect(device.errand.progress).toBe("in");
    expect(centre.papers.size).toBe(1);
    expect(centre.stamped).toBe(1);
    await centre.close();
    device[when] = step;
    await device.goOn();
    await device.restart();
    expect([...device.kept.values()].map((kept) => kept.found)).toEqual(["listed"]);
    expect(device.errand.sentence).toBe("");
    // What could prove the choice is gone.
    expect(Object.keys([...device.kept.values()][0] as Kept).sort()).toEqual([
      "bid",
      "found",
      "group",
      "id",
      "leaf",
      "publicKey",
      "receipt",
    ]);
  },
  PATIENCE,
);

async function voted(): Promise<Device> {
  await centre.anew();
  const device = new Device();
  await device.goOn();
  centre.move("open");
  await device.confirm("against");
  expect(device.errand.progress).toBe("in");
  return device;
}

test(
  "a box that is silent, or not open yet, gets the same paper until it answers",
  async () => {
    await centre.anew();
    const device = new Device();
    await device.goOn();
    centre.trouble = [null, null, "ballot-not-open", null];
    centre.move("open");
    await device.confirm("for");
    expect(device.errand.progress).toBe("in");
    expect(new Set(centre.seen).size).toBe(1);
    expect(centre.seen).toHaveLength(5);
    expect(centre.reports).toEqual([true, false]);
  },
  PATIENCE,
);

test(
  "a stamp that the centre does not give is asked for again; one that it refuses is said",
  async () => {
    await centre.anew();
    centre.refusals = ["not-reached", "stamp-not-made"];
    const device = new Device();
    await device.goOn();
    expect(device.errand.progress).toBe("ready");
    await centre.anew();
    centre.refusals = ["stamp-taken"];
    const other = new Device();
    await other.goOn();
    expect([other.errand.progress, other.errand.sentence]).toEqual(["lost", "refused: stamp-taken"]);
  },
  PATIENCE,
);

test(
  "a vote that is missing from the list raises the alarm with its receipt, after a restart too",
  async () => {
    const device = await voted();
    await centre.close(async (leaves) => joined(leaves, await sha256(plain("another"))).slice(32));
    await device.goOn();
    expect(device.errand.sentence).toContain("Your vote is not on the public list");
    await device.restart();
    expect(device.errand.sentence).toContain("Your vote is not on the public list");
    expect(device.errand.kept?.receipt).toBeTruthy();
  },
  PATIENCE,
);

test(
  "a list that is not the one of the root raises the alarm",
  async () => {
    const device = await voted();
    await centre.close();
    centre.ballot = {
      ...centre.ballot,
      board: { ...(centre.ballot.board as never as object), root: "00" } as never,
    };
    await device.goOn();
    expect(device.errand.sentence).toContain("is not the one whose number everybody sees");
  },
  PATIENCE,
);

test(
  "a receipt of another box is none",
  async () => {
    await centre.anew();
    const device = new Device();
    await device.goOn();
    centre.move("open");
    centre.forged = 2;
    await device.confirm("for");
    expect(device.errand.progress).toBe("in");
    expect(centre.seen).toHaveLength(3);
  },
  PATIENCE,
);

test(
  "a ballot that closed before the box answered is late; found on the list after all, it is in",
  async () => {
    for (const reached of [false, true]) {
      await centre.anew();
      const device = new Device();
      await device.goOn();
      centre.move("open");
      centre.trouble = [null];
      centre.lost = reached;
      centre.onCast = () => {
        centre.move("closed");
        void device.goOn();
      };
      await device.confirm("for");
      expect(device.errand.progress).toBe("late");
      await centre.close();
      await device.goOn();
      expect(device.errand.progress).toBe(reached ? "in" : "late");
      expect(device.errand.sentence).toBe(
        reached ? "" : "The ballot closed before your vote was in the box. It is not counted.",
      );
    }
  },
  PATIENCE,
);

test(
  "keys that are not the ones announced get no ballot",
  async () => {
    await centre.anew();
    const stamping = { ...(centre.ballot.stamping as Stamping), keys_hash: "00" };
    centre.ballot = { ...centre.ballot, stamping };
    const device = new Device();
    await device.goOn();
    expect(device.errand.progress).toBe("lost");
    expect(centre.stamped).toBe(0);
  },
  PATIENCE,
);
