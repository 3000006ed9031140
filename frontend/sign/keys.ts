/** The key of this phone: ECDSA P-256 by WebCrypto, not extractable, so that it can sign and never be read. */

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

export async function makeKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]) as Promise<CryptoKeyPair>;
}

/** The public half as SPKI DER. */
export async function publicBytes(pair: CryptoKeyPair): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
}

/** How a statement names the key: SHA-256 of the SPKI in base64url. */
export async function fingerprint(pair: CryptoKeyPair): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await publicBytes(pair)));
  return base64(hash).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** r || s over the bytes of the text. */
export async function sign(pair: CryptoKeyPair, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  return base64(new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, bytes)));
}

export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
