// What a page remembers for a delegate at a kiosk: in the page alone, and gone with it.
import type { Memory } from "../delegate/paper.ts";

export function passingMemory(): Memory {
  const held = new Map<string, string>();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}
