// The second place on a laptop's own disk: a file that is written line by line and flushed each time.
import type { Ack } from "./commands.ts";
import type { Ask, Told } from "./journal-worker.ts";
import { read, written } from "./lines.ts";
import type { Entry, Journal } from "./outbox.ts";

/** Why a page has no journal: it came without https, the browser has no such files, or it forbids them. */
export type Lacking = "plain-http" | "old-browser" | "forbidden";

const ANSWER_WITHIN = 5_000;

interface Waiting {
  done(text: string): void;
  failed(error: Error): void;
}

export class FileJournal implements Journal {
  private readonly waiting: Waiting[] = [];
  private before = "";

  private constructor(private readonly worker: Worker) {
    worker.addEventListener("message", (event: MessageEvent<Told>) => {
      const next = this.waiting.shift();
      if ("text" in event.data) next?.done(event.data.text);
      else next?.failed(new Error(event.data.failed));
    });
    worker.addEventListener("error", () => {
      for (const each of this.waiting.splice(0)) each.failed(new Error("the journal's worker stopped"));
    });
  }

  /** Open the journal of one event, or say why there is none. */
  static async open(event: string): Promise<FileJournal | Lacking> {
    if (!isSecureContext) return "plain-http";
    if (typeof Worker === "undefined" || !navigator.storage?.getDirectory) return "old-browser";
    const journal = new FileJournal(
      new Worker(new URL("./journal-worker.ts", import.meta.url), { type: "module" }),
    );
    try {
      journal.before = await journal.ask({ open: event });
      void navigator.storage.persist?.().catch(() => false);
      return journal;
    } catch {
      journal.worker.terminate();
      return "forbidden";
    }
  }

  async load(): Promise<Entry[]> {
    return read(this.before);
  }

  async append(entry: Entry): Promise<void> {
    await this.ask({ write: written({ entry }) });
  }

  async mark(of: string, ack: Ack, arrived: number): Promise<void> {
    await this.ask({ write: written({ of, ack, arrived }) });
  }

  async erase(): Promise<void> {
    await this.ask({ erase: true });
    this.worker.terminate();
  }

  private ask(ask: Ask): Promise<string> {
    return new Promise((done, failed) => {
      const late = setTimeout(() => failed(new Error("the disk did not answer")), ANSWER_WITHIN);
      const settled = (then: () => void) => {
        clearTimeout(late);
        then();
      };
      this.waiting.push({
        done: (text) => settled(() => done(text)),
        failed: (error) => settled(() => failed(error)),
      });
      this.worker.postMessage(ask);
    });
  }
}
