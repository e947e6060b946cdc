/**
 * Ports to outside systems. All ports of one connection share one gate, so that runs, previews and the designer
 * together stay within what the system allows.
 */
import type { Clock, SystemPort } from "@fieldbridge/engine";
import type { ConnectionConfig, ConnectionSecrets } from "@fieldbridge/model";

export interface Systems {
  /** A port of a stored connection. Throws a 404 problem where there is none. `clock` ends its waiting early on a stop. */
  openPort(connectionId: string, clock?: Pick<Clock, "sleep">): Promise<SystemPort>;
  /** A port for settings that are not stored. */
  openUnsaved(config: ConnectionConfig, secrets: ConnectionSecrets): SystemPort;
}
