// The little of Node.js that the proof's laptops need.
declare module "node:readline" {
  export function createInterface(options: { input: unknown }): AsyncIterable<string>;
}
declare function setImmediate(run: (value: unknown) => void): void;
declare const process: { argv: string[]; stdin: unknown; stdout: { write(text: string): void } };

declare module "node:crypto" {
  export const constants: { RSA_NO_PADDING: number };
  export function createPrivateKey(key: { key: Record<string, string>; format: "jwk" }): object;
  export function privateEncrypt(
    key: { key: object; padding: number },
    bytes: Uint8Array,
  ): Uint8Array<ArrayBuffer>;
}
