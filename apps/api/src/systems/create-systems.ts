/** Opens ports with what all ports of a connection share: one gate, one token. */
import { createHash } from "node:crypto";
import {
  createGate,
  createSystemPort,
  createTokenStore,
  type Gate,
  type TokenStore,
} from "@fieldbridge/connectors";
import type { AppContext } from "../app-context.ts";
import { orNotFound } from "../problem.ts";
import { findConnection, readConnectionSecrets, saveRefreshToken } from "../stores/connections.store.ts";
import type { Systems } from "./systems.ts";

/** Calls in flight at once over one connection, by all runs, previews and people of this process together. */
const CALLS_AT_ONCE = 8;

/**
 * A request to a built-in sandbox is executed at once or, where the product dies with its sandboxes, never; a run
 * that goes on after a crash need not wait as long as a system far away asks for.
 */
const BUILT_IN_SETTLE_MS = 5_000;

interface Shared {
  /** Hash of the settings it was made for; other settings get a fresh one. */
  readonly made: string;
  readonly gate: Gate;
  readonly tokens: TokenStore;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function createSystems({ db, sealer }: Pick<AppContext, "db" | "sealer">): Systems {
  const shared = new Map<string, Shared>();

  const shareOf = (connectionId: string, settings: unknown): Shared => {
    const made = createHash("sha256").update(JSON.stringify(settings)).digest("hex");
    const known = shared.get(connectionId);
    if (known?.made === made) return known;
    const fresh: Shared = {
      made,
      gate: createGate({ concurrency: CALLS_AT_ONCE, now: () => Date.now(), sleep: wait }),
      tokens: createTokenStore(),
    };
    shared.set(connectionId, fresh);
    return fresh;
  };

  return {
    openPort: async (connectionId, clock) => {
      const { config, builtIn } = orNotFound(
        await findConnection(db, connectionId),
        `Connection ${connectionId}`,
      );
      const secrets = await readConnectionSecrets(db, sealer, connectionId);
      // A replaced refresh token is the same sign-in: it must not start a gate of its own.
      const { gate, tokens } = shareOf(connectionId, [config, secrets.clientSecret]);
      return createSystemPort({
        config,
        secrets,
        environment: {
          tokens,
          resilience: { gate, sleep: clock?.sleep },
          limits: builtIn ? { settleMs: BUILT_IN_SETTLE_MS } : undefined,
          onRefreshToken: (refreshToken) => saveRefreshToken(db, sealer, connectionId, refreshToken),
        },
      });
    },
    openUnsaved: (config, secrets) => createSystemPort({ config, secrets }),
  };
}
