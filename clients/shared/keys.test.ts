// Keys that a person changes: never two acts on one key, always a way back.
import { beforeEach, describe, expect, it } from "vitest";
import { ALT, type Keyed, Keys } from "./keys.ts";

const store = new Map<string, string>();
Object.assign(globalThis, {
  localStorage: {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => store.set(key, value),
  },
});

const given: Keyed[] = [
  { name: "read", group: ALT, key: "r", does: "read back" },
  { name: "draft", group: ALT, key: "t", does: "to the draft" },
  { name: "correct", group: "in your list", key: "c", does: "correct" },
];

describe("keys", () => {
  beforeEach(() => store.clear());

  it("are as given until somebody changes one, and stay on the device", () => {
    const keys = new Keys("laptop keys", given);
    expect(keys.named(ALT, "r")).toBe("read");
    keys.change("read", "B");
    expect(keys.named(ALT, "b")).toBe("read");
    expect(keys.named(ALT, "r")).toBeUndefined();
    expect(new Keys("laptop keys", given).keyOf("read")).toBe("b");
  });

  it("refuse a key that another act of the group has, in words", () => {
    const keys = new Keys("laptop keys", given);
    keys.change("read", "t");
    expect(keys.refusal).toBe(
      "Alt T is taken: “to the draft”. It stays Alt R; give the other act another key first.",
    );
    expect(keys.keyOf("read")).toBe("r");
    keys.change("correct", "t");
    expect(keys.refusal).toBe("");
  });

  it("are letters or figures, and go back to what was given", () => {
    const keys = new Keys("laptop keys", given);
    for (const typed of ["", " ", "?", "ß"]) {
      keys.change("correct", typed);
      expect(keys.refusal).toContain("It stays C.");
    }
    keys.change("correct", "7");
    expect(keys.areChanged).toBe(true);
    keys.reset();
    expect(keys.areChanged).toBe(false);
    expect(new Keys("laptop keys", given).keyOf("correct")).toBe("c");
  });
});
