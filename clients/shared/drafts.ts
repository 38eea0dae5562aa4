// A draft survives reload at once and a flat battery a moment later: two places, the newer one wins.
import type { Draft } from "./outbox.ts";

interface Disk {
  draft(key: string): Promise<Draft | undefined>;
  saveDraft(key: string, draft: Draft): Promise<void>;
}

export class Drafts {
  private waiting = new Map<string, Draft>();
  private writing = false;

  constructor(
    private readonly disk: Disk,
    private readonly quick: Pick<Storage, "getItem" | "setItem"> | null,
  ) {}

  /** Keep a draft. The quick place takes it before this returns; the disk follows, one write at a time. */
  put(key: string, value: unknown, at: number = Date.now()): void {
    try {
      this.quick?.setItem(key, JSON.stringify({ at, value }));
    } catch {
      // A full or forbidden quick place is no reason to lose the write to the disk.
    }
    this.waiting.set(key, { at, value });
    if (!this.writing) void this.write();
  }

  async get(key: string): Promise<unknown> {
    const disk = await this.disk.draft(key).catch(() => undefined);
    const quick = this.fromQuick(key);
    if (disk && quick) return (disk.at > quick.at ? disk : quick).value;
    return (disk ?? quick)?.value;
  }

  private fromQuick(key: string): Draft | undefined {
    try {
      return JSON.parse(this.quick?.getItem(key) ?? "null") ?? undefined;
    } catch {
      return undefined;
    }
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.size > 0) {
      const batch = [...this.waiting];
      this.waiting.clear();
      for (const [key, draft] of batch) await this.disk.saveDraft(key, draft).catch(() => undefined);
    }
    this.writing = false;
  }
}
