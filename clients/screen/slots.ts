// The wall keeps each comment in its place long enough to be read; what arrives meanwhile waits or is only counted.

export interface Said {
  id: string;
  table: number | null;
}

export interface Slot<T extends Said> {
  comment: T;
  /** When it was put here. Units: milliseconds. */
  since: number;
}

export const STAY = 14_000;
export const PACE = 2_200;

/** The places of a wall. A full wall changes one place at a time, and never one that was not up long enough. */
export class Wall<T extends Said> {
  readonly slots: (Slot<T> | null)[];
  private seen = new Set<string>();
  private shown = new Map<number | null, number>();
  private last = Number.NEGATIVE_INFINITY;

  constructor(places: number) {
    this.slots = Array.from({ length: places }, () => null);
  }

  /** Takes the comments that are true now, newest last, and moves at most what the pace allows. */
  take(comments: readonly T[], now: number): void {
    this.refresh(comments);
    const waiting = comments.filter((comment) => !this.seen.has(comment.id));
    for (let place = 0; place < this.slots.length && waiting.length > 0; place++) {
      if (this.slots[place] === null) this.put(place, this.pick(waiting), now);
    }
    if (waiting.length === 0 || now - this.last < PACE) return;
    const oldest = this.oldest(now);
    if (oldest !== null) this.put(oldest, this.pick(waiting), now);
  }

  /** Corrected comments change where they stand; withdrawn ones leave an empty place. */
  private refresh(comments: readonly T[]): void {
    const byId = new Map(comments.map((comment) => [comment.id, comment]));
    this.slots.forEach((slot, place) => {
      if (!slot) return;
      const comment = byId.get(slot.comment.id);
      this.slots[place] = comment ? { ...slot, comment } : null;
    });
  }

  /** The newest comment of a table that was shown least, so that a loud table does not fill the wall. */
  private pick(waiting: T[]): T {
    let best = waiting.length - 1;
    for (let i = waiting.length - 1; i >= 0; i--) {
      if (this.times(waiting[i] as T) < this.times(waiting[best] as T)) best = i;
    }
    return waiting.splice(best, 1)[0] as T;
  }

  private times(comment: T): number {
    return this.shown.get(comment.table) ?? 0;
  }

  private put(place: number, comment: T, now: number): void {
    this.slots[place] = { comment, since: now };
    this.seen.add(comment.id);
    this.shown.set(comment.table, this.times(comment) + 1);
    this.last = now;
  }

  private oldest(now: number): number | null {
    let found: number | null = null;
    this.slots.forEach((slot, place) => {
      if (!slot || now - slot.since < STAY) return;
      if (found === null || slot.since < (this.slots[found]?.since ?? 0)) found = place;
    });
    return found;
  }
}
