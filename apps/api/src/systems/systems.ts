/**
 * Ports to outside systems. All ports of one connection share one gate, so that runs, previews and the designer
 * together stay within what the system allows.
 */
import type { Clock, SystemPort } from "@fieldbridge/engine";
import type { ConnectionConfig, ConnectionSecrets } from "@fieldbridge/model";

export interface PortOptions {
  /** Ends the port's waiting early on a stop. */
  readonly clock?: Pick<Clock, "sleep"> | undefined;
  /** Instead of the connection's own; refused where the system has no companies. */
  readonly company?: string | undefined;
  /** For a person's test of the connection: it calls even where the system is known to be broken. */
  readonly isTest?: boolean | undefined;
}

export interface Systems {
  /** A port of a stored connection. Throws a 404 problem where there is none. */
  openPort(connectionId: string, options?: PortOptions): Promise<SystemPort>;
  /** A port for settings that are not stored. */
  openUnsaved(config: ConnectionConfig, secrets: ConnectionSecrets): SystemPort;
}
