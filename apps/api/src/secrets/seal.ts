/**
 * Sealing of secrets at rest: AES-256-GCM with a key that is kept outside the database. The sealed text names its
 * key, so that keys can change one after the other, and is bound to its owner, so that it cannot be moved.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";

export interface Sealer {
  /** Id of the key that seals now. */
  readonly keyId: string;
  /** `owner` is what the secret belongs to, for example the id of a connection. */
  seal(plain: string, owner: string): string;
  /** Throws where the text was changed, belongs to another owner or was sealed with an unknown key. */
  open(sealed: string, owner: string): string;
}

const FORMAT = "v1";

/** First characters of the key's hash: names a key without telling anything about it. */
export const toKeyId = (key: Buffer): string => createHash("sha256").update(key).digest("hex").slice(0, 8);

/** The first key seals; all of them open. Each has 32 bytes. */
export function createSealer(keys: readonly [Buffer, ...Buffer[]]): Sealer {
  for (const key of keys) if (key.length !== 32) throw new RangeError("a sealing key has 32 bytes");
  const byId = new Map(keys.map((key) => [toKeyId(key), key]));
  const [current] = keys;
  return {
    keyId: toKeyId(current),
    seal: (plain, owner) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", current, nonce).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [FORMAT, toKeyId(current), nonce, cipher.getAuthTag(), sealed]
        .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
        .join(".");
    },
    open: (text, owner) => {
      const [format, keyId = "", nonce = "", tag = "", sealed = ""] = text.split(".");
      const key = byId.get(keyId);
      if (format !== FORMAT || key === undefined)
        throw new Error(`no key to open a secret sealed with ${keyId}`);
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), {
        authTagLength: 16,
      })
        .setAAD(Buffer.from(owner))
        .setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]).toString(
        "utf8",
      );
    },
  };
}
