import { encodeQR } from "qr";
import { decodeQR } from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { base32, bodyOf, codesOf, fileOf, progressOf } from "./bundle.ts";
import type { Entry } from "./outbox.ts";
import { sha256 } from "./sha256.ts";

const entry = (n: number): Entry => ({
  position: n,
  n,
  table: 7,
  device: "d",
  command: {
    id: `id-${n}`,
    type: "record-comment",
    data: { text: `Point ${n}: “ŵy” 🏠 ${sha256(String(n)).repeat(n)}` },
  },
  ack: null,
  arrived: null,
});
const body = bodyOf(
  "e",
  "d",
  Array.from({ length: 30 }, (_, n) => entry(n + 1)),
  "2027-03-27T10:00:00Z",
);

async function unpacked(letters: string): Promise<string> {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...letters].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

describe("the checksum", () => {
  it("is that of everybody else, at every length around a block's end", async () => {
    for (const text of [
      "",
      "abc",
      "“ŵy” 🏠",
      ...[55, 56, 63, 64, 65, 119, 120, 1000].map((n) => "a".repeat(n)),
    ])
      expect(sha256(text)).toBe(await digest(text));
  });
});

describe("what a laptop hands over", () => {
  it("is a file that holds the very body beside its checksum", async () => {
    const file = JSON.parse(fileOf(body));
    expect(file.body).toBe(body);
    expect(file.sha256).toBe(await digest(body));
    expect(JSON.parse(body).entries[2].command.id).toBe("id-3");
  });

  it("is a sequence of codes that are the body again, in order", async () => {
    const codes = await codesOf(body);
    expect(codes.length).toBeGreaterThan(1);
    expect(await unpacked(codes.map((code) => code.split(":")[4]).join(""))).toBe(body);
    expect(base32(new TextEncoder().encode("foobar"))).toBe("MZXW6YTBOI");
  });

  it("says which codes are missing, in whatever order they came", async () => {
    const codes = await codesOf(body);
    expect(progressOf("nothing")).toBeNull();
    expect(progressOf(`${codes[1]}\n${codes[0]}\n${codes[1]}`)?.missing[0]).toBe(3);
    expect(progressOf(codes.join("\n"))?.missing).toEqual([]);
  });

  it("is drawn so that a camera reads it", async () => {
    for (const code of await codesOf(body)) {
      const rows = encodeQR(code, "raw", { ecc: "medium", scale: 4, border: 4 });
      const [height, width] = [rows.length, rows[0]?.length ?? 0];
      const data = Uint8Array.from(
        rows.flat().flatMap((dark) => (dark ? [0, 0, 0, 255] : [255, 255, 255, 255])),
      );
      expect(decodeQR({ width, height, data })).toBe(code);
    }
  });
});
