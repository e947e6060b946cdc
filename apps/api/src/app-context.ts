/** What the handlers work with. Made once at the start, given to every route file. */
import type { Template } from "@fieldbridge/model";
import type { Database } from "./db/database.ts";
import type { RunQueue } from "./runs/run-queue.ts";
import type { Sealer } from "./secrets/seal.ts";
import type { Systems } from "./systems/systems.ts";

export interface AppContext {
  readonly db: Database;
  readonly sealer: Sealer;
  readonly systems: Systems;
  readonly queue: RunQueue;
  readonly templates: readonly Template[];
  readonly version: string;
  /** Built-in sandboxes that are up. */
  readonly sandboxes: readonly { readonly system: string; readonly url: string }[];
  /** Whether a worker of this process takes runs. */
  readonly isWorking: () => boolean;
}
