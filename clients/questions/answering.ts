// What one resource person is doing: order and filter, what is chosen to be shared, answers being written.
import type { Page } from "../desk/page.ts";
import type { Me } from "../shared/entities.ts";
import { inOrder, isWaiting, type Order, type Question } from "../shared/questions.ts";
import { keep, kept } from "../shared/remember.ts";

export type Shown = "waiting" | "mine" | "answered";

export class Answering {
  readonly look = kept("questions", { order: "oldest" as Order, shown: "waiting" as Shown });
  readonly chosen = new Set<string>();
  /** The words for a shared question, while they are written. */
  wording: string | null = null;
  private readonly written: Record<string, string> = kept("answers", {});

  constructor(readonly page: Page) {}

  get me(): Me | undefined {
    return this.page.view.all<Me>("me")[0];
  }

  get questions(): Question[] {
    return this.page.view.all<Question>("question");
  }

  isMine(question: Question): boolean {
    return question.claimed_by !== null && question.claimed_by === this.me?.name;
  }

  /** The list as it is looked at; what is chosen stays in it. */
  get listed(): Question[] {
    const { order, shown } = this.look;
    const fits = (one: Question) => {
      if (shown === "answered") return !isWaiting(one);
      return isWaiting(one) && (shown === "waiting" || this.isMine(one));
    };
    return inOrder(this.questions.filter(fits), order);
  }

  get picked(): Question[] {
    return inOrder(
      this.questions.filter((one) => this.chosen.has(one.id)),
      "oldest",
    );
  }

  change(part: Partial<typeof this.look>): void {
    Object.assign(this.look, part);
    keep("questions", this.look);
    this.page.redraw();
  }

  choose(question: Question, on: boolean): void {
    if (on) this.chosen.add(question.id);
    else this.chosen.delete(question.id);
    this.wording = null;
    this.page.redraw();
  }

  /** The answer in the field: as it is being written here, else as a colleague left it. */
  answerTo(question: Question): string {
    return this.written[question.id] ?? question.answer ?? "";
  }

  write(question: Question, answer: string): void {
    this.written[question.id] = answer;
    keep("answers", this.written);
    this.page.soon();
  }

  private forget(question: Question): void {
    delete this.written[question.id];
    keep("answers", this.written);
  }

  /** Share one question among all who were chosen; the oldest lends its words unless others are given. */
  async share(): Promise<void> {
    const [into, ...others] = this.picked;
    if (!into || others.length === 0) return;
    const data = { into: into.id, from: others.map((one) => one.id), text: this.wording };
    const ack = await this.page.send("share", "merge-questions", data);
    if (!ack?.ok) return;
    this.chosen.clear();
    this.wording = null;
    this.page.say("They share one question now.");
  }

  async takeOut(question: Question, comment: string, ref: string): Promise<void> {
    const data = { question: question.id, item: this.page.newId(), comments: [comment] };
    const ack = await this.page.send(question.id, "split-question", data);
    if (ack?.ok) this.page.say(`${ref} asks a question of its own now.`);
  }

  /** Leave the answer to be read by colleagues; the tables do not see it yet. */
  async save(question: Question): Promise<boolean> {
    const data = { question: question.id, answer: this.answerTo(question) };
    const ack = await this.page.send(question.id, "answer-question", data);
    if (ack?.ok) {
      this.forget(question);
      this.page.say("Kept. The tables do not see it yet.");
    }
    return ack?.ok ?? false;
  }

  async publish(question: Question): Promise<void> {
    if (this.answerTo(question) !== question.answer && !(await this.save(question))) return;
    const ack = await this.page.send(question.id, "publish-answer", { question: question.id });
    if (ack?.ok) this.page.say("Every table that asked has the answer.");
  }
}
