// The proof of a board as the file that everybody is given, the browser's twin of scripts/verify_ballot.py.
import { type Board, faultsOf, type Seen } from "./board.ts";
import { canonical } from "./bytes.ts";

/** What is wrong with a board's file, each in one code; none where all of it holds. */
export async function faultsInFile(text: string, seen: Seen): Promise<string[]> {
  const board = read(text);
  if (!board) return ["board-malformed"];
  return faultsOf(board, seen, (choice) => isOffered(board, choice));
}

/** A board has one way to be written: what two readers could read in two ways is none. */
function read(text: string): Board | null {
  try {
    const board: unknown = JSON.parse(text);
    return canonical(board) === text ? (board as Board) : null;
  } catch {
    return null;
  }
}

/** Whether a choice names only what was on offer; how it must be filled in is judged by the count. */
function isOffered(board: Board, choice: string): boolean {
  const keys = new Set(board.options.map((option) => option.key));
  if (["for-against", "one-of-several"].includes(board.form)) return keys.has(choice);
  const named = choice.split(/[>+,]/).map((part) => part.split(":")[0] ?? "");
  return choice === "none" || (named.every((key) => keys.has(key)) && new Set(named).size === named.length);
}
