// A visit that nobody ends ends by itself: said beforehand, with any key for more time (WCAG 2.2.1).
/** How long nobody has to do anything, and how long the warning then stands. Units: milliseconds. */
export interface Patience {
  calm: number;
  warning: number;
}

export const WHILE_VOTING: Patience = { calm: 120_000, warning: 60_000 };
export const ONCE_IN: Patience = { calm: 45_000, warning: 45_000 };

export class Idle {
  private since: number;

  constructor(private readonly now: () => number) {
    this.since = now();
  }

  /** Somebody is there, or something is being said or sent that nobody has to wait for with a key. */
  touch(): void {
    this.since = this.now();
  }

  /** Seconds until the end once the warning stands; null before. */
  left({ calm, warning }: Patience): number | null {
    const waited = this.now() - this.since;
    return waited < calm ? null : Math.max(0, Math.ceil((calm + warning - waited) / 1_000));
  }
}
