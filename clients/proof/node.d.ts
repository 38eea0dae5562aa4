// The little of Node.js that the proof's laptops need.
declare module "node:readline" {
  export function createInterface(options: { input: unknown }): AsyncIterable<string>;
}
declare function setImmediate(run: (value: unknown) => void): void;
declare const process: { argv: string[]; stdin: unknown; stdout: { write(text: string): void } };
