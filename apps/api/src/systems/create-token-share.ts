/**
 * Lets the processes that use a connection share its token: one of them requests it, the others take it. It is sealed
 * for the settings it was requested with, so that under other settings nobody can open it (I7).
 */
import { randomUUID } from "node:crypto";
import type { TokenShare } from "@fieldbridge/connectors";
import type { AppContext } from "../app-context.ts";
import { holdToken, type SharedToken, type TokenHold } from "../stores/connection-tokens.store.ts";

/** `onError` hears of a database that does not answer; the process then signs in for itself. */
export function createTokenShare(
  { db, sealer }: Pick<AppContext, "db" | "sealer">,
  options: {
    readonly connectionId: string;
    /** Names the settings and the client secret; not to be stored. */
    readonly settings: string;
    readonly onError: (error: unknown) => void;
  },
): TokenShare {
  const { connectionId, settings, onError } = options;
  const owner = `token ${settings}`;
  /** Id of the shared token this process last took or stored. */
  let had: string | undefined;

  const hold = (): Promise<TokenHold | undefined> =>
    holdToken(db, connectionId).catch((error: unknown) => {
      onError(error);
      return undefined;
    });

  function open({ sealed, expiresInMs }: SharedToken) {
    try {
      const expiresAt = expiresInMs === null ? undefined : Date.now() + expiresInMs;
      return { value: sealer.open(sealed, owner), expiresAt, isTaken: true } as const;
    } catch {
      // Of other settings, or sealed with a key this process does not have.
      return undefined;
    }
  }

  return {
    async renew(request, isGood) {
      const held = await hold();
      if (held === undefined) return request();
      try {
        const { stored } = held;
        const taken = stored === undefined || stored.id === had ? undefined : open(stored);
        if (stored !== undefined && taken !== undefined && isGood(taken)) {
          had = stored.id;
          return taken;
        }
        const token = await request();
        const id = randomUUID();
        const expiresInMs = token.expiresAt === undefined ? null : token.expiresAt - Date.now();
        await held.save({ id, sealed: sealer.seal(token.value, owner), expiresInMs }).catch(onError);
        had = id;
        return token;
      } finally {
        await held.release().catch(onError);
      }
    },
  };
}
