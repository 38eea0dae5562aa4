// The browser's verifier of boards for a proof: orders are lines of JSON, and so is what it found.
import { createInterface } from "node:readline";
import type { Seen } from "../ballot/board.ts";
import { faultsInFile } from "../ballot/verify.ts";

interface Order {
  text: string;
  seen: Seen;
}

const [, , mutant = ""] = process.argv;

/** Let each signature of one kind pass. */
function believe(kind: string): void {
  const { subtle } = crypto;
  const verify = subtle.verify.bind(subtle);
  subtle.verify = async (how, key, signature, data) =>
    (typeof how === "string" ? how : how.name) === kind || (await verify(how, key, signature, data));
}

if (mutant === "signatures") believe("ECDSA");
if (mutant === "stamps") believe("RSA-PSS");

for await (const line of createInterface({ input: process.stdin })) {
  const { text, seen } = JSON.parse(line) as Order;
  const found = await faultsInFile(text, seen);
  const faults = mutant === "root" ? found.filter((fault) => fault !== "board-root") : found;
  process.stdout.write(`${JSON.stringify({ faults })}\n`);
}
