// The page that proves a board in the browser: a file, what the big screen showed, and a verdict in words.
import { count, number } from "../shared/words.ts";
import type { Board, Seen } from "./board.ts";
import { sharesOf, tally } from "./count.ts";
import { faultsInFile } from "./verify.ts";

const FAULTS: Record<string, string> = {
  "board-malformed": "This is no board as boards are written; fetch its file again.",
  "board-keys": "These are not the keys that were announced.",
  "board-root": "This is not the board whose root was shown.",
  "board-issued": "The board names another number of stamps than the one shown.",
  "board-order": "A paper stands on the board twice, or out of order.",
  "board-more-than-issued": "A group has more papers than stamps.",
  "stamp-wrong": "A paper carries no stamp of the registrar.",
  "signature-wrong": "The choice on a paper is not signed with the paper’s own key.",
  "unknown-option": "A paper chooses what was not on offer.",
};

const form = document.getElementById("prove") as HTMLFormElement | null;
const verdict = document.getElementById("verdict");
const counted = document.getElementById("counted");

function hex(field: string): string {
  const input = form?.elements.namedItem(field) as HTMLInputElement | null;
  return (input?.value ?? "").replace(/\s+/g, "").toLowerCase();
}

async function textOf(): Promise<string> {
  const field = form?.elements.namedItem("file") as HTMLInputElement | null;
  const chosen = field?.files?.[0];
  if (chosen) return chosen.text();
  const given = form?.dataset.board;
  if (!given) throw new Error("Choose the file of the board first.");
  const answer = await fetch(given, { credentials: "omit" });
  if (!answer.ok) throw new Error("The board could not be fetched from here. Choose its file.");
  return answer.text();
}

function row(label: string, counted: string): HTMLTableRowElement {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = label;
  line.append(head);
  const cell = line.insertCell();
  cell.className = "num";
  cell.textContent = counted;
  return line;
}

function heading(words: string): HTMLTableRowElement {
  const line = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "rowgroup";
  head.colSpan = 2;
  head.textContent = words;
  line.append(head);
  return line;
}

/** All papers; where there are several groups those of each; where sections have shares, what these come to. */
function rows(board: Board): HTMLTableRowElement[] {
  const lines = (group?: number) => tally(board, group).map(([label, votes]) => row(label, number(votes)));
  if (board.groups.length < 2) return lines();
  const groups = board.groups.flatMap(({ name }, at) => [heading(name), ...lines(at)]);
  const shares = sharesOf(board).map(({ label, shown, exact }) => row(label, `${shown} (${exact})`));
  const decide = `Shares of the sections: ${board.rules.deciding} decide`;
  return [
    heading("Everybody"),
    ...lines(),
    ...groups,
    ...(shares.length > 0 ? [heading(decide), ...shares] : []),
  ];
}

function say(sentence: string, fine: boolean): void {
  if (!verdict) return;
  verdict.textContent = sentence;
  verdict.className = fine ? "ok" : "refused";
}

async function prove(): Promise<void> {
  counted?.replaceChildren();
  if (!globalThis.crypto?.subtle) {
    say(
      "This page came without encryption, and the browser proves nothing there. Open it with https.",
      false,
    );
    return;
  }
  say("Proving every paper …", true);
  const text = await textOf();
  const seen: Seen = { root: hex("root"), keys: hex("key"), issued: Number(hex("issued")) };
  const faults = await faultsInFile(text, seen);
  if (faults.length > 0) {
    say(`Not proven. ${faults.map((fault) => FAULTS[fault] ?? fault).join(" ")}`, false);
    return;
  }
  const board = JSON.parse(text) as Board;
  const papers = count(board.papers.length, "paper");
  const stamps = count(board.issued, "stamp");
  say(`All proven: ballot ${board.number}, ${papers}, ${stamps} (${board.replaced} replaced).`, true);
  counted?.replaceChildren(...rows(board));
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  prove().catch((error: Error) => say(error.message, false));
});
