// Asks the browser to keep the page itself, so that it opens without a network.

/** Whether the page opens without a network; null while that is not known yet. */
export class Offline {
  ready: boolean | null = null;

  constructor(private readonly changed: () => void) {}

  /** Forget the page and its files. */
  async erase(): Promise<void> {
    this.ready = null;
    for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
    if (typeof caches === "undefined") return;
    for (const name of await caches.keys()) if (name.startsWith("facilitate ")) await caches.delete(name);
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
    } catch {
      this.ready = false;
    }
    this.changed();
  }
}

function installed(worker: ServiceWorker | null): Promise<void> {
  return new Promise((done, failed) => {
    const look = () => {
      if (worker?.state === "activated") done();
      if (!worker || worker.state === "redundant") failed(new Error("the page could not be kept"));
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}
