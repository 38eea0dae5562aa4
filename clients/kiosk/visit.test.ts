// What a visit asks of the ballot's errand and of time: no stamp before the confirmation, no end without a warning.
import { expect, test } from "vitest";
import { Centre } from "../ballot/centre.test-part.ts";
import { Errand, type Ports } from "../ballot/errand.ts";
import { passingShelf } from "../ballot/kept.ts";
import { Idle, ONCE_IN, WHILE_VOTING } from "./idle.ts";
import { passingMemory } from "./memory.ts";

const PATIENCE = 60_000;

async function atKiosk(): Promise<{ centre: Centre; errand: Errand; goOn: () => Promise<void> }> {
  const centre = await Centre.open();
  await centre.anew();
  const ports: Ports = {
    shelf: passingShelf(),
    late: true,
    submit: (type, data) => centre.answer(type, data as Record<string, string>),
    cast: (_box, paper) => centre.cast(paper),
    knock: () => {},
    list: () => centre.list(),
    wait: async () => {},
    chance: () => 0.5,
    alone: (_name, work) => work(),
  };
  const errand = new Errand(centre.ballot, "dara", ports, () => {});
  const goOn = () => errand.goOn(centre.ballot, 0);
  await goOn();
  return { centre, errand, goOn };
}

test(
  "a ballot is stamped once its choice is confirmed, and then cast",
  async () => {
    const { centre, errand, goOn } = await atKiosk();
    centre.move("open");
    await goOn();
    expect([errand.progress, centre.stamped]).toEqual(["asking", 0]);
    await errand.confirm("for");
    await errand.resume();
    expect([errand.progress, centre.stamped, centre.papers.size]).toEqual(["in", 1, 1]);
  },
  PATIENCE,
);

test(
  "a ballot that has ended meanwhile uses up no stamp",
  async () => {
    const { centre, errand, goOn } = await atKiosk();
    centre.move("closed");
    await goOn();
    await errand.confirm("for");
    await errand.resume();
    expect([errand.progress, centre.stamped, centre.papers.size]).toEqual(["asking", 0, 0]);
  },
  PATIENCE,
);

test("a visit ends only after its warning has stood, and any key gives all the time again", () => {
  let now = 0;
  const idle = new Idle(() => now);
  now = WHILE_VOTING.calm - 1;
  expect(idle.left(WHILE_VOTING)).toBeNull();
  now = WHILE_VOTING.calm;
  expect(idle.left(WHILE_VOTING)).toBe(60);
  expect(idle.left(ONCE_IN)).toBe(0);
  idle.touch();
  expect(idle.left(WHILE_VOTING)).toBeNull();
  now += WHILE_VOTING.calm + WHILE_VOTING.warning;
  expect(idle.left(WHILE_VOTING)).toBe(0);
  // The criterion asks for twenty seconds at least.
  expect(Math.min(WHILE_VOTING.warning, ONCE_IN.warning)).toBeGreaterThanOrEqual(20_000);
});

test("the memory of a visit holds what it is given and lets go of it", () => {
  const memory = passingMemory();
  memory.setItem("paper", "for");
  expect(memory.getItem("paper")).toBe("for");
  memory.removeItem("paper");
  expect(memory.getItem("paper")).toBeNull();
});
