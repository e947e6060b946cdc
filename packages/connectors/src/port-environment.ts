/** What the app gives to a port besides configuration and secrets. */
import type { SystemLimits } from "@fieldbridge/engine";
import type { HttpOptions } from "./http/http-client.ts";
import type { ResilienceOptions } from "./http/resilience.ts";
import type { TokenStore } from "./oauth/token-store.ts";

export interface PortEnvironment {
  readonly http?: HttpOptions | undefined;
  readonly resilience?: ResilienceOptions | undefined;
  /** Token of the connection, shared by all its ports; without it each port signs in for itself. */
  readonly tokens?: TokenStore | undefined;
  /** Replaces declared limits, for example smaller pages. */
  readonly limits?: Partial<SystemLimits> | undefined;
  /** The refresh token as it is stored now: another process may have replaced the one among the secrets. */
  readonly readRefreshToken?: (() => Promise<string | undefined>) | undefined;
  /** Stores a refresh token the system replaced; resolves when it is safe. */
  readonly onRefreshToken?: ((refreshToken: string) => Promise<void>) | undefined;
  /** Where a person sees a record, for systems whose pages have another address than their API. */
  readonly recordUrl?: ((object: string, key: string) => string | undefined) | undefined;
}
