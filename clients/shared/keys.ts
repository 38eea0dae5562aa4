// Keys that a person may change, kept on the device; no two acts share one, and one switch turns all off.
import { keep, kept } from "./remember.ts";

export interface Keyed {
  name: string;
  /** Acts of one group never share a key: all that go with Alt, or the letters of one list. */
  group: string;
  key: string;
  does: string;
}

/** The group of the keys that work anywhere on the page, together with Alt. */
export const ALT = "Alt";

const switches = kept("keys", { on: true });

/** Whether Alt keys and single letters do anything at all. */
export function keysOn(): boolean {
  return switches.on;
}

export function switchKeys(on: boolean): void {
  switches.on = on;
  keep("keys", switches);
}

/** The letter or figure that was pressed together with Alt alone; null for every other key. */
export function pressedWithAlt(event: KeyboardEvent): string | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return null;
  if (event.getModifierState("AltGraph")) return null;
  // With Alt some keyboards write another sign: then the key's place says which one was meant.
  const written = event.key.length === 1 ? event.key.toLowerCase() : "";
  return /^[a-z0-9]$/.test(written) ? written : event.code.replace(/^(Key|Digit)/, "").toLowerCase();
}

export class Keys {
  /** Why the key that was asked for last could not be had, in a sentence; empty when it could. */
  refusal = "";
  private chosen: Record<string, string>;

  /** Keys as they are given, and under which name this device keeps what a person makes of them. */
  constructor(
    private readonly place: string,
    readonly given: readonly Keyed[],
  ) {
    this.chosen = kept<Record<string, string>>(place, {});
  }

  keyOf(name: string): string {
    return this.chosen[name] ?? this.given.find((one) => one.name === name)?.key ?? "";
  }

  /** The act that a key stands for within a group. */
  named(group: string, key: string): string | undefined {
    return this.given.find((one) => one.group === group && this.keyOf(one.name) === key)?.name;
  }

  get areChanged(): boolean {
    return this.given.some((one) => this.keyOf(one.name) !== one.key);
  }

  /** Give an act another key; says why not where that cannot be, and then nothing is changed. */
  change(name: string, typed: string): void {
    const act = this.given.find((one) => one.name === name);
    const wanted = typed.trim().toLowerCase().slice(-1);
    if (!act) return;
    const shown = (key: string) => `${act.group === ALT ? "Alt " : ""}${key.toUpperCase()}`;
    const holder = this.named(act.group, wanted);
    if (!/^[a-z0-9]$/.test(wanted)) {
      this.refusal = `A key is one letter from A to Z or one figure. It stays ${shown(this.keyOf(name))}.`;
    } else if (holder && holder !== name) {
      const does = this.given.find((one) => one.name === holder)?.does;
      this.refusal = `${shown(wanted)} is taken: “${does}”. It stays ${shown(this.keyOf(name))}; give the other act another key first.`;
    } else {
      this.refusal = "";
      this.chosen = { ...this.chosen, [name]: wanted };
      keep(this.place, this.chosen);
    }
  }

  /** Every key as it was given. */
  reset(): void {
    this.refusal = "";
    this.chosen = {};
    keep(this.place, this.chosen);
  }
}
