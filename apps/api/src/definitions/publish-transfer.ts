/** Publishing: the draft is checked as it will run, put to its tests and frozen as the next revision. */
import type { Revision } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { changedMeanwhile, notReady, orNotFound } from "../problem.ts";
import { releaseMappingHeld } from "../stores/held.store.ts";
import { findTransfer, publishDraft } from "../stores/transfers.store.ts";
import { listTransferTests } from "../stores/transfer-tests.store.ts";
import { checkForPublish } from "./check-definition.ts";
import { runTransferTests, toTestIssues } from "./test-definition.ts";

export async function publishTransfer(
  context: AppContext,
  id: string,
  request: { readonly draftRevision: number; readonly note: string },
): Promise<Revision> {
  const transfer = orNotFound(await findTransfer(context.db, id), `Transfer ${id}`);
  const newer = () => changedMeanwhile(`"${transfer.name}" was changed by somebody else; load it again.`);
  if (transfer.draftRevision !== request.draftRevision) throw newer();
  const { issues, usedFields, namedFormulas } = await checkForPublish(context, transfer.definition);
  const errors = issues.filter((each) => each.severity === "error");
  if (errors.length > 0)
    throw notReady(
      `"${transfer.name}" has ${errors.length === 1 ? "an error" : `${errors.length} errors`} and cannot be published.`,
      issues,
    );
  const tests = await listTransferTests(context.db, id);
  const failing = toTestIssues(tests, await runTransferTests(context, transfer.definition, tests));
  if (failing.length > 0)
    throw notReady(
      `${failing.length} of ${tests.length} tests of "${transfer.name}" do not pass, so it was not published.`,
      failing,
    );
  const revision = await publishDraft(context.db, id, request.draftRevision, {
    note: request.note,
    usedFields,
    namedFormulas,
  });
  if (revision === undefined) throw newer();
  // A record held by the mapping may pass with the new one.
  await releaseMappingHeld(context.db, id);
  return revision;
}
