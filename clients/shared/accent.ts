// The event's own colour, made to fit the page: text in it must be readable on the paper of the theme in use.

/** Text pairs of the house reach this contrast (WCAG 2.2, 1.4.6). */
const ENOUGH = 7;
const STEPS = 20;

type Colour = [red: number, green: number, blue: number];

/** "#a30029" as its three parts; null where it is no such colour. */
export function readColour(text: string | null | undefined): Colour | null {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text?.trim() ?? "");
  if (!found) return null;
  return [1, 2, 3].map((part) => Number.parseInt(found[part] ?? "0", 16)) as Colour;
}

/** Relative luminance. Source: WCAG 2.2, relative luminance. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, from 1 to 21. Source: WCAG 2.2, contrast ratio. */
export function contrast(a: Colour, b: Colour): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function mixed(colour: Colour, towards: Colour, share: number): Colour {
  return colour.map((part, i) => Math.round(part + ((towards[i] ?? 0) - part) * share)) as Colour;
}

/** The colour, as little changed as makes it readable on this paper. */
export function readableOn(colour: Colour, paper: Colour): Colour {
  const away: Colour = luminance(paper) > 0.5 ? [0, 0, 0] : [255, 255, 255];
  for (let step = 0; step < STEPS; step++) {
    const now = mixed(colour, away, step / STEPS);
    if (contrast(now, paper) >= ENOUGH) return now;
  }
  return away;
}

function hex(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

let shown = "";

/** Gives the page the event's colour; without one, or with one that cannot be read, the house's stays. */
export function useAccent(accent: string | null | undefined): void {
  const root = document.documentElement;
  const key = `${accent} ${root.className}`;
  const colour = readColour(accent);
  if (key === shown || !colour) return;
  shown = key;
  const styles = getComputedStyle(root);
  const paper = readColour(styles.getPropertyValue("--paper")) ?? [250, 248, 244];
  // The darkest place on which a page writes in this colour.
  const sunk = readColour(styles.getPropertyValue("--sunk")) ?? paper;
  const fitting = readableOn(readableOn(colour, paper), sunk);
  const [white, black]: [Colour, Colour] = [
    [255, 255, 255],
    [16, 18, 23],
  ];
  root.style.setProperty("--accent", hex(fitting));
  root.style.setProperty(
    "--accent-ink",
    hex(contrast(fitting, white) >= contrast(fitting, black) ? white : black),
  );
}
