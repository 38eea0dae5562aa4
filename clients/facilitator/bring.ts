// A laptop that cannot reach the centre hands over what it keeps: by a file, or by codes for the desk's camera.
import { html, nothing, svg, type TemplateResult } from "lit";
import { encodeQR } from "qr";
import { bodyOf, codesOf, fileOf } from "../shared/bundle.ts";
import type { Entry } from "../shared/outbox.ts";
import { count, number } from "../shared/words.ts";
import type { Laptop } from "./laptop.ts";
import { Memory } from "./memory.ts";

/** How long one code stands. Units: milliseconds. */
const EACH = 1_500;

const showing = { open: false, codes: [] as string[], at: 0, timer: 0, said: "" };

/** Opens and shuts the panel. */
export function bringButton(laptop: Laptop): TemplateResult {
  const toggle = () => {
    showing.open = !showing.open;
    hold(laptop);
    if (!showing.open) showing.codes = [];
    laptop.redraw();
  };
  return html`<button type="button" class="btn small" aria-expanded=${showing.open} @click=${toggle}>Bring to the desk</button>`;
}

function body(laptop: Laptop, entries: Entry[]): string {
  return bodyOf(Memory.last ?? "event", laptop.memory.kept.device, entries, new Date().toISOString());
}

/** Everything goes into the file; codes take time, so they hold what the centre lacks, if it lacks anything. */
function lacking(laptop: Laptop): Entry[] {
  const waiting = laptop.outbox.entries.filter((entry) => !entry.ack?.ok);
  return waiting.length > 0 ? waiting : laptop.outbox.entries;
}

function save(laptop: Laptop): void {
  const file = new Blob([fileOf(body(laptop, laptop.outbox.entries))], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `table-${laptop.facts.table ?? "laptop"}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  showing.said = `Saved as ${link.download}. Bring it to the desk.`;
  laptop.redraw();
}

async function showCodes(laptop: Laptop): Promise<void> {
  showing.codes = await codesOf(body(laptop, lacking(laptop)));
  showing.at = 0;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!still) run(laptop);
  laptop.redraw();
}

function run(laptop: Laptop): void {
  hold(laptop);
  showing.timer = window.setInterval(() => step(laptop, 1), EACH);
}

function hold(_laptop: Laptop): void {
  clearInterval(showing.timer);
  showing.timer = 0;
}

function step(laptop: Laptop, by: number): void {
  const of = showing.codes.length;
  showing.at = of > 0 ? (showing.at + by + of) % of : 0;
  laptop.redraw();
}

function keys(laptop: Laptop, event: KeyboardEvent): void {
  const acts: Record<string, () => void> = {
    ArrowRight: () => turn(laptop, 1),
    ArrowLeft: () => turn(laptop, -1),
    " ": () => pause(laptop),
  };
  const act = event.target === event.currentTarget ? acts[event.key] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
}

function turn(laptop: Laptop, by: number): void {
  hold(laptop);
  step(laptop, by);
}

function pause(laptop: Laptop): void {
  if (showing.timer) hold(laptop);
  else run(laptop);
  laptop.redraw();
}

/** The squares of one code as one path, black on white in every look. */
function drawn(code: string): TemplateResult {
  const rows = encodeQR(code, "raw", { ecc: "medium", border: 4 });
  const dark = rows.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return html`<svg class="code" viewBox="0 0 ${rows.length} ${rows.length}" role="img" aria-label="Code ${showing.at + 1} of ${showing.codes.length}" shape-rendering="crispEdges"
    >${svg`<rect width="100%" height="100%" fill="#fff"></rect><path fill="#000" d=${dark.join("")}></path>`}</svg>`;
}

function codes(laptop: Laptop): TemplateResult {
  const of = showing.codes.length;
  return html`<div class="codes" role="group" tabindex="0" aria-label="Codes" @keydown=${(event: KeyboardEvent) => keys(laptop, event)}>
    ${drawn(showing.codes[showing.at] ?? "")}
    <p class="num"><b>Code ${number(showing.at + 1)} of ${number(of)}</b> <span class="quiet">← → turn, space pauses</span></p></div>
    <p><button type="button" class="btn small" @click=${() => turn(laptop, -1)}>Code before</button>
      <button type="button" class="btn small" @click=${() => pause(laptop)}>${showing.timer ? "Pause" : "Go on by itself"}</button>
      <button type="button" class="btn small" @click=${() => turn(laptop, 1)}>Next code</button></p>
    <details><summary>The codes as text</summary><label>For a desk without a camera
      <textarea readonly rows="4" .value=${showing.codes.join("\n")}></textarea></label></details>`;
}

/** The panel; it stands in the page and needs no network. */
export function bringPanel(laptop: Laptop): TemplateResult | typeof nothing {
  if (!showing.open) return nothing;
  const all = laptop.outbox.typed;
  const waits = laptop.outbox.keptHere;
  return html`<section class="bring" aria-labelledby="bring-title">
    <h2 id="bring-title">Bring to the desk</h2>
    <p>Where the network does not come back: hand over ${count(all, "point")}, ${number(waits)} of them not at the centre.
      The desk takes each of them once, also when this laptop sends it later.</p>
    <p><button type="button" class="btn" aria-disabled=${all === 0} @click=${() => all > 0 && save(laptop)}>Save as a file</button>
      <button type="button" class="btn" aria-disabled=${all === 0} @click=${() => all > 0 && void showCodes(laptop)}>Show as codes</button></p>
    <p role="status">${showing.said}</p>
    ${showing.codes.length > 0 ? codes(laptop) : nothing}</section>`;
}
