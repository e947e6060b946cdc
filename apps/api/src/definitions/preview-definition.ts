/** A dry run of a definition on real records: the engine's own line with the writes replaced by a comparison. */
import { compileTransfer, previewTransfer } from "@fieldbridge/engine";
import type { Preview, PreviewSelection, TransferDefinition, ValueMap } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady } from "../problem.ts";
import { createRunMemory } from "../stores/run-memory.store.ts";
import { mergeValueMaps } from "./check-definition.ts";
import { loadTransferContext } from "./load-transfer-context.ts";

export async function previewDefinition(
  context: AppContext,
  definition: TransferDefinition,
  selection: PreviewSelection,
  valueMaps?: readonly ValueMap[],
): Promise<Preview> {
  const [schemas, maps] = await Promise.all([
    loadTransferContext(context, definition),
    mergeValueMaps(context, valueMaps),
  ]);
  if (schemas.source === null || schemas.target === null)
    throw notReady("Choose a source and a target object before the preview.");
  const [source, target] = await Promise.all([
    context.systems.openPort(definition.source.connection),
    context.systems.openPort(definition.target.connection),
  ]);
  const compiled = compileTransfer(definition, {
    ...schemas,
    valueMaps: maps,
    sourceDialect: source.filterDialect,
  });
  if (!compiled.ok) throw notReady("The transfer has errors; solve them, then preview.", compiled.issues);
  const clock = {
    now: () => new Date().toISOString(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  return previewTransfer({
    plan: compiled.plan,
    source,
    target,
    store: createRunMemory(context.db, {
      transferId: definition.id,
      targetConnection: definition.target.connection,
    }),
    clock,
    valueMaps: maps,
    runStartedAt: clock.now(),
    selection,
  });
}
