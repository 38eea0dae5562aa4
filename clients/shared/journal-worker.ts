// The journal's file: only a worker may write and flush it at once, and each page has a file of its own.

/** What a page asks of its journal; it is answered in order, each question once. */
export type Ask = { open: string } | { write: string } | { erase: true };
export type Told = { text: string } | { failed: string };

// Part of every browser that has the file system, but only of a worker's types.
interface AccessHandle {
  getSize(): number;
  read(into: Uint8Array, at: { at: number }): number;
  write(from: Uint8Array, at: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type WritableFile = FileSystemFileHandle & { createSyncAccessHandle(): Promise<AccessHandle> };

const PAGES = 20;
let handle: AccessHandle | null = null;
let folder: FileSystemDirectoryHandle | null = null;

const page = self as unknown as { postMessage(told: Told): void };
let work: Promise<void> = Promise.resolve();
self.addEventListener("message", (event: MessageEvent<Ask>) => {
  work = work.then(async () => {
    try {
      page.postMessage({ text: await answer(event.data) });
    } catch (error) {
      page.postMessage({ failed: String(error) });
    }
  });
});

async function answer(ask: Ask): Promise<string> {
  if ("open" in ask) return open(ask.open);
  if ("write" in ask) return append(ask.write);
  return erase();
}

/** Take the first file that no other page holds; the text of all of them is the answer. */
async function open(event: string): Promise<string> {
  const root = await navigator.storage.getDirectory();
  const journals = await root.getDirectoryHandle("facilitate", { create: true });
  folder = await journals.getDirectoryHandle(encodeURIComponent(event), { create: true });
  const texts: string[] = [];
  for (let number = 1; number <= PAGES; number++) {
    const file = await existing(folder, number, handle === null);
    if (!file) continue;
    if (handle === null) handle = await taken(file);
    texts.push(await (await file.getFile()).text().catch(() => ""));
  }
  if (handle === null) throw new Error("every file is held by another page");
  // On the disk from the start: a file that is new when the power fails may vanish with what it held.
  append("\n");
  return texts.join("\n");
}

async function existing(inside: FileSystemDirectoryHandle, number: number, create: boolean) {
  return inside.getFileHandle(`${number}.journal`, { create }).catch(() => null);
}

async function taken(file: FileSystemFileHandle): Promise<AccessHandle | null> {
  return (file as WritableFile).createSyncAccessHandle().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "NoModificationAllowedError") return null;
    throw error;
  });
}

function append(text: string): string {
  if (handle === null) throw new Error("the journal is not open");
  const bytes = new TextEncoder().encode(text);
  const start = handle.getSize();
  if (handle.write(bytes, { at: start }) < bytes.length) throw new Error("the disk took only a part");
  handle.flush();
  return "";
}

/** Forget everything that this event left here; another page's file is emptied by that page. */
async function erase(): Promise<string> {
  handle?.truncate(0);
  handle?.flush();
  handle?.close();
  handle = null;
  for (let number = 1; number <= PAGES; number++) {
    await folder?.removeEntry(`${number}.journal`).catch(() => undefined);
  }
  return "";
}
