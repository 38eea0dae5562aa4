// Which papers of the list speak for an option, in every form, and how they are read.
import { expect, it } from "vitest";
import { saidIn, speaksFor } from "./said.ts";

const board = {
  options: [
    { key: "1", label: "Leeds" },
    { key: "2", label: "Cardiff" },
    { key: "12", label: "Derry" },
    { key: "abstain", label: "Abstain" },
  ],
};

it.each([
  ["for", "for", true],
  ["1", "1", true],
  ["1+12", "12", true],
  ["1+12", "2", false],
  ["12>1", "12", true],
  ["12>1", "1", false],
  ["1:5,12:3", "12", true],
  ["1:5,12:3", "2", false],
  ["none", "1", false],
  ["abstain", "abstain", true],
])("%s speaks for %s: %s", (text, key, whether) => {
  expect(speaksFor(text, key)).toBe(whether);
});

it.each([
  ["1", "Leeds"],
  ["1+12", "Leeds and Derry"],
  ["12>1", "Derry, then Leeds"],
  ["1:5,12:3", "Leeds 5, Derry 3"],
  ["none", "none of these"],
  ["abstain", "Abstain"],
])("%s is read as %s", (text, words) => {
  expect(saidIn(board, text)).toBe(words);
});
