// How a stamped ballot reaches hub and box from a real phone: without anything that would name the phone.
import type { Ack } from "../shared/commands.ts";
import type { Board } from "./board.ts";
import { type Bytes, fromHex } from "./bytes.ts";
import type { BoxAnswer, Ports } from "./errand.ts";
import { openShelf, passingShelf } from "./kept.ts";

const BOX_WITHIN = 10_000;

async function cast(box: string, paper: string): Promise<BoxAnswer> {
  // No cookie, no page that it came from, nothing kept on the way; the same few headers for everybody.
  const answer = await fetch(`${box}/cast`, {
    method: "POST",
    body: paper,
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    signal: AbortSignal.timeout(BOX_WITHIN),
  });
  const said: BoxAnswer = await answer.json();
  if (typeof said?.ok !== "boolean") throw new Error("no answer of a ballot box");
  return said;
}

/** A page that came before the box had its address may not talk to it: it comes anew, and goes on where it was. */
function comeAnewFor(event: SecurityPolicyViolationEvent): void {
  const mark = `came anew for ${new URL(event.blockedURI).origin}`;
  if (event.effectiveDirective !== "connect-src" || sessionStorage.getItem(mark)) return;
  sessionStorage.setItem(mark, "once");
  location.reload();
}

const knocked = new Set<string>();

function knock(box: string): void {
  if (knocked.has(box)) return;
  knocked.add(box);
  // What it answers does not matter; the connection is ready for the vote.
  void fetch(`${box}/health`, {
    credentials: "omit",
    referrerPolicy: "no-referrer",
    cache: "no-store",
    signal: AbortSignal.timeout(BOX_WITHIN),
  }).catch(() => knocked.delete(box));
}

async function list(url: string): Promise<{ header: Bytes; leaves: Bytes }> {
  const answer = await fetch(url.replace(/\.json$/, ".leaves"), { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error("no list yet");
  const header = fromHex(answer.headers.get("Board-Header") ?? "");
  return { header, leaves: new Uint8Array(await answer.arrayBuffer()) };
}

/** The whole board: only for whoever looks at words. */
export async function wholeBoard(url: string): Promise<Board> {
  const answer = await fetch(url, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) throw new Error("no board yet");
  return answer.json();
}

function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return navigator.locks ? navigator.locks.request(name, work) : work();
}

/** A kiosk keeps nothing of anybody, and its page comes anew by itself before it is needed. */
export async function realPorts(
  submit: (type: string, data: object) => Promise<Ack>,
  kiosk = false,
): Promise<Ports> {
  if (!kiosk) document.addEventListener("securitypolicyviolation", comeAnewFor);
  return {
    shelf: kiosk ? passingShelf() : await openShelf(),
    late: kiosk,
    submit,
    cast,
    knock,
    list,
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    chance: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
    alone,
  };
}
