/** Tests of a transfer. */
import type { AppContext } from "../app-context.ts";
import { keepTestRecord, runTransferTests } from "../definitions/test-definition.ts";
import type { Handlers } from "../http/handlers.ts";
import { notFound, notValid, orNotFound } from "../problem.ts";
import {
  countTransferTests,
  findTransferTest,
  insertTransferTest,
  listTransferTests,
  removeTransferTest,
  updateTransferTest,
} from "../stores/transfer-tests.store.ts";
import { findTransfer } from "../stores/transfers.store.ts";

/** All of them run before every publish. */
const MOST_TESTS = 200;

export const transferTestHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "listTransferTests"
  | "keepTransferTest"
  | "changeTransferTest"
  | "rereadTransferTest"
  | "deleteTransferTest"
  | "runTransferTests"
> => {
  const { db } = context;
  const getTransfer = async (id: string) => orNotFound(await findTransfer(db, id), `Transfer ${id}`);
  const getTest = async ({ id, test }: { id: string; test: string }) =>
    orNotFound(await findTransferTest(db, id, test), `Test ${test} of ${id}`);

  return {
    listTransferTests: async ({ params }) => {
      await getTransfer(params.id);
      const items = await listTransferTests(db, params.id);
      return { items, next: null, total: items.length };
    },
    keepTransferTest: async ({ params, body }) => {
      const { definition } = await getTransfer(params.id);
      if ((await countTransferTests(db, params.id)) >= MOST_TESTS)
        throw notValid(`A transfer has at most ${MOST_TESTS} tests; delete one first.`);
      const { kept, outcome } = await keepTestRecord(context, definition, body.sourceKey);
      return insertTransferTest(db, params.id, { name: body.name ?? kept.label, kept, expected: outcome });
    },
    changeTransferTest: async ({ params, body }) => {
      await updateTransferTest(db, params.id, params.test, body);
      return getTest(params);
    },
    rereadTransferTest: async ({ params }) => {
      const { definition } = await getTransfer(params.id);
      const { sourceKey } = await getTest(params);
      const { kept } = await keepTestRecord(context, definition, sourceKey);
      await updateTransferTest(db, params.id, params.test, { kept });
      return getTest(params);
    },
    deleteTransferTest: async ({ params }) => {
      if (!(await removeTransferTest(db, params.id, params.test)))
        throw notFound(`Test ${params.test} of ${params.id} does not exist.`);
      return { ok: true };
    },
    runTransferTests: async ({ params, body }) => {
      const transfer = await getTransfer(params.id);
      const tests = await listTransferTests(db, params.id);
      const definition = body.definition ?? transfer.definition;
      return { results: await runTransferTests(context, { ...definition, id: params.id }, tests) };
    },
  };
};
