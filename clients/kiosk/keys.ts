// The few keys of a kiosk, on any keyboard and on a number pad; every one of them says what it does.
import { type Cursor, change } from "./cursor.ts";
import { changeInWords, inWords, isField, spelled } from "./reading.ts";
import type { Station } from "./station.ts";

export const KEYS: [key: string, does: string][] = [
  ["F1", "these keys"],
  ["F2", "speech on and off"],
  ["F3", "say it again"],
  ["F4", "be quiet"],
  ["F5", "high contrast"],
  ["F6", "slower"],
  ["F7", "faster"],
  ["F8", "louder"],
  ["F9", "screen off and on"],
  ["F10", "larger type"],
  ["↓ ↑", "next, before"],
  ["← →", "change a place or a number"],
  ["Enter", "choose, press"],
  ["1 to 9", "to the option with this number"],
];

const ON_PAD =
  "On a number pad: 8 and 2 up and down, 4 and 6 left and right, 5 or Enter chooses, 0 says it again, point is quiet, minus slower, plus faster, times louder, the slash speech.";

/** The keys as one sentence for the ear. */
export const KEYS_SPOKEN = `${KEYS.map(([key, does]) => `${spokenKey(key)}: ${does}`).join(". ")}. ${ON_PAD}`;

function spokenKey(key: string): string {
  return key.replace("↓ ↑", "Arrow down and up").replace("← →", "Arrow left and right");
}

const PAD: Record<string, string> = {
  Numpad8: "ArrowUp",
  Numpad2: "ArrowDown",
  Numpad4: "ArrowLeft",
  Numpad6: "ArrowRight",
  Numpad5: "Enter",
  NumpadDecimal: "F4",
  Numpad0: "F3",
};
/** These are never part of a code or a number. */
const SIGNS: Record<string, string> = {
  NumpadAdd: "F7",
  NumpadSubtract: "F6",
  NumpadMultiply: "F8",
  NumpadDivide: "F2",
};
const SILENT = ["Tab", "Shift", "Control", "Alt", "Meta", "CapsLock", "NumLock", "AltGraph"];

export class Keyboard {
  constructor(
    private readonly station: Station,
    private readonly cursor: Cursor,
    private readonly redraw: () => void,
    /** What is said when speech begins. */
    private readonly greet: () => void,
  ) {}

  listen(root: HTMLElement): void {
    addEventListener("keydown", (event) => this.pressed(event), { capture: true });
    addEventListener("pointerdown", () => this.station.visit?.idle.touch());
    root.addEventListener("focusin", (event) => this.focused(event));
    for (const type of ["change", "input"]) root.addEventListener(type, (event) => this.changed(event));
  }

  private pressed(event: KeyboardEvent): void {
    const warned = this.station.visit?.idle.left(this.station.visit.patience) != null;
    this.station.visit?.idle.touch();
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = this.meant(event);
    if (warned) this.station.voice.say("You have more time.");
    const act = this.acts[key] ?? (this.isOption(key, event) ? () => this.toOption(Number(key)) : undefined);
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
      this.redraw();
    } else if (key === "Enter" || key === " ") this.enter(event, key);
    else if (!writes(event.target) && !SILENT.includes(key) && !warned)
      this.station.voice.say("This key does nothing here. F1 tells the keys.");
  }

  private meant(event: KeyboardEvent): string {
    const onPad = writes(event.target) || event.key.startsWith("Arrow") ? undefined : PAD[event.code];
    return onPad ?? SIGNS[event.code] ?? event.key;
  }

  private isOption(key: string, event: KeyboardEvent): boolean {
    return /^[1-9]$/.test(key) && !writes(event.target) && this.station.visit !== null;
  }

  private get acts(): Record<string, () => void> {
    const { voice, looks } = this.station;
    return {
      F1: () => voice.say(KEYS_SPOKEN),
      F2: () => this.toggleSpeech(),
      F3: () => voice.again(),
      F4: () => voice.hush(),
      Escape: () => voice.hush(),
      F5: () => this.toggle("contrast", "High contrast"),
      F6: () => voice.pace(-1),
      F7: () => voice.pace(1),
      F8: () => voice.louder(),
      F9: () => this.toggle("curtain", looks.curtain ? "Screen" : "Screen off: nobody can read it. Screen"),
      F10: () => this.toggle("large", "Larger type"),
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      ArrowRight: () => this.side(1),
      ArrowLeft: () => this.side(-1),
    };
  }

  /** On or off, by key or by button. */
  toggleSpeech(): void {
    const { voice } = this.station;
    if (voice.on) {
      voice.say("Speech off.");
      voice.on = false;
    } else {
      voice.on = true;
      this.greet();
    }
    this.redraw();
  }

  toggle(look: "curtain" | "large" | "contrast", words: string): void {
    const { looks, voice } = this.station;
    looks[look] = !looks[look];
    const on = look === "curtain" ? !looks.curtain : looks[look];
    voice.say(`${words} ${look === "curtain" && !on ? "comes back with F9" : on ? "on" : "off"}.`);
    this.redraw();
  }

  private step(by: 1 | -1): void {
    const active = document.activeElement;
    const stop = this.cursor.step(by);
    const edge = by > 0 ? "The end of the page. Arrow up goes back." : "The top of the page.";
    if (!stop) this.station.voice.say(edge);
    else if (stop === active) this.station.voice.say(inWords(stop));
  }

  private side(by: 1 | -1): void {
    if (!change(document.activeElement, by))
      this.station.voice.say("Nothing to change here. Arrow down goes on.");
  }

  private toOption(number: number): void {
    if (!this.cursor.option(number)) this.station.voice.say(`There is no option ${number}.`);
  }

  /** Enter chooses and presses what is being heard, and nothing else. */
  private enter(event: KeyboardEvent, key: string): void {
    const at = document.activeElement as HTMLElement | null;
    if (at?.matches("input[type=text]") && key === " ") return;
    if (at?.matches("button, summary, input[type=text]") && event.code !== "Numpad5") {
      this.offered(at);
      return;
    }
    event.preventDefault();
    if (at?.matches("input[type=radio], input[type=checkbox], button, summary")) at.click();
    else
      this.station.voice.say(at && isField(at) ? inWords(at) : "Nothing to choose here. Arrow down goes on.");
  }

  private offered(at: HTMLElement): void {
    if (at.getAttribute("aria-disabled") === "true") this.station.voice.say("Not yet. Arrow up goes back.");
  }

  private focused(event: FocusEvent): void {
    const at = event.target as HTMLElement;
    if (at.closest(".keys")) return;
    this.station.voice.say(inWords(at));
  }

  private changed(event: Event): void {
    const at = event.target as HTMLInputElement;
    this.station.visit?.idle.touch();
    // What is typed is said as it comes; the other fields say so twice, and are heard once.
    const typed = at.matches("input[type=text], input[type=number]");
    if ((event.type === "input") !== typed) return;
    const letter = at.type === "text" ? spelled(at.value.slice(-1)) || "Empty" : changeInWords(at);
    this.station.voice.say(letter);
  }
}

/** Where letters and figures are typed. */
function writes(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && ["text", "number"].includes(target.type);
}
