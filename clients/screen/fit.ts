// Makes words as large as their box allows, and says in words what no longer fits.

const STEP = 0.25;

/** What decides the fit: the words, their structure and the window; nothing else is measured again. */
function key(box: HTMLElement): string {
  const parts = [...box.querySelectorAll("[data-part]")].map((part) => (part as HTMLElement).dataset.part);
  return `${innerWidth}x${innerHeight}|${box.dataset.fit ?? ""}|${parts.join(",")}|${box.textContent}`;
}

const measured = new WeakMap<HTMLElement, string>();

/** Letters reach a little beyond their line; that is not yet too much. */
const REACH = 0.24;

function overflows(box: HTMLElement): boolean {
  const reach = box.dataset.fit ? REACH * Number.parseFloat(getComputedStyle(box).fontSize) : 1;
  return box.scrollHeight > box.clientHeight + reach || box.scrollWidth > box.clientWidth + 1;
}

/** Sets `--size` on the box to the largest value between least and most at which nothing overflows. Units: vh. */
export function grow(box: HTMLElement, least: number, most: number): void {
  let low = 0;
  let high = Math.round((most - least) / STEP);
  const set = (step: number) => box.style.setProperty("--size", `${least + step * STEP}vh`);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    set(middle);
    if (overflows(box)) high = middle - 1;
    else low = middle;
  }
  set(low);
}

/** Hides entries from the end until the list fits; entries marked `data-keep` go last. Returns how many are hidden. */
export function trim(box: HTMLElement): number {
  const entries = [...box.querySelectorAll<HTMLElement>("[data-entry]")];
  for (const entry of entries) entry.hidden = false;
  const more = box.querySelector<HTMLElement>("[data-more]");
  if (more) more.hidden = true;
  if (!overflows(box)) return 0;
  const leaving = [
    ...entries.filter((entry) => "keep" in entry.dataset),
    ...entries.filter((entry) => !("keep" in entry.dataset)),
  ];
  let hidden = 0;
  if (more) more.hidden = false;
  while (overflows(box) && leaving.length > 1) {
    const entry = leaving.pop();
    if (entry) entry.hidden = true;
    hidden += 1;
    if (more)
      more.textContent =
        (hidden === 1 ? more.dataset.one : more.dataset.more?.replace("#", String(hidden))) ?? "";
  }
  return hidden;
}

/** Tries the box at level 0, 1, 2 … (CSS decides what each leaves out) and stops at the first that fits. */
function ease(box: HTMLElement, levels: number): void {
  for (let level = 0; level <= levels; level++) {
    box.dataset.level = String(level);
    if (!overflows(box)) return;
  }
}

/** Fits every box on the page that asks for it: `data-fit="least most"`, `data-levels="n"`, `data-trim`. */
export function fitAll(root: ParentNode): void {
  for (const box of root.querySelectorAll<HTMLElement>("[data-fit],[data-levels],[data-trim]")) {
    const now = key(box);
    if (measured.get(box) === now) continue;
    const [least, most] = (box.dataset.fit ?? "").split(" ").map(Number);
    for (const entry of box.querySelectorAll<HTMLElement>("[data-entry]")) entry.hidden = false;
    if (box.dataset.levels) ease(box, Number(box.dataset.levels));
    if (least && most) grow(box, least, most);
    if ("trim" in box.dataset) trim(box);
    measured.set(box, key(box));
  }
}
