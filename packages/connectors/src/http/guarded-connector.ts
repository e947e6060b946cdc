/**
 * Opens sockets, but only to addresses the policy of the app allows. Names are resolved here and the very addresses
 * that were checked are connected to, so a name cannot point elsewhere between check and connect.
 */
import { lookup as resolve, type LookupAddress } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";

/** Whether a socket to this IP address may be opened; `hostname` is what the connection's address says. */
export type AllowAddress = (address: string, hostname: string) => boolean;

/** Thrown before a socket is opened. */
export class AddressRefusedError extends Error {
  override readonly name = "AddressRefusedError";
  readonly code = "ADDRESS_REFUSED";

  constructor(hostname: string, address: string) {
    super(`${hostname} leads to ${address}, an address this installation does not call`);
  }
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

function guardedLookup(allowAddress: AllowAddress): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, "", 0);
      const refused = addresses.find((each) => !allowAddress(each.address, hostname));
      if (refused) return callback(new AddressRefusedError(hostname, refused.address), "", 0);
      if (options.all === true) return callback(null, addresses);
      const first = addresses[0];
      return callback(null, first?.address ?? "", first?.family);
    });
  };
}

/** A connector for an undici Agent. */
export function createGuardedConnector(options: {
  readonly connectTimeoutMs: number;
  readonly allowAddress: AllowAddress;
}): buildConnector.connector {
  const { connectTimeoutMs, allowAddress } = options;
  const connect = buildConnector({ timeout: connectTimeoutMs, lookup: guardedLookup(allowAddress) });
  return (target, callback) => {
    const hostname = withoutBrackets(target.hostname);
    if (isIP(hostname) !== 0 && !allowAddress(hostname, hostname))
      return callback(new AddressRefusedError(hostname, hostname), null);
    return connect(target, callback);
  };
}
