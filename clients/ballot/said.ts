// What a paper on the public list says, and whether it speaks for an option: for words that prove nothing.
import { list } from "../shared/words.ts";

interface Options {
  options: { key: string; label: string }[];
}

/** Whether a paper is one for this option: it chooses or approves it, ranks it first, or gives it a number. */
export function speaksFor(text: string, key: string): boolean {
  if (text === key) return true;
  if (text.includes(">")) return text.startsWith(`${key}>`);
  if (text.includes(":")) return text.split(",").some((part) => part.startsWith(`${key}:`));
  return text.split("+").includes(key);
}

/** The paper in words. */
export function saidIn({ options }: Options, text: string): string {
  const label = (key: string) => options.find((option) => option.key === key)?.label ?? key;
  if (text === "none") return "none of these";
  if (text.includes(">")) return text.split(">").map(label).join(", then ");
  if (text.includes(":"))
    return text
      .split(",")
      .map((part) => part.split(":"))
      .map(([key, number]) => `${label(key ?? "")} ${number}`)
      .join(", ");
  return list(text.split("+").map(label));
}
