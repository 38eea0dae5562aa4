// What this browser keeps for its person until the event's data is cleared: drafts and small choices.

export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(`facilitate ${key}`, JSON.stringify(value));
  } catch {
    // A full or forbidden store loses a draft only when the page is left.
  }
}

export function kept<T>(key: string, otherwise: T): T {
  try {
    const text = localStorage.getItem(`facilitate ${key}`);
    return text === null ? otherwise : { ...otherwise, ...(JSON.parse(text) as T) };
  } catch {
    return otherwise;
  }
}
