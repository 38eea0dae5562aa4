// What a laptop hands over without any network: one file with its checksum, or numbered codes for a camera.
import type { Entry } from "./outbox.ts";
import { sha256 } from "./sha256.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/** So many letters of one code: small enough squares for a laptop's camera at arm's length. */
const PART = 360;

/** All that is needed of the entries, as one text. `made` is the device's clock, for information. */
export function bodyOf(event: string, device: string, entries: Entry[], made: string): string {
  const handed = entries.map(({ n, table, command }) => ({ n, table, command }));
  return JSON.stringify({ event, device, made, entries: handed });
}

/** The content of the file: the body as it is, beside its checksum. */
export function fileOf(body: string): string {
  return JSON.stringify({ facilitate: "laptop", version: 1, sha256: sha256(body), body }, null, 1);
}

async function packed(body: string): Promise<Uint8Array> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** RFC 4648, without the padding: a code holds capitals and figures more densely than anything else. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

/** The codes as text, each with its number and how many there are; together they are the packed body. */
export async function codesOf(body: string): Promise<string[]> {
  const letters = base32(await packed(body));
  const parts = letters.match(new RegExp(`.{1,${PART}}`, "g")) ?? [];
  const name = sha256(body).slice(0, 16).toUpperCase();
  return parts.map((part, at) => `FACILITATE:${name}:${at + 1}:${parts.length}:${part}`);
}

/** What has been read of a sequence so far: which code it was, how many there are, and which are missing. */
export function progressOf(text: string): { of: number; missing: number[] } | null {
  const found = [...text.matchAll(/FACILITATE:[0-9A-F]{16}:(\d+):(\d+):[A-Z2-7]+/g)];
  const of = Number(found[0]?.[2] ?? 0);
  if (of === 0) return null;
  const here = new Set(found.map((each) => Number(each[1])));
  return { of, missing: Array.from({ length: of }, (_, at) => at + 1).filter((n) => !here.has(n)) };
}
