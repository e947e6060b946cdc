// Access tokens that check themselves: kind, generation, time of issue and a signature in one opaque word. They
// survive a restart of the sandbox, and raising the generation makes every access token expire at once.
import { createHmac, timingSafeEqual } from "node:crypto";
import { number, numberText } from "./json.ts";
import type { Clock } from "./clock.ts";
import type { SandboxStore } from "./store.ts";

export type TokenKind = "access" | "refresh";

export interface Tokens {
  /** A new token of letters, digits, dots and underscores only. */
  issue(kind: TokenKind): string;
  /** Whether the token is ours, of that kind, not revoked and not expired. Refresh tokens do not expire. */
  isValid(kind: TokenKind, token: string): boolean;
  /** Makes one token invalid for good. */
  revoke(token: string): Promise<void>;
  /** Makes every access token issued so far invalid. */
  readonly expireAll: () => Promise<void>;
}

const TABLE = "_tokens";

/** `secret` signs the tokens of this server; `lifetimeMs` null means that only `expireAll` ends them. */
export function createTokens(options: {
  store: SandboxStore;
  clock: Clock;
  secret: string;
  lifetimeMs: number | null;
}): Tokens {
  const { store, clock, secret, lifetimeMs } = options;
  let issued = 0;

  function generation(): number {
    return Number(numberText(store.table(TABLE).get("generation")?.["value"]) ?? "1");
  }

  function sign(text: string): string {
    return createHmac("sha256", secret).update(text).digest("hex").slice(0, 40);
  }

  return {
    issue(kind) {
      issued += 1;
      const text = `${kind === "access" ? "A" : "R"}${generation()}.${clock.now()}.${issued}`;
      return `${text}.${sign(text)}`;
    },
    isValid(kind, token) {
      const cut = token.lastIndexOf(".");
      const text = token.slice(0, cut);
      const signature = Buffer.from(token.slice(cut + 1));
      const expected = Buffer.from(sign(text));
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return false;
      if (store.table(TABLE).has(token)) return false;
      const [head = "", issuedAt = "0"] = text.split(".");
      if (kind === "refresh") return head.startsWith("R");
      if (head !== `A${generation()}`) return false;
      return lifetimeMs === null || clock.now() < Number(issuedAt) + lifetimeMs;
    },
    async revoke(token) {
      await store.commit([{ table: TABLE, key: token, row: { revoked: true } }]);
    },
    async expireAll() {
      await store.commit([
        { table: TABLE, key: "generation", row: { value: number(String(generation() + 1)) } },
      ]);
    },
  };
}
