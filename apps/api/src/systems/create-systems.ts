/** Opens ports with what all ports of a connection share, those of other processes too: one gate, one token. */
import { createHash } from "node:crypto";
import {
  createGate,
  createSystemPort,
  createTokenStore,
  toShareLimits,
  toTestGate,
  type Gate,
  type TokenStore,
} from "@fieldbridge/connectors";
import { toIssue, type Connection, type ConnectionConfig } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady, orNotFound } from "../problem.ts";
import { findConnection, readConnectionSecrets, saveRefreshToken } from "../stores/connections.store.ts";
import { toAllowAddress, type AddressPolicy } from "./address-policy.ts";
import { createTokenShare } from "./create-token-share.ts";
import { createSharedGates } from "./shared-gates.ts";
import type { Systems } from "./systems.ts";

/**
 * A request to a built-in sandbox is executed at once or, where the product dies with its sandboxes, never; a run
 * that goes on after a crash need not wait as long as a system far away asks for.
 */
const BUILT_IN_SETTLE_MS = 5_000;

interface Shared {
  readonly gate: Gate;
  readonly tokens: TokenStore;
}

/** The built-in sandboxes show each record on a page of their own. */
const toSandboxPage = (config: ConnectionConfig) => {
  const { origin } = new URL(config.system === "salesforce" ? config.instanceUrl : config.apiUrl);
  return (object: string, key: string): string =>
    `${origin}/records/${encodeURIComponent(object)}/${encodeURIComponent(key)}`;
};

/** All companies of a connection share its gate and its token. */
function inCompany(config: ConnectionConfig, company: string | undefined): ConnectionConfig {
  if (company === undefined) return config;
  if (config.system === "business-central") return { ...config, company };
  const message = `The connection has no companies; the transfer asks for "${company}".`;
  throw notReady(message, [toIssue("PAR-804", "", message)]);
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `onError` hears of a database that does not answer. `addresses` is for connections of people; the built-in ones lead to this machine in any case. */
export function createSystems(
  { db, sealer }: Pick<AppContext, "db" | "sealer">,
  addresses: AddressPolicy,
  onError: (error: unknown) => void = () => {},
): Systems & { close(): Promise<void> } {
  const shared = new Map<string, Promise<Shared>>();
  const gates = createSharedGates(db, onError);
  const allowAddress = toAllowAddress(addresses);
  const allowBuiltIn = toAllowAddress({ ...addresses, loopback: true });

  const makeShared = async ({ id, name, config }: Connection, settings: string): Promise<Shared> => {
    const limits = toShareLimits(config);
    const share = await gates.open(id, limits);
    return {
      gate: createGate({ ...limits, name, now: () => Date.now(), sleep: wait, share }),
      tokens: createTokenStore(createTokenShare({ db, sealer }, { connectionId: id, settings, onError })),
    };
  };

  /** Other settings get a fresh gate and sign in anew. */
  const shareOf = (connection: Connection, clientSecret: string | undefined): Promise<Shared> => {
    const { id, name, config } = connection;
    const key = createHash("sha256")
      .update(JSON.stringify([id, name, config, clientSecret]))
      .digest("hex");
    const known = shared.get(key);
    if (known !== undefined) return known;
    const made = makeShared(connection, key);
    shared.set(key, made);
    made.catch(() => shared.delete(key));
    return made;
  };

  return {
    openPort: async (connectionId, { clock, company, isTest = false } = {}) => {
      const connection = orNotFound(await findConnection(db, connectionId), `Connection ${connectionId}`);
      const { config, builtIn } = connection;
      const secrets = await readConnectionSecrets(db, sealer, connectionId);
      // A replaced refresh token is the same sign-in: it must not start a gate of its own.
      const { gate, tokens } = await shareOf(connection, secrets.clientSecret);
      const worked = inCompany(config, company);
      return createSystemPort({
        config: worked,
        secrets,
        environment: {
          tokens,
          http: { allowAddress: builtIn ? allowBuiltIn : allowAddress },
          recordUrl: builtIn ? toSandboxPage(worked) : undefined,
          resilience: { gate: isTest ? toTestGate(gate) : gate, sleep: clock?.sleep },
          limits: builtIn ? { settleMs: BUILT_IN_SETTLE_MS } : undefined,
          readRefreshToken: () =>
            readConnectionSecrets(db, sealer, connectionId).then(
              ({ refreshToken }) => refreshToken,
              (error: unknown) => {
                onError(error);
                return undefined;
              },
            ),
          onRefreshToken: (refreshToken) => saveRefreshToken(db, sealer, connectionId, refreshToken),
        },
      });
    },
    openUnsaved: (config, secrets) =>
      createSystemPort({ config, secrets, environment: { http: { allowAddress } } }),
    close: () => gates.close(),
  };
}
