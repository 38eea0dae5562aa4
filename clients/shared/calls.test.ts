import { expect, test } from "vitest";
import { callInWords, type HelpCall, isOverdue, madeInWords, openCalls, waited } from "./calls.ts";

const CRY = {
  item: "a",
  reason: "Something technical",
  words: "",
  private: false,
  said: null,
  arrived: "2027-03-27T11:42:00Z",
  late: false,
  back: false,
};
const CALL: HelpCall = {
  id: "a",
  table: 7,
  state: "waiting",
  cries: [CRY],
  called: "2027-03-27T11:42:00Z",
  waits_since: "2027-03-27T11:42:00Z",
  seen: null,
  seen_by: null,
  ended: null,
  ended_by: null,
};
const SEEN: HelpCall = { ...CALL, state: "seen", seen: "2027-03-27T11:43:00Z", seen_by: "Priya" };

test("a call says how it stands, from the cry to the close", () => {
  expect(callInWords(CALL, "Europe/London")).toBe("Called 11:42 · not seen yet");
  expect(callInWords(SEEN, "Europe/London")).toBe("Called 11:42 · seen by Priya 11:43 · on the way");
  const closed: HelpCall = { ...SEEN, state: "closed", ended: "2027-03-27T11:50:00Z" };
  expect(callInWords(closed, "Europe/London")).toBe("Called 11:42 · closed 11:50");
});

test("a second cry is told, and what arrived late says when it was made", () => {
  const again = { ...CALL, cries: [CRY, { ...CRY, item: "b" }], waits_since: "2027-03-27T11:47:00Z" };
  expect(callInWords(again, "Europe/London")).toBe("Called 11:42, again 11:47 · not seen yet");
  const late = { ...CRY, said: "2027-03-27T11:20:00Z", late: true };
  expect(madeInWords(late, "Europe/London")).toBe("made 11:20, arrived 11:42");
  expect(callInWords({ ...CALL, cries: [late] }, "Europe/London")).toBe(
    "Called 11:20, reached the centre 11:42 · not seen yet",
  );
});

test("who waits longest stands first, whoever is helped after them, and ended calls nowhere", () => {
  const calls = [
    SEEN,
    { ...CALL, id: "new", waits_since: "2027-03-27T11:45:00Z" },
    CALL,
    { ...CALL, state: "closed" },
  ];
  const view = { get: () => undefined, all: <T extends object>() => calls as unknown as T[] };
  expect(openCalls(view).map((call) => call.id + call.state)).toEqual(["awaiting", "newwaiting", "aseen"]);
});

test("an alarm is for calls that nobody has seen for too long", () => {
  const now = Date.parse("2027-03-27T11:46:00Z");
  expect(waited(CALL, now)).toBe(240);
  expect(waited(SEEN, now)).toBe(60);
  expect([isOverdue(CALL, 180, now), isOverdue(CALL, 300, now), isOverdue(SEEN, 30, now)]).toEqual([
    true,
    false,
    false,
  ]);
});
