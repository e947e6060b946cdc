/** Pinned samples of a transfer. */
import type { AppContext } from "../app-context.ts";
import type { Handlers } from "../http/handlers.ts";
import { notFound, notValid, orNotFound } from "../problem.ts";
import { listPinnedSamples, removePinnedSample, savePinnedSample } from "../stores/pinned-samples.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

/** As many as one reading of samples gives. */
const MOST_PINNED = 50;

export const pinnedSampleHandlers = ({
  db,
}: AppContext): Pick<Handlers, "listPinnedSamples" | "pinSample" | "unpinSample"> => {
  const listOf = async (id: string) => {
    orNotFound(await findTransfer(db, id), `Transfer ${id}`);
    return listPinnedSamples(db, id);
  };
  return {
    listPinnedSamples: async ({ params }) => {
      const items = await listOf(params.id);
      return { items, next: null, total: items.length };
    },
    pinSample: async ({ params, body: { sourceKey, label = sourceKey } }) => {
      const pinned = await listOf(params.id);
      if (pinned.length >= MOST_PINNED && pinned.every((each) => each.sourceKey !== sourceKey))
        throw notValid(`A transfer has at most ${MOST_PINNED} pinned samples; unpin one first.`);
      return savePinnedSample(db, params.id, { sourceKey, label });
    },
    unpinSample: async ({ params }) => {
      if (!(await removePinnedSample(db, params.id, params.sourceKey)))
        throw notFound(`Record ${params.sourceKey} is not pinned in ${params.id}.`);
      return { ok: true };
    },
  };
};
