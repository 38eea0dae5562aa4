// What a delegate may take along from a kiosk: four words and the box's receipt, shown, said, and then gone.
import { html, nothing, svg, type TemplateResult } from "lit";
import { encodeQR } from "qr";
import { toHex } from "../ballot/bytes.ts";
import { checkWords } from "../ballot/check-words.ts";
import type { Kept } from "../ballot/kept.ts";
import type { Ballot } from "../shared/entities.ts";

/** One ballot that went into the box during this visit. */
export interface Receipt {
  ballot: Ballot;
  kept: Kept;
  /** The four words, once somebody has asked for them. */
  words: string;
}

export async function wordsOf(receipt: Receipt): Promise<string> {
  return (await checkWords(receipt.kept.publicKey)).join(" ");
}

/** As text for another device: where the list will be, the words, and what the box has signed. */
export function asText({ ballot, kept, words }: Receipt): string {
  return [
    `Ballot ${ballot.number}: ${words}`,
    `${location.origin}/boards/${ballot.id}`,
    `Paper ${toHex(kept.leaf ?? new Uint8Array())}`,
    `Signed by the box ${kept.receipt ?? ""}`,
  ].join("\n");
}

function code(text: string): TemplateResult {
  const rows = encodeQR(text, "raw", { ecc: "low", border: 4 });
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="code" viewBox="0 0 ${rows.length} ${rows.length}" role="img" aria-label="The same as a code for a camera" shape-rendering="crispEdges"
    >${svg`<rect width="100%" height="100%" fill="#fff"></rect><path fill="#000" d=${dark.join("")}></path>`}</svg>`;
}

/** The offer, and the words once they were asked for. */
export function receiptPart(receipt: Receipt, show: () => void): TemplateResult {
  const { ballot, words } = receipt;
  return html`<section class="receipt" aria-labelledby="receipt-${ballot.id}">
    <h2 id="receipt-${ballot.id}">Take four words along from ballot ${ballot.number}, if you like</h2>
    <p>After the close they let you find your vote on the public list. Whoever has them can find it too: keep them to yourself. Your vote counts without them, and this kiosk forgets them when you go.</p>
    ${words ? nothing : html`<p><button class="btn wide" @click=${show}>Hear and see my four words</button></p>`}
    <p class="words" role="status">${words ? html`<b>${words}</b>` : ""}</p>
    ${words ? code(asText(receipt)) : nothing}</section>`;
}
