// No point is ever nowhere: neither on the disk nor in the field.
import { expect, test } from "vitest";
import { emptyDraft } from "./draft.ts";
import { putBack, reopened } from "./leaving.ts";

const draft = (text: string) => ({ ...emptyDraft("p"), text });

test("a page that ended between field and disk finds the points again, in the order of typing", () => {
  const leaving = ["one", "two", "three"].map((text) => ({ item: text, draft: draft(text) }));
  expect(reopened({ draft: draft("and more"), leaving }, new Set(["one"]))?.text).toBe(
    "two\nthree\nand more",
  );
  expect(reopened({ draft: draft(""), leaving }, new Set(["one", "two", "three"]))?.text).toBe("");
});

test("a point that could not be kept comes back whole into an empty field", () => {
  const sent = { ...draft("one"), kind: "concern", agree: 8, parent: "c" };
  expect(putBack(emptyDraft("p"), sent)).toEqual(sent);
});

test("nothing was kept before the first visit", () => {
  expect(reopened(undefined, new Set())).toBeUndefined();
});
