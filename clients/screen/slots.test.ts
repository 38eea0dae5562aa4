import { describe, expect, it } from "vitest";
import { PACE, type Said, STAY, Wall } from "./slots.ts";

interface Words extends Said {
  text: string;
}

const said = (n: number, table = n): Words => ({ id: `c${n}`, table, text: `comment ${n}` });
const many = (n: number) => Array.from({ length: n }, (_, i) => said(i));
const shown = (wall: Wall<Words>) => wall.slots.map((slot) => slot?.comment.id ?? null);

describe("the wall", () => {
  it("fills empty places at once", () => {
    const wall = new Wall<Words>(6);
    wall.take(many(4), 0);
    expect(shown(wall).filter(Boolean)).toHaveLength(4);
  });

  it("moves nothing before a comment could be read, however many arrive", () => {
    const wall = new Wall<Words>(6);
    wall.take(many(6), 0);
    const before = shown(wall);
    for (let now = 0; now < STAY; now += 100) wall.take(many(6 + now / 3), now);
    expect(shown(wall)).toEqual(before);
  });

  it("changes one place at a time and leaves the others where they are", () => {
    const wall = new Wall<Words>(6);
    wall.take(many(6), 0);
    const before = shown(wall);
    wall.take(many(400), STAY + 1);
    wall.take(many(400), STAY + PACE / 2);
    const changed = shown(wall).filter((id, place) => id !== before[place]);
    expect(changed).toHaveLength(1);
  });

  it("gives room to the table that was shown least", () => {
    const wall = new Wall<Words>(2);
    wall.take([said(1, 7), said(2, 7)], 0);
    wall.take([said(1, 7), said(2, 7), said(3, 9), said(4, 7), said(5, 7)], STAY + 1);
    expect(shown(wall)).toContain("c3");
  });

  it("shows a correction where the comment stands and empties the place of a withdrawn one", () => {
    const wall = new Wall<Words>(2);
    wall.take([said(1), said(2)], 0);
    const place = shown(wall).indexOf("c1");
    wall.take([{ ...said(1), text: "corrected" }], 1);
    expect(wall.slots[place]?.comment).toMatchObject({ text: "corrected" });
    expect(shown(wall)).not.toContain("c2");
  });
});
