/** Signs calls with a bearer token that is fetched when needed and renewed once when the system refuses it. */
import type { SignIn } from "../http/system-client.ts";
import type { AccessToken, TokenStore } from "./token-store.ts";

export interface BearerSignIn extends SignIn {
  /** Fetches a token without using a stored one, to prove that the credentials work. */
  check(): Promise<void>;
}

export function createBearerSignIn(parts: {
  readonly store: TokenStore;
  readonly request: () => Promise<AccessToken>;
  readonly now: () => number;
}): BearerSignIn {
  const { store, request, now } = parts;
  const prefix = "Bearer ";
  return {
    async headers() {
      return { authorization: prefix + (await store.get(request, now())).value };
    },
    async renew(refused) {
      store.drop((refused["authorization"] ?? "").slice(prefix.length));
      const { isTaken = false } = await store.get(request, now());
      return isTaken ? "taken" : "requested";
    },
    async check() {
      await store.getNew(request);
    },
  };
}
