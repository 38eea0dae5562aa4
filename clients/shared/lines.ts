// The journal's form: one record on one line, with a sum that tells a torn line from a whole one.
import type { Ack } from "./commands.ts";
import type { Entry } from "./outbox.ts";

/** A command as it was kept, or what became of one that was kept before. */
export type Line = { entry: Entry } | { of: string; ack: Ack; arrived: number };

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function sum(text: string): string {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (~crc >>> 0).toString(16).padStart(8, "0");
}

/** One record as one line. */
export function written(line: Line): string {
  const text = JSON.stringify(line);
  return `${sum(text)} ${text}\n`;
}

/** What a journal holds, in the order of writing; a line that a power cut tore or that was spoiled is passed over. */
export function read(journal: string): Entry[] {
  const found = new Map<string, Entry>();
  for (const each of journal.split("\n")) {
    const line = whole(each);
    if (!line) continue;
    if ("entry" in line) found.set(line.entry.command.id, { ...line.entry, ...ackOf(found, line.entry) });
    else {
      const entry = found.get(line.of);
      if (entry) found.set(line.of, { ...entry, ack: line.ack, arrived: line.arrived });
    }
  }
  return [...found.values()];
}

function ackOf(found: Map<string, Entry>, entry: Entry): Partial<Entry> {
  const before = found.get(entry.command.id);
  return before?.ack?.ok ? { ack: before.ack, arrived: before.arrived } : {};
}

function whole(text: string): Line | null {
  if (text.length < 10 || text.slice(0, 8) !== sum(text.slice(9))) return null;
  try {
    return JSON.parse(text.slice(9)) as Line;
  } catch {
    return null;
  }
}
