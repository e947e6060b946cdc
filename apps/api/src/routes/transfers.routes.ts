/** Transfers: drafts, checks, previews, revisions and files. */
import { formatTransfer, transferJsonSchema, type TransferDefinition } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { checkDefinition } from "../definitions/check-definition.ts";
import { previewDefinition } from "../definitions/preview-definition.ts";
import { publishTransfer } from "../definitions/publish-transfer.ts";
import type { Handlers } from "../http/handlers.ts";
import { alreadyRunning, changedMeanwhile, inUse, notValid, orNotFound } from "../problem.ts";
import { listGroupsWith } from "../stores/groups.store.ts";
import { listActiveRuns } from "../stores/runs.store.ts";
import {
  findTransfer,
  insertTransfer,
  listRevisions,
  listTransfers,
  removeTransfer,
  saveDraft,
} from "../stores/transfers.store.ts";

const checkId = (id: string, definition: TransferDefinition): void => {
  if (definition.id !== id)
    throw notValid(`The address says ${id}, the definition calls itself ${definition.id}.`);
};

const toCheckResult = (issues: Awaited<ReturnType<typeof checkDefinition>>) => ({
  ok: issues.every((each) => each.severity !== "error"),
  issues: [...issues],
});

export const transferHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "checkDefinition"
  | "previewDefinition"
  | "listTransfers"
  | "createTransfer"
  | "getTransfer"
  | "saveDraft"
  | "deleteTransfer"
  | "checkTransfer"
  | "previewTransfer"
  | "publishTransfer"
  | "listRevisions"
  | "getTransferFile"
  | "getTransferSchema"
> => {
  const { db } = context;
  const getTransfer = async (id: string) => orNotFound(await findTransfer(db, id), `Transfer ${id}`);

  return {
    checkDefinition: async ({ body }) =>
      toCheckResult(await checkDefinition(context, body.definition, { valueMaps: body.valueMaps })),
    previewDefinition: ({ body }) => previewDefinition(context, body.definition, body),

    listTransfers: ({ query }) => listTransfers(db, query),
    createTransfer: async ({ body }) => {
      if (!(await insertTransfer(db, body.definition))) throw inUse(`The id ${body.definition.id} is taken.`);
      return getTransfer(body.definition.id);
    },
    getTransfer: ({ params }) => getTransfer(params.id),
    saveDraft: async ({ params, body }) => {
      checkId(params.id, body.definition);
      const current = await getTransfer(params.id);
      if (!(await saveDraft(db, params.id, body.definition, body.draftRevision)))
        throw changedMeanwhile(
          `"${current.name}" was changed by somebody else: it is at ${current.draftRevision}, you know ${body.draftRevision}.`,
        );
      return getTransfer(params.id);
    },
    deleteTransfer: async ({ params }) => {
      const { name } = await getTransfer(params.id);
      const [active] = await listActiveRuns(db, params.id);
      if (active !== undefined)
        throw alreadyRunning(`"${name}" runs as run ${active.number}; stop it, then delete.`);
      const groups = await listGroupsWith(db, params.id);
      if (groups.length > 0)
        throw inUse(`"${name}" is in the group ${groups.map((each) => `"${each.name}"`).join(", ")}.`);
      await removeTransfer(db, params.id);
      return { ok: true };
    },

    checkTransfer: async ({ params }) =>
      toCheckResult(await checkDefinition(context, (await getTransfer(params.id)).definition)),
    previewTransfer: async ({ params, body }) =>
      previewDefinition(context, (await getTransfer(params.id)).definition, body),
    publishTransfer: ({ params, body }) => publishTransfer(context, params.id, body),
    listRevisions: async ({ params }) => {
      await getTransfer(params.id);
      const items = await listRevisions(db, params.id);
      return { items, next: null, total: items.length };
    },
    getTransferFile: async ({ params }) => ({
      yaml: formatTransfer((await getTransfer(params.id)).definition),
    }),
    getTransferSchema: async () => transferJsonSchema(),
  };
};
