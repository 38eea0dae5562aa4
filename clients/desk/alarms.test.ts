import { describe, expect, it } from "vitest";
import type { EventFacts, Item, Table } from "../shared/entities.ts";
import { alarmOf } from "./alarms.ts";

const event = { zone: "Europe/London", quiet_seconds: 300, kept_alarm_seconds: 120 } as EventFacts;
const at = (time: string) => `2027-01-09T${time}:00Z`;
const now = Date.parse(at("11:42"));
const round = { kind: "round", progress: "running", started: at("11:00") } as Item;
const table = (given: Partial<Table>) =>
  ({ number: 7, state: "talking", at: at("11:41"), ...given }) as unknown as Table;

describe("an alarm at a table", () => {
  it("is none while all is well, and none for what began just now", () => {
    expect(alarmOf(table({ kept: 0 }), event, round, now)).toBeNull();
    expect(alarmOf(table({ kept: 2, kept_since: at("11:41") }), event, round, now)).toBeNull();
  });

  it("says how many points do not arrive, and since when, in a break as well", () => {
    const alarm = alarmOf(table({ kept: 2, kept_since: at("11:38") }), event, undefined, now);
    expect(alarm).toMatchObject({
      rank: 0,
      words: "2 points on its laptop and not at the centre since 11:38.",
    });
  });

  it("names a laptop that is away while the tables talk, and not otherwise", () => {
    expect(alarmOf(table({ state: "offline" }), event, round, now)?.words).toBe("No laptop is connected.");
    expect(alarmOf(table({ state: "offline" }), event, { ...round, progress: "over" }, now)).toBeNull();
  });

  it("gives a table time to begin before it counts as silent", () => {
    const silent = table({ state: "silent", at: at("11:20") });
    expect(alarmOf(silent, event, round, now)?.words).toBe("Nothing said since 11:20.");
    expect(alarmOf(table({ state: "silent", at: null }), event, round, now)?.words).toBe("Nothing said yet.");
    expect(alarmOf(silent, event, { ...round, started: at("11:40") }, now)).toBeNull();
  });
});
