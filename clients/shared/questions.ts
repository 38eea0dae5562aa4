// Questions of the tables, as those who answer them, the desk and the wall are told of them.

export interface Asking {
  comment: string;
  ref: string;
  table: number;
  passage: string;
  text: string;
  at: string;
  ended: boolean;
}

export interface Question {
  id: string;
  document: string | null;
  passages: string[];
  text: string;
  /** The comments that ask it, the first to ask first; a screen is told of none. */
  members: Asking[];
  tables: number;
  state: "open" | "claimed" | "answered" | "ended";
  claimed_by: string | null;
  claimed: string | null;
  /** What is being written; the tables read `published`. */
  answer: string | null;
  published: string | null;
  published_at: string | null;
  shown: string | null;
  asked: string | null;
  last: string | null;
}

export type Order = "oldest" | "newest";

/** Whether somebody still owes an answer. */
export function isWaiting(question: Question): boolean {
  return question.state === "open" || question.state === "claimed";
}

/** Questions by when they were first asked, or the newest first. */
export function inOrder(questions: Question[], order: Order): Question[] {
  const by = (a: Question, b: Question) =>
    (a.asked ?? "").localeCompare(b.asked ?? "") || a.id.localeCompare(b.id);
  const sorted = [...questions].sort(by);
  return order === "oldest" ? sorted : sorted.reverse();
}

/** The answer that the chair put on the wall last, of those that are about the documents in view. */
export function answerOnWall(questions: Question[], documents: string[]): Question | undefined {
  return questions
    .filter((one) => one.shown !== null && one.published !== null)
    .filter((one) => documents.length === 0 || one.document === null || documents.includes(one.document))
    .sort((a, b) => (b.shown ?? "").localeCompare(a.shown ?? ""))[0];
}
