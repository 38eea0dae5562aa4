import { describe, expect, it } from "vitest";
import { contrast, readableOn, readColour } from "./accent.ts";

const DAY: [number, number, number] = [250, 248, 244];
const HALL: [number, number, number] = [16, 18, 23];

describe("the event's colour", () => {
  it("is readable on day paper and in the hall, whatever was chosen", () => {
    for (const text of ["#b3002d", "#ffff00", "#ffffff", "#000000", "#0a5a96", "#7f7f7f"]) {
      const colour = readColour(text) ?? HALL;
      expect(contrast(readableOn(colour, DAY), DAY)).toBeGreaterThanOrEqual(7);
      expect(contrast(readableOn(colour, HALL), HALL)).toBeGreaterThanOrEqual(7);
    }
  });

  it("stays as it was chosen where it is readable already", () => {
    expect(readableOn([120, 0, 30], DAY)).toEqual([120, 0, 30]);
  });

  it("is only taken from a colour that is written in full", () => {
    expect(readColour("#a30029")).toEqual([163, 0, 41]);
    expect(readColour("red")).toBeNull();
    expect(readColour(null)).toBeNull();
  });

  it("has the contrast of black and white right", () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
  });
});
