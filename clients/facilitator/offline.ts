// Asks the browser to keep the page itself, so that it opens without a network, and notices a newer build of it.

const OURS = "facilitate ";
// As the worker in offline/worker.ts knows it: no page of an older build needs the older files any more.
const TAKE_OVER = "take over";

/** Whether the page opens without a network; null while that is not known yet. */
export class Offline {
  ready: boolean | null = null;
  /** True while a newer build of this page lies ready: it is taken when the page is opened again. */
  newer = false;
  private registered: ServiceWorkerRegistration | null = null;

  constructor(private readonly changed: () => void) {}

  /** Forget the page and its files. */
  async erase(): Promise<void> {
    this.ready = null;
    this.newer = false;
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
    if (typeof caches === "undefined") return;
    for (const name of await caches.keys()) if (name.startsWith(OURS)) await caches.delete(name);
  }

  /** Register the worker that keeps the page; over plain http there is none to register. */
  async start(): Promise<void> {
    try {
      const worker = navigator.serviceWorker;
      if (!worker) throw new Error("this browser or this address has no such worker");
      const registered = await worker.register("/offline.js", { scope: "/" });
      if (!registered.active) await installed(registered.installing ?? registered.waiting);
      // Without its page the worker opens nothing: there is none of another build, and none after a sign-out.
      this.ready = (await caches.match("/table")) !== undefined;
      this.registered = registered;
      registered.addEventListener("updatefound", () => void this.wait(registered.installing));
      if (registered.installing) void this.wait(registered.installing);
      else await this.compare();
    } catch {
      this.ready = false;
    }
    this.changed();
  }

  /** Ask whether the hub has a newer build: it can only have one after it was away. */
  look(): void {
    void this.registered?.update().catch(() => undefined);
  }

  private async wait(worker: ServiceWorker | null): Promise<void> {
    await installed(worker, "installed").then(
      () => this.compare(),
      () => undefined,
    );
    this.changed();
  }

  /** Whether the newest build that lies here is this page's own: then its worker takes over, and this page stays. */
  private async compare(): Promise<void> {
    const newest = (await caches.keys()).filter((name) => name.startsWith(OURS)).at(-1);
    if (newest === undefined) return;
    const cache = await caches.open(newest);
    const files = [...document.querySelectorAll<HTMLElement>("script[src], link[rel=stylesheet]")];
    const found = await Promise.all(
      files.map((each) => cache.match(each.getAttribute("src") ?? each.getAttribute("href") ?? "")),
    );
    this.newer = !found.every(Boolean);
    if (!this.newer) this.registered?.waiting?.postMessage(TAKE_OVER);
  }
}

function installed(
  worker: ServiceWorker | null,
  state: "installed" | "activated" = "activated",
): Promise<void> {
  return new Promise((done, failed) => {
    const look = () => {
      if (worker?.state === state || worker?.state === "activated") done();
      if (!worker || worker.state === "redundant") failed(new Error("the page could not be kept"));
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}
