/** Whether it lives, and what a person should look at first. */
import type { Home } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { countConnections } from "../stores/connections.store.ts";
import { countOpenHeld } from "../stores/held.store.ts";
import { listActiveRuns, listRuns } from "../stores/runs.store.ts";
import { listTransfers } from "../stores/transfers.store.ts";

async function readHome(context: AppContext): Promise<Home> {
  const { db } = context;
  const [openHeld, active, runs, transfers, connections] = await Promise.all([
    countOpenHeld(db),
    listActiveRuns(db),
    listRuns(db, { limit: 8 }),
    listTransfers(db, { limit: 6 }),
    countConnections(db),
  ]);
  return {
    openHeld,
    running: active,
    recentRuns: runs.items,
    transfers: transfers.items.map(({ id, name, updatedAt }) => ({ id, name, updatedAt })),
    connections,
  };
}

export const healthHandlers = (context: AppContext): Pick<Handlers, "getHealth" | "getHome"> => ({
  getHealth: async () => {
    const database = await context.db.pool.query("select 1").then(
      () => true,
      () => false,
    );
    const worker = context.isWorking();
    return {
      ok: database,
      version: context.version,
      database,
      worker,
      sandboxes: [...context.sandboxes],
    };
  },
  getHome: () => readHome(context),
});
