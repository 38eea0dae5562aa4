// Blind stamps by RFC 9474: covering what is to be stamped, uncovering the stamp, and its proof.
import { RSABSSA } from "@cloudflare/blindrsa-ts";
import { type Bytes, fromHex, toBase64Url } from "./bytes.ts";

const SUITE = RSABSSA.SHA384.PSS.Randomized();
const SALT_BYTES = 48;

/** What goes to the registrar, what it is about, and what takes the cover off. */
export interface Covered {
  prepared: Bytes;
  blinded: Bytes;
  inverse: Bytes;
}

function keyOf(n: string): Promise<CryptoKey> {
  const key = { kty: "RSA", alg: "PS384", n: toBase64Url(fromHex(n)), e: "AQAB", ext: true };
  return crypto.subtle.importKey("jwk", key, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
}

/** Cover a message so that whoever stamps it cannot see it. */
export async function cover(n: string, message: Bytes): Promise<Covered> {
  const prepared = SUITE.prepare(message) as Bytes;
  const { blindedMsg, inv } = await SUITE.blind(await keyOf(n), prepared);
  return { prepared, blinded: blindedMsg as Bytes, inverse: inv as Bytes };
}

/** The stamp under what was covered; an error where what came back is none. */
export async function uncover(n: string, covered: Covered, signed: Bytes): Promise<Bytes> {
  return (await SUITE.finalize(await keyOf(n), covered.prepared, signed, covered.inverse)) as Bytes;
}

export async function isStamped(n: string, prepared: Bytes, stamp: Bytes): Promise<boolean> {
  try {
    const algorithm = { name: "RSA-PSS", saltLength: SALT_BYTES };
    return await crypto.subtle.verify(algorithm, await keyOf(n), stamp, prepared);
  } catch {
    return false;
  }
}
