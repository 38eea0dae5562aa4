// Opens the table page without a network: keeps its files by build, and its shell, which names nobody.

/** What the hub writes before this script: the build, and every file that the page may ask for. */
interface Build {
  build: string;
  files: string[];
}
interface Later extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Later {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Scope extends EventTarget {
  FACILITATE: Build;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const scope = self as unknown as Scope;
const { build, files } = scope.FACILITATE;
const OURS = "facilitate ";
const NAME = OURS + build;
const PAGE = "/table";
// The page says it, when it is of this build; the same words stand in facilitator/offline.ts: a worker imports nothing.
const TAKE_OVER = "take over";
// A hub that does not answer in this time is as good as none, once there is a page to show.
const PATIENCE = 4_000;

/** A new build waits until no page of the old one is open, or one of its own is: nothing is ever reloaded under
 * somebody who types. */
scope.addEventListener("install", (event) => {
  (event as Later).waitUntil(install());
});
scope.addEventListener("activate", (event) => {
  (event as Later).waitUntil(activate());
});
scope.addEventListener("fetch", (event) => answer(event as Asked));
scope.addEventListener("message", (event) => {
  if ((event as MessageEvent).data === TAKE_OVER) (event as unknown as Later).waitUntil(scope.skipWaiting());
});

async function install(): Promise<void> {
  const cache = await caches.open(NAME);
  await cache.addAll(files);
  const page = await fetch(PAGE, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (page?.ok) await keep(page);
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== NAME) await caches.delete(name);
  }
  await scope.clients.claim();
}

function answer(event: Asked): void {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  // Whoever signs in or out, the next one here finds no page of the one before.
  if (request.method === "POST" && (pathname === "/out" || pathname === "/sessions"))
    event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(table(request));
  else if (request.mode === "navigate" && pathname === "/") event.respondWith(start(request));
  else if (pathname.startsWith("/assets/")) event.respondWith(file(request));
}

async function table(request: Request): Promise<Response> {
  const kept = await shell();
  try {
    const fresh = await within(fetch(request), kept ? PATIENCE : null);
    const turnedAway = fresh.type === "opaqueredirect" || fresh.status === 401 || fresh.status === 403;
    if (turnedAway) await forget();
    else if (fresh.ok) await keep(fresh.clone());
    return fresh.ok || turnedAway ? fresh : (kept ?? fresh);
  } catch {
    return kept ?? nothingKept();
  }
}

async function start(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await shell()) ? Response.redirect(PAGE) : nothingKept();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

async function shell(): Promise<Response | undefined> {
  return (await caches.open(NAME)).match(PAGE);
}

/** Keep the page, unless it belongs to another build than the files that lie here. */
async function keep(page: Response): Promise<void> {
  const text = await page.text();
  const asked = [...text.matchAll(/"(\/assets\/[^"]+)"/g)].map((found) => found[1] ?? "");
  if (asked.length === 0 || !asked.every((each) => files.includes(each))) return;
  await (await caches.open(NAME)).put(PAGE, new Response(text, { headers: page.headers }));
}

async function forget(): Promise<void> {
  await (await caches.open(NAME)).delete(PAGE);
}

function within(work: Promise<Response>, milliseconds: number | null): Promise<Response> {
  if (milliseconds === null) return work;
  const late = new Promise<never>((_, failed) => setTimeout(() => failed(new Error("late")), milliseconds));
  return Promise.race([work, late]);
}

function nothingKept(): Response {
  const sentence =
    "There is no network, and nobody is signed in on this laptop. What was typed here is kept. Try again when the network is back.";
  return new Response(sentence, { status: 503, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
